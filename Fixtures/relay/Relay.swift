/// An actor that asks other actors, and that calls every function of the host as it is told.
///
/// A target is an id, `namespace/name/instance`. TEXT is the rest of the message. An area is `private` or
/// `shared:NAME`. A time is in milliseconds. `-` stands for none. The timeout of a request is 5 s where none is given.
///
/// | message | reply |
/// |---|---|
/// | `ask TARGET TEXT` | what the target replies to TEXT (`messaging.request`) |
/// | `ask-within MS TARGET TEXT` | as `ask`, with this timeout |
/// | `sum TEXT TARGET TARGET ...` | the sum of what each target replies to the one word TEXT |
/// | `send TARGET TEXT` | `sent` |
/// | `request-later MS TARGET TEXT` | the correlation id |
/// | `cancel ID` | `cancelled` |
/// | `reply ID TEXT`, `refuse ID TEXT` | `replied`: the open request ID is answered with TEXT, or with `failed(TEXT)` |
/// | `publish TOPIC TEXT` | how many subscribers there were |
/// | `subscribe PATTERN`, `unsubscribe PATTERN` | `subscribed`, `unsubscribed` |
/// | `send-after MS TARGET TEXT`, `send-every MS TARGET TEXT` | the timer's id |
/// | `cancel-timer ID` | `cancelled` |
/// | `self` | this actor's own id |
/// | `exit normal`, `exit failed TEXT` | `exiting` |
/// | `list PATTERN [LIMIT [CURSOR]]` | the ids, one a line, then `cursor CURSOR` where there is more |
/// | `get AREA KEY` | the value, or `none` |
/// | `set AREA KEY TEXT` | `stored` |
/// | `delete AREA KEY`, `exists AREA KEY` | `true` or `false` |
/// | `keys AREA PREFIX [LIMIT [CURSOR]]` | as `list`, with the keys (`-` for every key) |
/// | `swap AREA KEY EXPECTED REPLACEMENT` | `swapped` (`storage.compare-and-set`) |
/// | `usage AREA` | `KEYS keys, BYTES of QUOTA bytes` |
/// | `spawn TARGET COMPONENT [+WORD ...] [CAPABILITY=PATTERN ...]` | the child's id; it is transient and has a second for its end, but for `+permanent`, `+temporary`, `+kill` and `+significant`; `+do=WORD,WORD` are its arguments |
/// | `bomb NAMESPACE/NAME` | spawns copies of itself, each of which does the same, until that is refused: the refusal |
/// | `stop TARGET`, `watch TARGET`, `unwatch TARGET`, `link TARGET`, `unlink TARGET` | `done` |
/// | `log LEVEL TEXT` | `logged`, with the field `actor` = `relay` |
/// | `time`, `monotonic` | nanoseconds |
/// | `sleep MS` | `slept` |
/// | `random N` | N bytes |
/// | `note TEXT` | `noted`: kept until `notes` |
/// | `hold TEXT` | no reply: the request stays open, its id is noted |
/// | `notes` | what was noted, one a line, and forgets it: notes, responses (`response ID TEXT`), ends (`down ID REASON`) |
/// | `sender` | who sent this message, or `none` |
///
/// Where the host refuses, the reply is the error as text: `denied: messaging.send`, `not-found: a/b/c`, `timeout`,
/// `cycle: a/b/c, d/e/f`, `died: trap stack-overflow`, `guest-error: failed: TEXT` and so on. A message of any other form
/// is answered with the guest error `invalid-message`.
///
/// Arguments are a message that `initialize` does; the reply is noted.
struct Relay: ActorGuest {
    var notes: [String] = []

    mutating func initialize(config: Config) throws(ActorError) {
        guard !config.arguments.isEmpty else { return }
        var words = Words(String(decoding: config.arguments, as: UTF8.self))
        let command = try words.next()
        if let reply = try answer(command, &words) {
            notes.append(reply)
        } else if let reply = try bytes(command, &words) {
            notes.append(String(decoding: reply, as: UTF8.self))
        }
    }

    mutating func handleMessage(message: Message) throws(ActorError) -> Payload? {
        var words = Words(String(decoding: message.payload, as: UTF8.self))
        let command = try words.next()
        if command == "hold" {
            notes.append("held \(message.correlationID.map { String($0) } ?? "-") \(words.rest)")
            return nil
        }
        if command == "sender" { return Array((message.sender.map(render) ?? "none").utf8) }
        if let reply = try answer(command, &words) { return Array(reply.utf8) }
        if let reply = try bytes(command, &words) { return reply }
        throw .invalidMessage("the command \(command) is not known")
    }

