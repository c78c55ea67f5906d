import WasmCore

/// What comes between the messages: notices, the guest's own requests, and its own end.
extension ActorMachine {
    /// The most requests of `request-later` that one actor may wait for.
    static let largestPending = 100_000

    /// A notice arrives; says whether the caller holds the right to turns now and passes it to an activation.
    mutating func notify(_ notice: Notice) -> Bool {
        guard !isEnding else { return false }
        switch notice {
        case .down: downs.append(notice)
        case .response: responses.append(notice)
        }
        return takeRight()
    }

    /// Whether so many ends wait to be told that the guest may watch nobody more.
    var hasTooManyDowns: Bool { downs.count >= Bonds<ActorCell>.largestCount }

    /// Takes back what the guest has not been told of an end.
    mutating func withdrawDown(of id: ActorID) {
        _ = downs.removeFirst {
            if case .down(id, _) = $0 { true } else { false }
        }
    }

    /// The next notice: ends first, for supervision comes before messages.
    mutating func nextNotice() -> Notice? {
        downs.popFirst() ?? responses.popFirst()
    }

    /// The actor is to end after its current turn; says whether the caller activates it. The first reason stays.
    mutating func exit(_ reason: ExitReason) -> Bool {
        guard !isEnding else { return false }
        if exitReason == nil { exitReason = reason }
        return takeRight()
    }

    /// A number for a request of the guest's.
    mutating func nextRequest() throws(MessagingError) -> CorrelationID {
        // A response that the guest has not been told holds its place: in one long turn there could be any number.
        guard pendingRequests.count + responses.count < Self.largestPending else {
            throw .quota("requests that wait for their response (\(Self.largestPending))")
        }
        lastRequest += 1
        return lastRequest
    }

    /// The outcome of a request has come: whether the guest is still waiting for it, its timer, and whether the caller
    /// activates the actor.
    mutating func responded(
        _ id: CorrelationID,
        _ result: Result<[UInt8], MessagingError>
    ) -> (timer: TimerID, mustActivate: Bool)? {
        guard let request = pendingRequests.removeValue(forKey: id) else { return nil }
        return (request.timer, notify(.response(id, result)))
    }

    /// Takes an open request out to be answered: one that was left open, or the one whose turn this is.
    mutating func takeOpenRequest(_ id: CorrelationID) -> Envelope? {
        if let open = openRequests.removeValue(forKey: id) {
            if let reply = open.reply { openReplies[ObjectIdentifier(reply)] = nil }
            return open
        }
        guard let current, current.message?.correlationID == id, current.reply?.isResolved == false else { return nil }
        return current
    }

    /// Everything that the ended instance waited for is forgotten: its requests and its responses. Whom it watches stays,
    /// for that is the actor's.
    mutating func dropRequests() -> [PendingRequest] {
        _ = responses.removeAll()
        current = nil
        defer { pendingRequests = [:] }
        return pendingRequests.sorted { $0.key < $1.key }.map(\.value)
    }

    /// The requests after one are forgotten, and their responses that have come.
    mutating func dropRequests(after last: CorrelationID) -> [PendingRequest] {
        for response in responses.removeAll() {
            if case .response(let id, _) = response, id > last { continue }
            responses.append(response)
        }
        let later = pendingRequests.keys.filter { $0 > last }.sorted()
        return later.compactMap { pendingRequests.removeValue(forKey: $0) }
    }

    private var isEnding: Bool {
        if case .ended = phase { return true }
        return request != nil
    }

    /// Takes the right to turns where it is free and a turn can come.
    mutating func takeRight() -> Bool {
        guard phase == .running || phase == .passive, !isHeld else { return false }
        isHeld = true
        return true
    }
}
