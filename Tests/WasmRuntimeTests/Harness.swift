import Synchronization
import TestSupport
import WasmCore

@testable import WasmRuntime

/// An engine with one instance of a fixture in it, and everything that the instance reaches.
struct Harness {
    /// One engine for most tests: the fixtures are compiled once.
    private static let shared = Result { try WasmEngine(ticker: ThreadTicker(interval: .milliseconds(1))) }

    /// The default limits, but for those of time: how long a busy machine takes is no test's business.
    static let patient = ResourceLimits(turnTime: 3_600_000_000_000, cpuTime: 3_600_000_000_000)

    let engine: WasmEngine
    let handle: ComponentHandle
    let id: ActorID
    let router: RecordingRouter
    let audit: BoundedAuditLog
    let log: RecordingLog
    let storage: MemoryStorage

    /// An engine whose counters nobody else moves.
    static func ownEngine() throws -> WasmEngine {
        try WasmEngine(ticker: ThreadTicker(interval: .milliseconds(1)))
    }

    /// Loads a fixture and initializes it.
    init(
        _ fixture: String,
        grants: Grants = .none,
        limits: ResourceLimits = Harness.patient,
        arguments: String = "",
        engine: WasmEngine? = nil,
        clock: any ActorClock = SystemClock(),
        id: String = "test/guest/main",
        storage: MemoryStorage = MemoryStorage(),
        router: RecordingRouter = RecordingRouter(),
        audit: BoundedAuditLog = BoundedAuditLog(),
        gate: any CapabilityGate = GrantsGate(),
        onDenial: DenialPolicy = .refuse
    ) async throws {
        let limits = limits.patient
        self.engine = try engine ?? Self.shared.get()
        self.id = try ActorID(id)
        self.router = router
        self.storage = storage
        self.audit = audit
        log = RecordingLog()
        let services = HostServices(
            router: router,
            storage: storage,
            gate: gate,
            audit: audit,
            log: log,
            clock: clock,
            random: SystemRandom()
        )
        handle = try await self.engine.loadComponent(
            id: self.id,
            bytes: try Fixture.bytes(fixture),
            settings: InstanceSettings(grants: grants, limits: limits, onDenial: onDenial, services: services)
        )
        let configuration = ActorConfiguration(id: self.id, arguments: Array(arguments.utf8), limits: limits)
        try await self.engine.callInitialize(handle, configuration).get()
    }

    /// Hands the guest a text and returns its reply.
    func ask(_ text: String) async throws -> String? {
        try await answer(text).get().map { String(decoding: $0, as: UTF8.self) }
    }

    /// Hands the guest a text and returns its answer, guest errors included.
    func answer(_ text: String) async throws(RuntimeError) -> Result<[UInt8]?, ActorError> {
        try await engine.callHandleMessage(handle, ComponentMessage(payload: Array(text.utf8)))
    }

    /// Hands the guest a text on which its turn ends abnormally, and returns how.
    func failure(_ text: String) async -> RuntimeError? {
        do throws(RuntimeError) {
            _ = try await answer(text)
            return nil
        } catch {
            return error
        }
    }
}

/// A router that answers by a rule and records what it was given.
final class RecordingRouter: MessageRouter {
    struct Delivery: Hashable, Sendable {
        let sender: ActorID
        let target: ActorID
        let payload: [UInt8]
    }

    private let recorded = Mutex<[Delivery]>([])
    private let requested = Mutex<[ChildRequest]>([])
    private let reply: @Sendable (Delivery, Interruption) async -> Result<[UInt8], MessagingError>

    init(
        reply: @escaping @Sendable (Delivery, Interruption) async -> Result<[UInt8], MessagingError> = { delivery, _ in
            .success(delivery.payload)
        }
    ) {
        self.reply = reply
    }

    func send(
        from sender: ActorID,
        to target: ActorID,
        payload: [UInt8],
        contentType: String?,
        interruption: Interruption
    ) async throws(MessagingError) {
        recorded.withLock { $0.append(Delivery(sender: sender, target: target, payload: payload)) }
    }

    func request(
        from sender: ActorID,
        to target: ActorID,
        payload: [UInt8],
        contentType: String?,
        timeout: Duration,
        interruption: Interruption
    ) async throws(MessagingError) -> [UInt8] {
        let delivery = Delivery(sender: sender, target: target, payload: payload)
        recorded.withLock { $0.append(delivery) }
        return try await reply(delivery, interruption).get()
    }

    var deliveries: [Delivery] { recorded.withLock { $0 } }

    func publish(
        from sender: ActorID,
        topic: String,
        payload: [UInt8],
        contentType: String?
    ) throws(MessagingError) -> Int {
        0
    }

    func subscribe(_ subscriber: ActorID, to pattern: Pattern) throws(MessagingError) {}

    func spawn(
        _ child: ChildRequest,
        by parent: ActorID,
        interruption: Interruption
    ) async throws(SupervisionError) {
        requested.withLock { $0.append(child) }
    }

    func stop(_ child: ActorID, by parent: ActorID, interruption: Interruption) async throws(SupervisionError) {
        throw .notFound(child.description)
    }

    /// The children that were asked for.
    var children: [ChildRequest] { requested.withLock { $0 } }

    func unsubscribe(_ subscriber: ActorID, from pattern: Pattern) {}

    func requestLater(
        from sender: ActorID,
        to target: ActorID,
        payload: [UInt8],
        contentType: String?,
        timeout: Duration
    ) throws(MessagingError) -> CorrelationID {
        1
    }

    func cancel(_ correlationID: CorrelationID, from sender: ActorID) throws(MessagingError) {}

    func reply(
        to correlationID: CorrelationID,
        with response: Result<[UInt8], ActorError>,
        from sender: ActorID
    ) throws(MessagingError) {}

    func send(
        from sender: ActorID,
        to target: ActorID,
        payload: [UInt8],
        contentType: String?,
        after delay: Duration,
        repeats: Bool
    ) throws(MessagingError) -> UInt64 {
        1
    }

    func cancelTimer(_ timer: UInt64, of sender: ActorID) {}
    func exit(_ sender: ActorID, reason: ExitReason) {}
    func watch(_ target: ActorID, by watcher: ActorID) throws(SupervisionError) {}
    func unwatch(_ target: ActorID, by watcher: ActorID) {}
    func link(_ first: ActorID, with second: ActorID) throws(SupervisionError) {}
    func unlink(_ first: ActorID, from second: ActorID) {}

    func listActors(
        matching pattern: Pattern,
        after cursor: String?,
        limit: Int
    ) throws(MessagingError) -> ActorPage {
        ActorPage(ids: [], cursor: nil)
    }
}

/// A sink that keeps what it was given.
final class RecordingLog: LogSink {
    private let entries = Mutex<[LogEntry]>([])

    func log(_ entry: LogEntry) {
        entries.withLock { $0.append(entry) }
    }

    var messages: [String] { entries.withLock { $0.map(\.message) } }
    var all: [LogEntry] { entries.withLock { $0 } }
}