    mutating func handleResponse(correlationID: CorrelationID, response: Result<Payload, MessagingError>) {
        let text: String
        switch response {
        case .success(let payload): text = String(decoding: payload, as: UTF8.self)
        case .failure(let error): text = render(error)
        }
        notes.append("response \(correlationID) \(text)")
    }

    mutating func handleDown(id: ActorID, reason: ExitReason) {
        notes.append("down \(render(id)) \(render(reason))")
    }

    mutating func metadata() -> ActorMetadata {
        ActorMetadata(name: "relay", version: "1.0.0", description: "Asks other actors and combines their answers.")
    }

    /// The commands whose reply is bytes that others chose.
    private func bytes(_ command: String, _ words: inout Words) throws(ActorError) -> Payload? {
        switch command {
        case "ask":
            let target = try words.id()
            return ask(target, words.rest, milliseconds: 5000)
        case "ask-within":
            let time = try words.number()
            let target = try words.id()
            return ask(target, words.rest, milliseconds: time)
        case "get":
            let (area, key) = (try words.area(), try words.next())
            do throws(StorageError) {
                return try Storage.get(area: area, key: key) ?? Array("none".utf8)
            } catch { return Array(render(error).utf8) }
        case "random":
            let count = UInt32(truncatingIfNeeded: try words.number())
            do throws(ServiceError) {
                return try Services.randomBytes(count: count)
            } catch { return Array(render(error).utf8) }
        default: return nil
        }
    }

    private func ask(_ target: ActorID, _ text: String, milliseconds: UInt64) -> Payload {
        do throws(MessagingError) {
            return try Messaging.request(
                target: target,
                payload: Array(text.utf8),
                contentType: nil,
                timeout: milliseconds * 1_000_000
            )
        } catch {
            return Array(render(error).utf8)
        }
    }

    /// The commands whose reply is text; nil for a command that is not among them.
    private mutating func answer(_ command: String, _ words: inout Words) throws(ActorError) -> String? {
        switch command {
        case "note":
            notes.append(words.rest)
            return "noted"
        case "notes":
            defer { notes = [] }
            return lines(notes)
        case "sum": return try sum(&words)
        case "self": return render(Messaging.selfID())
        case "time": return String(Services.wallTime())
        case "monotonic": return String(Services.monotonicTime())
        case "log", "sleep": return try serve(command, &words)
        case "set", "delete", "exists", "keys", "swap", "usage": return try store(command, &words)
        case "spawn", "stop", "watch", "unwatch", "link", "unlink": return try supervise(command, &words)
        case "bomb": return multiply(try words.next())
        default: return try message(command, &words)
        }
    }

    private func sum(_ words: inout Words) throws(ActorError) -> String {
        let question = try words.next()
        var sum = 0
        while !words.rest.isEmpty {
            let target = try words.id()
            let reply = String(decoding: ask(target, question, milliseconds: 5000), as: UTF8.self)
            guard let number = Int(reply) else { return "\(render(target)) replied \(reply)" }
            sum += number
        }
        return String(sum)
    }
}

// MARK: The host's functions

extension Relay {
    private func message(_ command: String, _ words: inout Words) throws(ActorError) -> String? {
        switch command {
        case "send":
            let target = try words.id()
            return messaging(words.rest) { (payload) throws(MessagingError) in
                try Messaging.send(target: target, payload: payload, contentType: "text/plain")
                return "sent"
            }
        case "request-later":
            let time = try words.time()
            let target = try words.id()
            return messaging(words.rest) { (payload) throws(MessagingError) in
                String(
                    try Messaging.requestLater(target: target, payload: payload, contentType: nil, timeout: time)
                )
            }
        case "cancel":
            let id = try words.number()
            return messaging("") { (_) throws(MessagingError) in
                try Messaging.cancel(correlationID: id)
                return "cancelled"
            }
        case "reply", "refuse":
            let id = try words.number()
            let text = words.rest
            return messaging(text) { (payload) throws(MessagingError) in
                try Messaging.reply(
                    correlationID: id,
                    response: command == "reply" ? .success(payload) : .failure(.failed(text))
                )
                return "replied"
            }
        case "exit":
            let failed = try words.next() == "failed"
            let text = words.rest
            return messaging("") { (_) throws(MessagingError) in
                try Messaging.exit(reason: failed ? .failed(text) : .normal)
                return "exiting"
            }
        case "list":
            let (pattern, page) = (try words.next(), try words.page())
            return messaging("") { (_) throws(MessagingError) in
                let page = try Messaging.listActors(pattern: pattern, cursor: page.cursor, limit: page.limit)
                return list(page.ids.map(render), page.cursor)
            }
        default: return try topics(command, &words)
        }
    }

