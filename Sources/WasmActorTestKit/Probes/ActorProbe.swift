internal import Synchronization
public import WasmActor
public import WasmCore

/// An actor of a system that a test controls instead of a component.
///
/// Guests and the host reach it under its id as they reach any actor: it has a mailbox, takes one message at a time, can be
/// watched, linked, restarted and stopped. What it gets is kept for the test; what it sends comes from its id. No
/// capability is asked for that: it is the host's own.
///
/// ```swift
/// let till = try await ActorProbe(ActorID("shop/till/1"), in: system)
/// try await clerk.tell(Array("sell apple".utf8))
/// let sale = try await till.expectMessage { $0.text == "apple" }
/// try till.reply(to: sale, Array("sold".utf8))
/// ```
public final class ActorProbe: Sendable {
    /// What a probe does with a message.
    public enum Reaction: Hashable, Sendable {
        /// Keeps it for the test. A request stays open until `reply`, its deadline, or the probe's end.
        case keep
        /// Answers it.
        case reply([UInt8])
        /// Answers it with an error.
        case fail(ActorError)
        /// Ends abnormally over it, as a guest that traps: `options.restart` says what follows.
        case crash(ExitReason)
    }

    /// The time that expectations have where nothing else is said: 5 s, by the system's clock.
    public static let defaultTime = Duration.seconds(5)

    /// The probe as an actor.
    public let ref: ActorRef
    let system: ActorSystem
    let probe: ProbeState

    /// Starts a probe.
    ///
    /// - Parameters:
    ///   - id: Who it is.
    ///   - system: Where it is.
    ///   - options: What it is given: its mailbox, whether it is restarted [never], how often it is asked for its health
    ///     [never].
    /// - Throws: `ActorSystemError`, of the codes `nameTaken`, `invalidOptions`, `cancelled` and `shutDown`.
    public init(
        _ id: ActorID,
        in system: ActorSystem,
        options: ActorOptions = ActorOptions(restart: .temporary, health: .never)
    ) async throws(ActorSystemError) {
        let probe = ProbeState()
        self.system = system
        self.probe = probe
        ref = try await system.spawn(id, running: probe, options: options)
    }

    /// What a probe is made of where others start it: a supervisor as its child, or `ActorSystem.spawn(_:from:options:)`.
    ///
    /// ```swift
    /// let standIn = ActorProbe.StandIn()
    /// let child = ChildSpec(id: try ActorID("shop/till/1"), component: standIn.component)
    /// try await system.start(SupervisorSpec("shop", children: [.actor(child)]))
    /// let till = try ActorProbe(standIn, as: child.id, in: system)
    /// ```
    public struct StandIn: Sendable {
        fileprivate let probe = ProbeState()

        /// Makes one, for one actor at a time.
        public init() {}

        /// In the place of a component.
        public var component: ComponentReference { .standIn(ComponentStandIn(probe)) }

        /// Says what becomes of each message from now on [it is kept]: before the probe is there, too.
        ///
        /// - Parameter reaction: Called in the probe's turn; it must not block.
        public func react(_ reaction: @escaping @Sendable (ComponentMessage) -> Reaction) {
            probe.state.withLock { $0.reaction = reaction }
        }
    }

    /// Takes the control of a probe that others have started.
    ///
    /// - Parameters:
    ///   - standIn: What it was started as.
    ///   - id: Who it is.
    ///   - system: Where it is.
    /// - Throws: `ActorSystemError` of the code `notFound` where no actor has the id.
    public init(_ standIn: StandIn, as id: ActorID, in system: ActorSystem) throws(ActorSystemError) {
        guard let actor = system.actor(id) else { throw .notFound(id) }
        self.system = system
        probe = standIn.probe
        ref = actor
    }

    /// Who the probe is.
    public var id: ActorID { ref.id }

    /// 1 for the first instance, one more after each restart.
    public var generation: UInt64 { probe.state.withLock { $0.generation } }

    // MARK: - Messages

    /// The messages that were kept and that no expectation has taken.
    public var messages: [ComponentMessage] { probe.messages.elements }

    /// Says what becomes of each message from now on [it is kept].
    ///
    /// - Parameter reaction: Called in the probe's turn; it must not block.
    public func react(_ reaction: @escaping @Sendable (ComponentMessage) -> Reaction) {
        probe.state.withLock { $0.reaction = reaction }
    }

    /// Takes the first kept message that fits, when it is there; those before it stay.
    ///
    /// - Parameters:
    ///   - time: How long to wait, by the system's clock: a manual one has to be moved.
    ///   - fits: Which message [any].
    /// - Returns: The message.
    /// - Throws: `ExpectationError`, which shows what came instead.
    @discardableResult
    public func expectMessage(
        within time: Duration = defaultTime,
        where fits: (ComponentMessage) -> Bool = { _ in true }
    ) async throws(ExpectationError) -> ComponentMessage {
        try await probe.messages.expectFirst("a message that fits", within: time, on: system.clock, where: fits)
    }

    /// Waits, and fails where a message comes, or is there already.
    ///
    /// - Parameters:
    ///   - time: How long, by the system's clock: a manual one has to be moved.
    ///   - fits: Which messages are not to come [any].
    /// - Throws: `ExpectationError`, with the first of them.
    public func expectNoMessage(
        within time: Duration,
        where fits: (ComponentMessage) -> Bool = { _ in true }
    ) async throws(ExpectationError) {
        try await probe.messages.expectNothing("no message", within: time, on: system.clock, where: fits)
    }

