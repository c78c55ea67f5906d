/// An actor that adds up, and whose state can be saved and taken up again: a durable actor.
///
/// | message | reply |
/// |---|---|
/// | `add N`, `get` | the sum |
/// | `in-order SENDER N` | `N`, where the last one of SENDER was N - 1 or there was none; else the guest error `failed` |
/// | `version`, `generation`, `attempt` | of the component; of the instance; of this message |
/// | `note TEXT`, `notes` | `noted`; what was noted, one a line: notes, responses (`response TEXT`), ends (`down ID`) |
/// | `hold` | no reply: the request stays open until `release TEXT`, whose reply is how many requests it answered |
/// | `later TARGET TEXT` | `asked`: the response is noted |
/// | `after MS TEXT` | `set`: this actor is sent TEXT then |
/// | `watch TARGET`, `subscribe PATTERN` | `done` |
/// | `exit TEXT` | `exiting`: the actor ends itself as failed |
/// | `mark WORD` | `marked`: the state carries WORD from now on, see below |
/// | `trap` | none |
///
/// The state with the mark `no-save` cannot be saved, with `trap-save` saving traps; with `no-restore` a saved state is
/// refused, with `trap-restore` taking it up traps, and with `loop-restore` that never ends. `no-restore-2` and
/// `trap-restore-2` mean version 2 alone; with `slow-restore-2` that takes a second, and with `busy-restore-2` it sets a timer
/// (`note new`), asks `test/relay/1` to `hold new`, and refuses then. With the argument `no-start-2` it does not start.
///
/// Everything else is answered with `invalid-message`, but for a message that begins with `ignore`.
struct Tally: DurableActorGuest {
    private var sum = 0
    private var notes: [String] = []
    private var held: [CorrelationID] = []
    private var senders: [(name: String, last: Int)] = []
    private var mark = "-"
    private var generation: UInt64 = 0

    mutating func initialize(config: Config) throws(ActorError) {
        generation = config.generation
        if tallyVersion == 2, config.arguments == Array("no-start-2".utf8) { throw .failed("told not to start") }
    }

    mutating func handleMessage(message: Message) throws(ActorError) -> Payload? {
        let words = Words(String(decoding: message.payload, as: UTF8.self))
        switch words.first {
        case "hold":
            if let id = message.correlationID { held.append(id) }
            return nil
        case "attempt": return Array(String(message.attempt).utf8)
        default: return Array(try answer(words).utf8)
        }
    }

    private mutating func answer(_ words: Words) throws(ActorError) -> String {
        switch words.first {
        case "add":
            sum += try words.number(1)
            return String(sum)
        case "get": return String(sum)
        case "in-order": return try inOrder(try words.word(1), try words.number(2))
        case "version": return String(tallyVersion)
        case "generation": return String(generation)
        case "ignore": return "ignored"
        case "note":
            notes.append(words.from(1))
            return "noted"
        case "notes": return joined(notes)
        case "mark":
            mark = try words.word(1)
            return "marked"
        case "release": return String(release(words.from(1)))
        case "trap": fatalError("told to trap")
        default: return try talk(words)
        }
    }

    private mutating func inOrder(_ sender: String, _ number: Int) throws(ActorError) -> String {
        guard let index = senders.firstIndex(where: { $0.name == sender }) else {
            senders.append((sender, number))
            return String(number)
        }
        let last = senders[index].last
        senders[index].last = number
        guard last == number - 1 else { throw .failed("\(number) of \(sender) came after \(last)") }
        return String(number)
    }

    private mutating func release(_ text: String) -> Int {
        defer { held = [] }
        for id in held {
            do throws(MessagingError) {
                try Messaging.reply(correlationID: id, response: .success(Array(text.utf8)))
            } catch {
                notes.append("a reply was refused")
            }
        }
        return held.count
    }

    private func talk(_ words: Words) throws(ActorError) -> String {
        do throws(MessagingError) {
            switch words.first {
            case "later":
                let (target, payload) = (try target(words), Array(words.from(2).utf8))
                _ = try Messaging.requestLater(
                    target: target,
                    payload: payload,
                    contentType: nil,
                    timeout: 60_000_000_000
                )
                return "asked"
            case "after":
                _ = try Messaging.sendAfter(
                    delay: UInt64(number(words)) * 1_000_000,
                    target: Messaging.selfID(),
                    payload: Array(words.from(2).utf8),
                    contentType: nil
                )
                return "set"
            case "subscribe":
                try Messaging.subscribe(pattern: words.from(1))
                return "done"
            case "exit":
                try Messaging.exit(reason: .failed(words.from(1)))
                return "exiting"
            case "watch":
                let target = try target(words)
                do throws(SupervisionError) {
                    try Supervision.watch(id: target)
                } catch {
                    throw .invalidArgument("the watch was refused")
                }
                return "done"
            default: throw .invalidArgument("the command is not known")
            }
        } catch {
            if case .invalidArgument(let text) = error { throw .invalidMessage(text) }
            throw .failed("the host refused")
        }
    }