    private func topics(_ command: String, _ words: inout Words) throws(ActorError) -> String? {
        switch command {
        case "publish":
            let topic = try words.next()
            return messaging(words.rest) { (payload) throws(MessagingError) in
                String(try Messaging.publish(topic: topic, payload: payload, contentType: nil))
            }
        case "subscribe":
            let pattern = try words.next()
            return messaging("") { (_) throws(MessagingError) in
                try Messaging.subscribe(pattern: pattern)
                return "subscribed"
            }
        case "unsubscribe":
            let pattern = try words.next()
            return messaging("") { (_) throws(MessagingError) in
                try Messaging.unsubscribe(pattern: pattern)
                return "unsubscribed"
            }
        case "send-after", "send-every":
            let time = try words.time()
            let target = try words.id()
            return messaging(words.rest) { (payload) throws(MessagingError) in
                String(
                    command == "send-after"
                        ? try Messaging.sendAfter(delay: time, target: target, payload: payload, contentType: nil)
                        : try Messaging.sendEvery(interval: time, target: target, payload: payload, contentType: nil)
                )
            }
        case "cancel-timer":
            let timer = try words.number()
            return messaging("") { (_) throws(MessagingError) in
                try Messaging.cancelTimer(timer: timer)
                return "cancelled"
            }
        default: return nil
        }
    }

    /// The reply, or the error as text.
    private func messaging(_ text: String, _ body: (Payload) throws(MessagingError) -> String) -> String {
        do throws(MessagingError) { return try body(Array(text.utf8)) } catch { return render(error) }
    }

    private func serve(_ command: String, _ words: inout Words) throws(ActorError) -> String {
        let level = command == "log" ? try words.level() : .info
        let time = command == "sleep" ? try words.time() : 0
        do throws(ServiceError) {
            if command == "sleep" {
                try Services.sleep(duration: time)
                return "slept"
            }
            try Services.log(level: level, message: words.rest, fields: [Field(name: "actor", value: "relay")])
            return "logged"
        } catch {
            return render(error)
        }
    }

    private func store(_ command: String, _ words: inout Words) throws(ActorError) -> String {
        let area = try words.area()
        let key = command == "usage" ? "" : try words.next()
        let page = command == "keys" ? try words.page() : Words.Page()
        let expected = command == "swap" ? try words.optional() : nil
        let text = words.rest
        do throws(StorageError) {
            switch command {
            case "set":
                try Storage.set(area: area, key: key, value: Array(text.utf8))
                return "stored"
            case "delete": return try Storage.delete(area: area, key: key) ? "true" : "false"
            case "exists": return try Storage.exists(area: area, key: key) ? "true" : "false"
            case "keys":
                let prefix = key == "-" ? "" : key
                let keys = try Storage.listKeys(area: area, prefix: prefix, cursor: page.cursor, limit: page.limit)
                return list(keys.keys, keys.cursor)
            case "swap":
                let replacement = text == "-" ? nil : Array(text.utf8)
                let old = expected.map { Array($0.utf8) }
                try Storage.compareAndSet(area: area, key: key, expected: old, replacement: replacement)
                return "swapped"
            default:
                let usage = try Storage.usage(area: area)
                return "\(usage.keys) keys, \(usage.bytes) of \(usage.quota) bytes"
            }
        } catch {
            return render(error)
        }
    }

    private func supervise(_ command: String, _ words: inout Words) throws(ActorError) -> String {
        let id = try words.id()
        let child = command == "spawn" ? try words.child(id) : nil
        do throws(SupervisionError) {
            if let child { return render(try Supervision.spawn(spec: child)) }
            switch command {
            case "stop": try Supervision.stop(id: id)
            case "watch": try Supervision.watch(id: id)
            case "unwatch": try Supervision.unwatch(id: id)
            case "link": try Supervision.link(id: id)
            default: try Supervision.unlink(id: id)
            }
            return "done"
        } catch {
            return render(error)
        }
    }
}

