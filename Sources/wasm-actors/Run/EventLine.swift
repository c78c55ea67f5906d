import WasmActor
import WasmCore
import WasmRuntime

/// An event of a system: for machines as an object, for people as a line.
struct EventLine {
    /// What kind of event it is.
    let name: String
    /// Whom it is about.
    let subject: String?
    /// What happened, in words.
    let text: String
    /// How much it matters.
    let level: LogLevel
    private let members: (inout JSONLine) -> Void

    private init(
        _ name: String,
        _ subject: String?,
        _ text: String,
        _ level: LogLevel = .info,
        _ members: @escaping (inout JSONLine) -> Void = { _ in }
    ) {
        (self.name, self.subject, self.text, self.level, self.members) = (name, subject, text, level, members)
    }

    /// Puts an event into words.
    init(_ event: ActorEvent) {
        switch event {
        case .spawned(let id, let metadata):
            self.init("spawned", "\(id)", "runs: \(metadata.name) \(metadata.version)") { json in
                json.add("name", metadata.name)
                json.add("version", metadata.version)
            }
        case .startFailed(let id, let reason): self.init("startFailed", "\(id)", reason, "could not be started")
        case .guestError(let id, let error):
            self.init("guestError", "\(id)", "answered with an error: \(error)", .warning) {
                $0.add("error", "\(error)")
            }
        case .crashed(let id, let generation, let reason, let backtrace):
            self.init("crashed", "\(id)", "generation \(generation) crashed (\(reason))", .error) { json in
                json.add("generation", generation)
                json.add("reason", "\(reason)")
                if !backtrace.isEmpty { json.add("backtrace", backtrace) }
            }
        case .restarting(let id, let generation, let pause):
            let time = DemoTable.text(of: pause)
            self.init("restarting", "\(id)", "generation \(generation) starts in \(time)", .warning) { json in
                json.add("generation", generation)
                json.add("pauseNanoseconds", pause.nanoseconds)
            }
        case .restarted(let id, let generation):
            self.init("restarted", "\(id)", "runs again, as generation \(generation)") {
                $0.add("generation", generation)
            }
        case .healthChanged(let id, let health):
            let level: LogLevel = health == .healthy ? .info : .warning
            self.init("healthChanged", "\(id)", "feels \(Self.text(of: health))", level) { json in
                json.add("health", Self.text(of: health))
            }
        case .passivated(let id): self.init("passivated", "\(id)", "left memory", .debug)
        case .passivationFailed(let id, let reason):
            self.init("passivationFailed", "\(id)", "could not leave memory: \(reason)", .warning) {
                $0.add("reason", reason)
            }
        case .activated(let id): self.init("activated", "\(id)", "is back in memory", .debug)
        case .upgraded(let id, let generation, let pause):
            let time = DemoTable.text(of: pause)
            self.init("upgraded", "\(id)", "upgraded to generation \(generation), paused \(time)") { json in
                json.add("generation", generation)
                json.add("pauseNanoseconds", pause.nanoseconds)
            }
        case .upgradeFailed(let id, let reason):
            self.init("upgradeFailed", "\(id)", "not upgraded: \(reason)", .error) { $0.add("reason", reason) }
        case .restartsExhausted(let id, let reason):
            self.init("restartsExhausted", "\(id)", reason, "fell too often")
        case .ended(let id, let reason): self.init("ended", "\(id)", reason, "ended")
        case .supervisorStarted(let path): self.init("supervisorStarted", path, "runs, with all its children")
        case .escalated(let path, let child, let reason, let isExceeded):
            self.init("escalated", path, "falls with \(child) (\(reason))", .error) { json in
                json.add("child", child)
                json.add("reason", "\(reason)")
                json.add("isExceeded", isExceeded)
            }
        case .supervisorRestarted(let path, let generation):
            self.init("supervisorRestarted", path, "runs again, as generation \(generation)") { json in
                json.add("generation", generation)
            }
        case .supervisorEnded(let path, let reason): self.init("supervisorEnded", path, reason, "ended")
        case .storageFailed(let id, let reason):
            self.init("storageFailed", "\(id)", "cannot be kept: \(reason)", .error) { $0.add("reason", reason) }
        case .deadLetter(let letter):
            self.init("deadLetter", letter.target.map { "\($0)" }, "dead letter: \(letter.reason)", .warning) { json in
                json.add("number", letter.number)
                json.add("reason", "\(letter.reason)")
                if let sender = letter.message.sender { json.add("sender", "\(sender)") }
                json.add("payload", bytes: letter.message.payload, limit: 1024)
            }
        case .audited(let record):
            let verb = record.isAllowed ? "was allowed" : "was denied"
            self.init("audited", "\(record.actor)", "\(verb) \(record.capability)", .warning) { json in
                json.add("capability", "\(record.capability)")
                json.add("isAllowed", record.isAllowed)
            }
        case .logged(let entry): self.init("logged", "\(entry.actor)", entry.message, entry.level)
        case .shuttingDown: self.init("shuttingDown", nil, "shutting down")
        }
    }

    private init(_ name: String, _ subject: String, _ reason: ExitReason, _ what: String) {
        self.init(name, subject, "\(what) (\(reason))", reason.isAbnormal ? .error : .info) {
            $0.add("reason", "\(reason)")
        }
    }

    private static func text(of health: ActorHealth) -> String {
        switch health {
        case .healthy: "healthy"
        case .degraded(let why): "degraded: \(why)"
        case .unhealthy(let why): "unhealthy: \(why)"
        }
    }

    /// The object on a line, with its end.
    func json(time: UInt64) -> String {
        var json = JSONLine()
        json.add("time", Timestamp.text(time))
        json.add("event", name)
        if let subject {
            json.add(name.hasPrefix("supervisor") || name == "escalated" ? "supervisor" : "actor", subject)
        }
        members(&json)
        return json.text
    }
}

extension Duration {
    /// Whole nanoseconds.
    var nanoseconds: Int64 { Int64(clamping: attoseconds / 1_000_000_000) }
}
