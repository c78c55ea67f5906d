/// An actor that misbehaves as it is told.
///
/// | message | what happens |
/// |---|---|
/// | `echo BYTES` | the reply is BYTES, whatever they are |
/// | `big N` | the reply has N bytes |
/// | `none` | no reply: the request stays open |
/// | `error TEXT` | the guest error `failed(TEXT)` |
/// | `invalid TEXT` | the guest error `invalid-message(TEXT)` |
/// | `trap` | traps (`unreachable`); the log has the reason, `told to trap` |
/// | `trap-once` | traps in a message's first attempt; else the reply is which attempt it is |
/// | `divide` | divides by zero: Swift's own check traps, and the log says so |
/// | `oob` | reads outside its memory (`memory-out-of-bounds`) |
/// | `null` | calls a function that is not there (`indirect-call-to-null`) |
/// | `loop` | never returns |
/// | `recurse` | calls itself without end (`stack-overflow`) |
/// | `allocate` | allocates without end, until the host refuses memory |
/// | `hold N` | keeps N more bytes; the reply is how many it keeps |
/// | `churn N` | allocates and frees N times; the reply is `churned` |
/// | `log TEXT` | writes a log entry; the reply is `logged` |
/// | `print TEXT` | prints; the reply is `printed` |
/// | `flood N` | writes N log entries; the reply is how many were accepted |
/// | `sleep MS` | sleeps that many milliseconds; the reply is `slept` |
/// | `health healthy`, `health degraded TEXT`, `health unhealthy TEXT` | what `health` answers from now on |
/// | `shutdown MESSAGE` | when it is shut down it does what MESSAGE says |
/// | `count` | how many messages this instance has had, this one among them |
///
/// The arguments `refuse TEXT` make `initialize` answer `failed(TEXT)`; any other arguments are a message that
/// `initialize` does. Anything else is answered with `invalid-message`.
struct Chaos: ActorGuest {
    var count = 0
    var held: [[UInt8]] = []
    var mood = ActorHealth.healthy
    var lastWords = ""

    mutating func initialize(config: Config) throws(ActorError) {
        guard !config.arguments.isEmpty else { return }
        let (command, rest) = split(String(decoding: config.arguments, as: UTF8.self))
        if command == "refuse" { throw .failed(rest) }
        _ = try perform(command, rest)
    }

    mutating func handleMessage(message: Message) throws(ActorError) -> Payload? {
        count += 1
        // Bytes, not text: what is no UTF-8 comes back too.
        if message.payload.starts(with: "echo ".utf8) { return Array(message.payload.dropFirst(5)) }
        let (command, rest) = split(String(decoding: message.payload, as: UTF8.self))
        if command == "trap-once" { return message.attempt == 1 ? crash("trap") : Array(String(message.attempt).utf8) }
        return try perform(command, rest)
    }

    mutating func shutdown(reason: ExitReason) {
        let (command, rest) = split(lastWords)
        _ = try? perform(command, rest)
    }

    mutating func health() -> ActorHealth { mood }

    mutating func metadata() -> ActorMetadata {
        ActorMetadata(name: "chaos", version: "1.0.0", description: "Misbehaves as it is told.")
    }

    private mutating func perform(_ command: String, _ rest: String) throws(ActorError) -> Payload? {
        switch command {
        case "big": return Array(repeating: 0x78, count: try number(rest))
        case "none": return nil
        case "error": throw .failed(rest)
        case "invalid": throw .invalidMessage(rest)
        case "count": return Array(String(count).utf8)
        case "trap", "divide", "oob", "null", "loop", "recurse", "allocate": return crash(command)
        case "hold":
            held.append(Array(repeating: 1, count: try number(rest)))
            return Array(String(held.reduce(0) { $0 + $1.count }).utf8)
        case "churn":
            for index in 0..<(try number(rest)) {
                held.append(Array(repeating: 2, count: index % 5000)); held.removeLast()
            }
            return Array("churned".utf8)
        case "health": return try feel(rest)
        case "shutdown":
            lastWords = rest
            return Array("ready".utf8)
        default: return try serve(command, rest)
        }
    }

    /// The commands that use the host's services.
    private func serve(_ command: String, _ rest: String) throws(ActorError) -> Payload? {
        switch command {
        case "log":
            try service { () throws(ServiceError) in try Services.log(level: .info, message: rest, fields: []) }
            return Array("logged".utf8)
        case "print":
            print(rest)
            return Array("printed".utf8)
        case "flood":
            var accepted = 0
            for _ in 0..<(try number(rest)) {
                if (try? Services.log(level: .info, message: "flood", fields: [])) != nil { accepted += 1 }
            }
            return Array(String(accepted).utf8)
        case "sleep":
            let duration = UInt64(try number(rest)) * 1_000_000
            try service { () throws(ServiceError) in try Services.sleep(duration: duration) }
            return Array("slept".utf8)
        default: throw .invalidMessage("the command is not known")
        }
    }

    /// Turns the refusal of a service into a guest error.
    private func service(_ body: () throws(ServiceError) -> Void) throws(ActorError) {
        do throws(ServiceError) {
            try body()
        } catch {
            switch error {
            case .denied(let what), .unsupported(let what), .invalidArgument(let what), .quota(let what):
                throw .failed(what)
            case .tooLarge: throw .failed("too large")
            case .cancelled: throw .failed("cancelled")
            }
        }
    }

    private mutating func feel(_ text: String) throws(ActorError) -> Payload {
        let (mood, reason) = split(text)
        switch mood {
        case "healthy": self.mood = .healthy
        case "degraded": self.mood = .degraded(reason)
        case "unhealthy": self.mood = .unhealthy(reason)
        default: throw .invalidMessage("healthy, degraded or unhealthy")
        }
        return Array(mood.utf8)
    }

    /// The commands after which this instance is finished.
    private mutating func crash(_ command: String) -> Payload? {
        switch command {
        case "divide": return [UInt8(1 / held.count)]
        case "oob":
            let outside = UnsafePointer<UInt8>(bitPattern: 0xfff0_0000 as UInt)
            return outside.map { [$0.pointee] }
        case "null": unsafeBitCast(held.count, to: (@convention(c) () -> Void).self)()
        case "loop": while count != 0 || held.isEmpty { count |= 1 }
        case "recurse": return [UInt8(truncatingIfNeeded: recurse(0))]
        case "allocate": while true { held.append(Array(repeating: 3, count: 65_536)) }
        default: break
        }
        fatalError("told to trap")
    }

    /// Comes back only when the count does.
    @inline(never)
    private mutating func recurse(_ depth: Int) -> Int {
        count += 1
        if count == depth { return depth }
        return recurse(depth) ^ count
    }

    private func number(_ text: String) throws(ActorError) -> Int {
        guard let number = Int(text), number >= 0 else { throw .invalidMessage("a number is missing") }
        return number
    }

    /// The first word, and what follows it.
    private func split(_ text: String) -> (String, String) {
        guard let space = text.utf8.firstIndex(of: 0x20) else { return (text, "") }
        return (String(text[..<space]), String(text[text.utf8.index(after: space)...]))
    }
}

typealias Guest = Chaos