// MARK: Children

extension Relay {
    /// Spawns copies of this actor, each of which does the same, until one is refused; says why.
    private func multiply(_ family: String) -> String {
        var number = 0
        while true {
            number += 1
            guard let id = try? Words.id("\(family)/\(Messaging.selfID().instance).\(number)") else { return "no id" }
            do throws(SupervisionError) {
                var copy = Words.child(id, "relay")
                copy.grants = ["supervision.spawn", "messaging.send"].map { Grant(capability: $0, pattern: "**") }
                _ = try Supervision.spawn(spec: copy)
            } catch { return render(error) }
            _ = try? Messaging.send(target: id, payload: Array("bomb \(family)".utf8), contentType: nil)
        }
    }
}

// MARK: Reading a message

/// The words of a message, taken one after the other.
private struct Words {
    struct Page {
        var limit: UInt32 = 100
        var cursor: String?
    }

    private(set) var rest: String

    init(_ text: String) { rest = text }

    mutating func next() throws(ActorError) -> String {
        let text = rest.utf8
        let end = text.firstIndex(of: 0x20) ?? text.endIndex
        guard end != text.startIndex else { throw .invalidMessage("a word is missing") }
        defer { rest = end == text.endIndex ? "" : String(rest[text.index(after: end)...]) }
        return String(rest[..<end])
    }

    /// A word, or none where it is `-`.
    mutating func optional() throws(ActorError) -> String? {
        let word = try next()
        return word == "-" ? nil : word
    }

    mutating func number() throws(ActorError) -> UInt64 {
        guard let number = UInt64(try next()) else { throw .invalidMessage("a number is missing") }
        return number
    }

    mutating func time() throws(ActorError) -> UInt64 { try number() * 1_000_000 }

    mutating func id() throws(ActorError) -> ActorID { try Self.id(try next()) }

    static func id(_ text: String) throws(ActorError) -> ActorID {
        let parts = text.utf8.split(separator: 0x2F, omittingEmptySubsequences: false).map {
            String(Substring($0))
        }
        guard parts.count == 3 else { throw .invalidMessage("an id is namespace/name/instance") }
        return ActorID(namespace: parts[0], name: parts[1], instance: parts[2])
    }

    mutating func area() throws(ActorError) -> Area {
        let word = try next()
        if word == "private" { return .private }
        guard word.hasPrefix("shared:") else { throw .invalidMessage("an area is private or shared:NAME") }
        return .shared(String(word.utf8.dropFirst(7)) ?? "")
    }

    mutating func page() throws(ActorError) -> Page {
        var page = Page()
        if !rest.isEmpty { page.limit = UInt32(truncatingIfNeeded: try number()) }
        if !rest.isEmpty { page.cursor = try optional() }
        return page
    }

    mutating func level() throws(ActorError) -> LogLevel {
        switch try next() {
        case "trace": return .trace
        case "debug": return .debug
        case "info": return .info
        case "warning": return .warning
        case "error": return .error
        default: throw .invalidMessage("trace, debug, info, warning or error")
        }
    }

    static func child(_ id: ActorID, _ component: String) -> ChildSpec {
        ChildSpec(
            id: id,
            component: component,
            restart: .transient,
            shutdown: .within(1_000_000_000),
            significant: false,
            grants: [],
            environment: [],
            arguments: []
        )
    }

    mutating func child(_ id: ActorID) throws(ActorError) -> ChildSpec {
        var child = Self.child(id, try next())
        while !rest.isEmpty {
            let word = try next()
            switch word {
            case "+permanent": child.restart = .permanent
            case "+temporary": child.restart = .temporary
            case "+kill": child.shutdown = .kill
            case "+significant": child.significant = true
            case _ where word.hasPrefix("+do="):
                child.arguments = word.utf8.dropFirst(4).map { $0 == 0x2C ? 0x20 : $0 }
            default:
                let parts = word.utf8.split(separator: 0x3D, maxSplits: 1).map { String(Substring($0)) }
                guard parts.count == 2 else { throw .invalidMessage("a grant is CAPABILITY=PATTERN") }
                child.grants.append(Grant(capability: parts[0], pattern: parts[1]))
            }
        }
        return child
    }
}

// MARK: Values as text

private func lines(_ lines: [String]) -> String {
    var text = ""
    for line in lines { text += text.isEmpty ? line : "\n" + line }
    return text
}

