internal import WasmBindings
internal import WasmCore

extension HostState: MessagingImports {
    func send(target: ActorID, payload: [UInt8], contentType: String?) async throws(MessagingError) {
        try check(.send, target, payload, contentType)
        try await services.router.send(
            from: id,
            to: target,
            payload: payload,
            contentType: contentType,
            interruption: interruption
        )
    }

    func request(
        target: ActorID,
        payload: [UInt8],
        contentType: String?,
        timeout: UInt64
    ) async throws(MessagingError) -> [UInt8] {
        try check(.request, target, payload, contentType)
        return try await services.router.request(
            from: id,
            to: target,
            payload: payload,
            contentType: contentType,
            timeout: .nanoseconds(Int64(clamping: timeout)),
            interruption: interruption
        )
    }

    func selfID() -> ActorID { id }

    func listActors(pattern: String, cursor: String?, limit: UInt32) throws(MessagingError) -> ActorPage {
        let read = try readPattern(.list, pattern)
        guard (1...1000).contains(limit) else {
            throw .invalidArgument("limit is \(limit); it may be 1 to 1000")
        }
        return try services.router.listActors(matching: read, after: cursor, limit: Int(limit))
    }

    /// What `send` and `request` have in common: the gate first, so that a denied actor learns nothing else.
    private func check(
        _ kind: Capability.Kind,
        _ target: ActorID,
        _ payload: [UInt8],
        _ contentType: String?
    ) throws(MessagingError) {
        try allow(kind, target.description)
        do {
            try target.validate()
        } catch {
            throw .invalidArgument(error.description)
        }
        try check(payload, contentType)
    }

    /// The gate first; then the form of the pattern.
    private func readPattern(_ kind: Capability.Kind, _ pattern: String) throws(MessagingError) -> Pattern {
        try allow(kind, pattern, isPattern: true)
        do throws(InvalidPattern) {
            return try Pattern(pattern)
        } catch {
            throw .invalidArgument(error.description)
        }
    }

    /// A millisecond: a timer that repeats faster would be a loop of the host's.
    private static let shortestInterval: UInt64 = 1_000_000

    private func sendLater(
        _ target: ActorID,
        _ payload: [UInt8],
        _ contentType: String?,
        _ delay: UInt64,
        repeats: Bool
    ) throws(MessagingError) -> UInt64 {
        try check(.send, target, payload, contentType)
        return try services.router.send(
            from: id,
            to: target,
            payload: payload,
            contentType: contentType,
            after: .nanoseconds(Int64(clamping: delay)),
            repeats: repeats
        )
    }

    private func check(_ payload: [UInt8], _ contentType: String?) throws(MessagingError) {
        if let contentType, contentType.utf8.count > 256 {
            throw .invalidArgument("content-type has \(contentType.utf8.count) bytes; it may have 256")
        }
        try check(size: payload.count)
    }

    private func check(size: Int) throws(MessagingError) {
        guard size <= limits.messageBytes else {
            throw .tooLarge(SizeLimit(size: UInt64(size), limit: UInt64(limits.messageBytes)))
        }
        guard carry(bytes: size) else { throw .quota("host-call bytes of this turn") }
    }

    private func allow(
        _ kind: Capability.Kind,
        _ subject: String,
        isPattern: Bool = false
    ) throws(MessagingError) {
        let capability = Capability(kind, subject, isPattern: isPattern)
        guard isAllowed(capability) else { throw .denied(capability.description) }
    }

    func requestLater(
        target: ActorID,
        payload: [UInt8],
        contentType: String?,
        timeout: UInt64
    ) throws(MessagingError) -> CorrelationID {
        try check(.request, target, payload, contentType)
        return try services.router.requestLater(
            from: id,
            to: target,
            payload: payload,
            contentType: contentType,
            timeout: .nanoseconds(Int64(clamping: timeout))
        )
    }

    func cancel(correlationID: CorrelationID) throws(MessagingError) {
        try services.router.cancel(correlationID, from: id)
    }

    func reply(
        correlationID: CorrelationID,
        response: Result<[UInt8], ActorError>
    ) throws(MessagingError) {
        let size: Int
        switch response {
        case .success(let payload): size = payload.count
        case .failure(let error): size = error.text.utf8.count
        }
        try check(size: size)
        try services.router.reply(to: correlationID, with: response, from: id)
    }

    func publish(topic: String, payload: [UInt8], contentType: String?) throws(MessagingError) -> UInt32 {
        try allow(.publish, topic)
        try Pattern.requireTopic(topic)
        try check(payload, contentType)
        return UInt32(
            clamping: try services.router.publish(from: id, topic: topic, payload: payload, contentType: contentType)
        )
    }

    func subscribe(pattern: String) throws(MessagingError) {
        try services.router.subscribe(id, to: readPattern(.subscribe, pattern))
    }

    func unsubscribe(pattern: String) throws(MessagingError) {
        try services.router.unsubscribe(id, from: readPattern(.subscribe, pattern))
    }

    func sendAfter(
        delay: UInt64,
        target: ActorID,
        payload: [UInt8],
        contentType: String?
    ) throws(MessagingError) -> UInt64 {
        try sendLater(target, payload, contentType, delay, repeats: false)
    }

    func sendEvery(
        interval: UInt64,
        target: ActorID,
        payload: [UInt8],
        contentType: String?
    ) throws(MessagingError) -> UInt64 {
        guard interval >= Self.shortestInterval else {
            try allow(.send, target.description)
            throw .invalidArgument("the interval is \(interval) ns; it may be \(Self.shortestInterval) or more")
        }
        return try sendLater(target, payload, contentType, interval, repeats: true)
    }

    func cancelTimer(timer: UInt64) throws(MessagingError) {
        services.router.cancelTimer(timer, of: id)
    }

    func exit(reason: Messaging.ExitRequest) throws(MessagingError) {
        switch reason {
        case .normal: services.router.exit(id, reason: .normal)
        case .failed(let text):
            try check(size: text.utf8.count)
            services.router.exit(id, reason: .failed(text))
        }
    }
}