    private func target(_ words: Words) throws(MessagingError) -> ActorID {
        guard words.count > 1, let id = ActorID(text: words[1]) else { throw .invalidArgument("an id is missing") }
        return id
    }

    private func number(_ words: Words) throws(MessagingError) -> Int {
        guard words.count > 1, let number = Int(words[1]) else { throw .invalidArgument("a number is missing") }
        return number
    }

    mutating func handleResponse(correlationID: CorrelationID, response: Result<Payload, MessagingError>) {
        switch response {
        case .success(let payload): notes.append("response \(String(decoding: payload, as: UTF8.self))")
        case .failure: notes.append("response failed")
        }
    }

    mutating func handleDown(id: ActorID, reason: ExitReason) {
        notes.append("down \(id.namespace)/\(id.name)/\(id.instance)")
    }

    mutating func metadata() -> ActorMetadata {
        ActorMetadata(name: "tally", version: "\(tallyVersion).0.0", description: "Adds up, and can be saved.")
    }
}

// MARK: The state

extension Tally {
    mutating func save() throws(ActorError) -> Snapshot.State {
        switch mark {
        case "no-save": throw .failed("told not to be saved")
        case "trap-save": fatalError("told to trap")
        default: break
        }
        var lines = [mark, String(sum)]
        lines += held.map { "held \($0)" }
        lines += senders.map { "sender \($0.name) \($0.last)" }
        lines += notes.map { "note \($0)" }
        return Snapshot.State(version: UInt32(tallyVersion), data: Array(joined(lines).utf8))
    }

    mutating func restore(state: Snapshot.State) throws(ActorError) {
        guard state.version <= UInt32(tallyVersion) else { throw .unsupported("version \(state.version)") }
        var lines = split(String(decoding: state.data, as: UTF8.self), 0x0A)
        guard lines.count >= 2, let sum = Int(lines[1]) else { throw .failed("this is no state of a tally") }
        (mark, self.sum) = (lines[0], sum)
        switch mark {
        case "no-restore": throw .failed("told not to come back")
        case "trap-restore": fatalError("told to trap")
        case "loop-restore": while true { notes = [] }
        case "no-restore-2" where tallyVersion == 2: throw .failed("told not to come back")
        case "trap-restore-2" where tallyVersion == 2: fatalError("told to trap")
        case "slow-restore-2" where tallyVersion == 2: sleepForASecond()
        case "busy-restore-2" where tallyVersion == 2:
            _ = try talk(Words("after 1000 note new"))
            _ = try talk(Words("later test/relay/1 hold new"))
            throw .failed("told not to come back")
        default: break
        }
        lines.removeFirst(2)
        for line in lines {
            let words = Words(line)
            switch words.first {
            case "held": held.append(UInt64(try words.number(1)))
            case "sender": senders.append((try words.word(1), try words.number(2)))
            default: notes.append(words.from(1))
            }
        }
    }
}

private func sleepForASecond() {
    do throws(ServiceError) {
        try Services.sleep(duration: 1_000_000_000)
    } catch {
        fatalError("the host refused")
    }
}

// MARK: Texts

/// The words of a line.
private struct Words {
    private let words: [String]

    init(_ text: String) { words = split(text, 0x20) }

    var count: Int { words.count }
    var first: String { words.first ?? "" }
    subscript(index: Int) -> String { words[index] }

    func word(_ index: Int) throws(ActorError) -> String {
        guard index < words.count else { throw .invalidMessage("a word is missing") }
        return words[index]
    }

    func number(_ index: Int) throws(ActorError) -> Int {
        guard let number = Int(try word(index)) else { throw .invalidMessage("a number is missing") }
        return number
    }

    /// The words from one on, with the spaces between them.
    func from(_ index: Int) -> String {
        var text = ""
        for word in words.dropFirst(index) { text += text.isEmpty ? word : " " + word }
        return text
    }
}

private func split(_ text: String, _ separator: UInt8) -> [String] {
    text.utf8.split(separator: separator).map { String(Substring($0)) }
}

private func joined(_ lines: [String]) -> String {
    var text = ""
    for line in lines { text += text.isEmpty ? line : "\n" + line }
    return text
}

extension ActorID {
    /// Reads `namespace/name/instance`.
    fileprivate init?(text: String) {
        let parts = split(text, 0x2F)
        guard parts.count == 3 else { return nil }
        self.init(namespace: parts[0], name: parts[1], instance: parts[2])
    }
}

typealias Guest = Tally