    /// Answers a message that was kept.
    ///
    /// - Parameters:
    ///   - message: The message.
    ///   - payload: The answer.
    /// - Throws: `MessagingError.invalidArgument` where nobody waits for an answer to it.
    public func reply(to message: ComponentMessage, _ payload: [UInt8]) throws(MessagingError) {
        try answer(message, .success(payload))
    }

    /// Answers a message that was kept with an error.
    ///
    /// - Parameters:
    ///   - message: The message.
    ///   - error: The error.
    /// - Throws: `MessagingError.invalidArgument` where nobody waits for an answer to it.
    public func fail(_ message: ComponentMessage, _ error: ActorError) throws(MessagingError) {
        try answer(message, .failure(error))
    }

    private func answer(
        _ message: ComponentMessage,
        _ response: Result<[UInt8], ActorError>
    ) throws(MessagingError) {
        guard let correlationID = message.correlationID else {
            throw .invalidArgument("nobody waits for an answer to this message: it was sent, not asked")
        }
        try router().reply(to: correlationID, with: response, from: id)
    }

    // MARK: - What the probe does to others

    /// Sends a message, as a guest's `send` does.
    ///
    /// - Parameters:
    ///   - target: The receiver.
    ///   - payload: The bytes.
    ///   - contentType: What the bytes are.
    /// - Throws: `MessagingError`; the message was not delivered then.
    public func send(
        to target: ActorID,
        _ payload: [UInt8],
        contentType: String? = nil
    ) async throws(MessagingError) {
        try await router().send(
            from: id,
            to: target,
            payload: payload,
            contentType: contentType,
            interruption: Interruption()
        )
    }

    /// Sends a request and waits for the answer, as a guest's `request` does.
    ///
    /// - Parameters:
    ///   - target: The receiver.
    ///   - payload: The bytes.
    ///   - timeout: How long to wait, by the system's clock.
    /// - Returns: The answer.
    /// - Throws: `MessagingError`.
    public func request(
        _ target: ActorID,
        _ payload: [UInt8],
        timeout: Duration = defaultTime
    ) async throws(MessagingError) -> [UInt8] {
        try await router().request(
            from: id,
            to: target,
            payload: payload,
            contentType: nil,
            timeout: timeout,
            interruption: Interruption()
        )
    }

    /// Sends a request whose response `expectResponse` waits for, as a guest's `request-later` does.
    ///
    /// - Parameters:
    ///   - target: The receiver.
    ///   - payload: The bytes.
    ///   - timeout: How long the answer may take, by the system's clock.
    /// - Returns: What binds the response to this request.
    /// - Throws: `MessagingError`; no response comes then.
    public func requestLater(
        _ target: ActorID,
        _ payload: [UInt8],
        timeout: Duration = defaultTime
    ) throws(MessagingError) -> CorrelationID {
        try router().requestLater(from: id, to: target, payload: payload, contentType: nil, timeout: timeout)
    }

    /// Takes the response to a request of `requestLater`, when it is there.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - time: How long to wait, by the system's clock.
    /// - Returns: The answer, or why there is none.
    /// - Throws: `ExpectationError`.
    public func expectResponse(
        to request: CorrelationID,
        within time: Duration = defaultTime
    ) async throws(ExpectationError) -> Result<[UInt8], MessagingError> {
        let clock = system.clock
        return try await probe.responses.expectFirst("the response to \(request)", within: time, on: clock) {
            $0.id == request
        }.result
    }

    /// Publishes, as a guest's `publish` does.
    ///
    /// - Parameters:
    ///   - topic: The topic.
    ///   - payload: The bytes.
    /// - Returns: How many subscribers there were.
    /// - Throws: `MessagingError`.
    @discardableResult
    public func publish(_ topic: String, _ payload: [UInt8]) throws(MessagingError) -> Int {
        try Pattern.requireTopic(topic)
        return try router().publish(from: id, topic: topic, payload: payload, contentType: nil)
    }

    /// Subscribes to every topic that a pattern matches; what is published comes as messages with a topic.
    ///
    /// - Parameter pattern: Which topics.
    /// - Throws: `MessagingError.quota` where it has too many subscriptions.
    public func subscribe(to pattern: Pattern) throws(MessagingError) {
        try router().subscribe(id, to: pattern)
    }

    /// Ends a subscription; where there is none, nothing.
    ///
    /// - Parameter pattern: The pattern that it subscribed to.
    /// - Throws: `MessagingError.died` where the probe has ended.
    public func unsubscribe(from pattern: Pattern) throws(MessagingError) {
        try router().unsubscribe(id, from: pattern)
    }

    func router() throws(MessagingError) -> any MessageRouter {
        if case .ended(let reason) = ref.status { throw .died(reason) }
        guard let router = probe.state.withLock({ $0.router }) else { throw .notFound(id) }
        return router
    }
}

extension ComponentMessage {
    /// The payload as text; what is no UTF-8 is replaced.
    public var text: String { String(decoding: payload, as: UTF8.self) }
}
