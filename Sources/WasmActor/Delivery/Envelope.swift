import WasmCore

/// The answer to one message, which comes once.
typealias Reply = OneShot<Result<[UInt8], MessagingError>>

/// Tells a sender that its message found room, or why it never will.
typealias Admission = OneShot<Result<Void, MessagingError>>

/// What waits for a turn, with whom to answer: a message, or a call of the host's.
struct Envelope: Sendable {
    private enum Content {
        case message(ComponentMessage, Reply?)
        case call(any WaitingCall)
    }

    private var content: Content
    /// When the sender stops waiting, by the clock; nil where that is not known.
    let deadline: Duration?
    /// When the sender began to wait for the answer, by the clock; nil where nobody does.
    let askedAt: Duration?
    /// When it is too late for its turn, by the clock; nil: never.
    let expiry: Duration?
    /// What it is kept as in storage; nil where it is not.
    let kept: String?
    /// The end of the instance that tried this message and did not outlive it; nil where none has tried.
    private(set) var crash: ExitReason?

    /// A message, and where the sender waits for the answer; nil where nobody does.
    init(
        message: ComponentMessage,
        reply: Reply?,
        deadline: Duration? = nil,
        askedAt: Duration? = nil,
        expiry: Duration? = nil,
        kept: String? = nil
    ) {
        content = .message(message, reply)
        self.deadline = deadline
        self.askedAt = askedAt
        self.expiry = expiry
        self.kept = kept
    }

    /// A call of the actor's own exports, whose caller waits.
    init(call: any WaitingCall, deadline: Duration) {
        content = .call(call)
        self.deadline = deadline
        askedAt = nil
        expiry = nil
        kept = nil
    }

    /// The message; nil where a call waits.
    var message: ComponentMessage? {
        if case .message(let message, _) = content { message } else { nil }
    }

    /// Where the sender of a message waits for the answer.
    var reply: Reply? {
        if case .message(_, let reply) = content { reply } else { nil }
    }

    /// The call; nil where a message waits.
    var call: (any WaitingCall)? {
        if case .call(let call) = content { call } else { nil }
    }

    /// What it takes of a mailbox's bytes; a call takes nothing.
    var byteCount: Int { message?.byteCount ?? 0 }

    /// Whether somebody waits for an answer.
    var isAnswered: Bool { reply != nil || call != nil }

    /// How long the sender has waited for the answer; nil where nobody waits, or no longer.
    func wait(until now: Duration) -> Duration? {
        guard let askedAt, let reply, !reply.isResolved else { return nil }
        return now - askedAt
    }

    /// Gives a request its number.
    mutating func number(_ id: CorrelationID) {
        guard case .message(var message, let reply) = content else { return }
        message.correlationID = id
        content = .message(message, reply)
    }

    /// Marks a message as one that an instance has tried and did not outlive.
    mutating func failed(with reason: ExitReason) { crash = reason }

    /// The message is tried once more.
    mutating func countAttempt() {
        guard case .message(var message, let reply) = content else { return }
        message.attempt += message.attempt == .max ? 0 : 1
        content = .message(message, reply)
    }

    /// The same without the message's bytes: what a request that is left open needs to be answered.
    var withoutPayload: Envelope {
        var envelope = self
        if case .message(var message, let reply) = content {
            message.payload = []
            envelope.content = .message(message, reply)
        }
        return envelope
    }

    /// Tells whoever waits that no answer comes.
    func fail(_ error: MessagingError) {
        switch content {
        case .message(_, let reply): reply?.resolve(.failure(error))
        case .call(let call): call.fail(error)
        }
    }
}

extension ComponentMessage {
    /// The bytes that it carries, its texts among them.
    var byteCount: Int { payload.count + (contentType?.utf8.count ?? 0) + (topic?.utf8.count ?? 0) }
}