private func list(_ items: [String], _ cursor: String?) -> String {
    lines(cursor.map { items + ["cursor \($0)"] } ?? items)
}

private func render(_ id: ActorID) -> String { "\(id.namespace)/\(id.name)/\(id.instance)" }

private func render(_ size: SizeLimit) -> String { "too-large: \(size.size) of \(size.limit)" }

private func render(_ error: ActorError) -> String {
    switch error {
    case .invalidMessage(let why): "invalid-message: \(why)"
    case .unsupported(let what): "unsupported: \(what)"
    case .failed(let why): "failed: \(why)"
    }
}

private func render(_ error: MessagingError) -> String {
    switch error {
    case .denied(let capability): "denied: \(capability)"
    case .unsupported(let what): "unsupported: \(what)"
    case .invalidArgument(let why): "invalid-argument: \(why)"
    case .quota(let which): "quota: \(which)"
    case .tooLarge(let size): render(size)
    case .notFound(let id): "not-found: \(render(id))"
    case .timeout: "timeout"
    case .cancelled: "cancelled"
    case .cycle(let ids):
        ids.reduce("") { (text: String, id: ActorID) in text.isEmpty ? "cycle: \(render(id))" : "\(text), \(render(id))"
        }
    case .mailboxFull(let id): "mailbox-full: \(render(id))"
    case .died(let reason): "died: \(render(reason))"
    case .guestError(let error): "guest-error: \(render(error))"
    }
}

private func render(_ error: ServiceError) -> String {
    switch error {
    case .denied(let capability): "denied: \(capability)"
    case .unsupported(let what): "unsupported: \(what)"
    case .invalidArgument(let why): "invalid-argument: \(why)"
    case .quota(let which): "quota: \(which)"
    case .tooLarge(let size): render(size)
    case .cancelled: "cancelled"
    }
}

private func render(_ error: StorageError) -> String {
    switch error {
    case .denied(let capability): "denied: \(capability)"
    case .unsupported(let what): "unsupported: \(what)"
    case .invalidArgument(let why): "invalid-argument: \(why)"
    case .tooLarge(let size): render(size)
    case .quota(let size): "quota: \(size.size) of \(size.limit)"
    case .conflict: "conflict"
    case .failed(let how): "failed: \(how)"
    }
}

private func render(_ error: SupervisionError) -> String {
    switch error {
    case .denied(let capability): "denied: \(capability)"
    case .unsupported(let what): "unsupported: \(what)"
    case .invalidArgument(let why): "invalid-argument: \(why)"
    case .quota(let which): "quota: \(which)"
    case .notFound(let what): "not-found: \(what)"
    case .nameTaken(let id): "name-taken: \(render(id))"
    case .startFailed(let reason): "start-failed: \(render(reason))"
    }
}

private func render(_ reason: ExitReason) -> String {
    switch reason {
    case .normal: "normal"
    case .shutdown: "shutdown"
    case .failed(let why): "failed \(why)"
    case .trap(let code): "trap \(render(code))"
    case .limit(let limit): "limit \(render(limit))"
    case .denied(let capability): "denied \(capability)"
    case .killed: "killed"
    case .upgradeFailed(let why): "upgrade-failed \(why)"
    case .hostError(let how): "host-error \(how)"
    }
}

private func render(_ code: TrapCode) -> String {
    switch code {
    case .unreachable: "unreachable"
    case .memoryOutOfBounds: "memory-out-of-bounds"
    case .tableOutOfBounds: "table-out-of-bounds"
    case .indirectCallToNull: "indirect-call-to-null"
    case .badSignature: "bad-signature"
    case .integerOverflow: "integer-overflow"
    case .integerDivideByZero: "integer-divide-by-zero"
    case .badConversionToInteger: "bad-conversion-to-integer"
    case .stackOverflow: "stack-overflow"
    case .outOfFuel: "out-of-fuel"
    case .interrupted: "interrupted"
    case .abiViolation: "abi-violation"
    case .tooMuchData: "too-much-data"
    case .other: "other"
    }
}

private func render(_ limit: LimitKind) -> String {
    switch limit {
    case .memory: "memory"
    case .tables: "tables"
    case .instances: "instances"
    case .turnTime: "turn-time"
    case .cpuTime: "cpu-time"
    case .fuel: "fuel"
    case .hostCallBytes: "host-call-bytes"
    case .handles: "handles"
    }
}

typealias Guest = Relay
