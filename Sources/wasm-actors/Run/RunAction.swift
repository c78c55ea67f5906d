import WasmActor
import WasmActorTrees
import WasmCore

/// What the user of a running tree asks for, as one line says it.
struct RunAction: Equatable, Sendable {
    /// What is asked for.
    enum Kind: Equatable, Sendable {
        case send(ActorID, [UInt8])
        case ask(ActorID, [UInt8], within: Duration)
        case stop(ActorID)
        case kill(ActorID)
        case restart(ActorID)
        case upgrade(Target, file: String, keepsState: Bool)
        case tree
        case metrics
        case help
        case quit
    }

    /// One actor, or all that a pattern matches.
    enum Target: Equatable, Sendable {
        case actor(ActorID)
        case pattern(Pattern)
    }

    /// A line that asks for nothing that there is: why, and what to do.
    struct Mistake: Error, Equatable {
        let message: String
        let hint: String
    }

    /// The line.
    let line: String
    /// What it asks for.
    let kind: Kind

    /// Whom it is about; nil where it is about no actor.
    var target: Target? {
        switch kind {
        case .send(let id, _), .ask(let id, _, _), .stop(let id), .kill(let id), .restart(let id): .actor(id)
        case .upgrade(let target, _, _): target
        case .tree, .metrics, .help, .quit: nil
        }
    }

    /// The forms of all lines, and what each does.
    static let forms: [(form: String, meaning: String)] = [
        ("send ID TEXT", "Puts a message into an actor's mailbox."),
        ("ask ID TEXT", "Sends a message and waits for the answer, 5 s at the most."),
        ("ask-within TIME ID TEXT", "The same with another time, such as 500ms or 1m."),
        ("stop ID", "Ends an actor after its turn and its guest's shutdown."),
        ("kill ID", "Ends an actor now."),
        ("restart ID", "Starts an actor of the tree again that has ended."),
        ("upgrade TARGET FILE", "Has a component take over, with the state; TARGET is an id or a pattern."),
        ("upgrade-fresh TARGET FILE", "The same without the state."),
        ("tree", "Shows who runs under whom."),
        ("metrics", "Shows what the system has done."),
        ("help", "Shows these lines."),
        ("quit", "Ends everything in order."),
    ]

    /// Reads a line; nil where it is empty.
    ///
    /// - Parameter line: The line, without its end.
    /// - Returns: What it asks for.
    /// - Throws: What is wrong with it.
    static func parse(_ line: String) throws(Mistake) -> RunAction? {
        var words = Words(line)
        guard let verb = words.next() else { return nil }
        guard let form = forms.first(where: { $0.form.prefix { $0 != " " } == verb })?.form else {
            let verbs = forms.map { String($0.form.prefix { $0 != " " }) }
            let near = Suggestion.nearest(to: verb, among: verbs).map { "did you mean `\($0)`? " } ?? ""
            throw Mistake(
                message: "there is no `\(Printable.text(verb, limit: 64))`",
                hint: near + "there are \(verbs.joined(separator: ", "))"
            )
        }
        let kind: Kind
        switch verb {
        case "send": kind = .send(try words.actor(form), Array(words.rest.utf8))
        case "ask": kind = .ask(try words.actor(form), Array(words.rest.utf8), within: ActorRef.defaultTimeout)
        case "ask-within":
            let time = try words.time(form)
            kind = .ask(try words.actor(form), Array(words.rest.utf8), within: time)
        case "stop": kind = try .stop(words.actor(form))
        case "kill": kind = try .kill(words.actor(form))
        case "restart": kind = try .restart(words.actor(form))
        case "upgrade", "upgrade-fresh":
            let target = try words.target(form)
            let file = words.trimmedRest
            guard !file.isEmpty else { throw Mistake(message: "no component is named", hint: "write `\(form)`") }
            return RunAction(line: line, kind: .upgrade(target, file: file, keepsState: verb == "upgrade"))
        case "tree": kind = .tree
        case "metrics": kind = .metrics
        case "help": kind = .help
        default: kind = .quit
        }
        switch kind {
        case .send, .ask: break
        default: try words.end(form)
        }
        return RunAction(line: line, kind: kind)
    }
}

/// A line taken apart word by word, wherever there are spaces or tabs; what is not taken stays as it was written.
private struct Words {
    private var left: Substring

    init(_ line: String) {
        left = line[...]
    }

    private static func isBlank(_ character: Character) -> Bool { character == " " || character == "\t" }

    /// What is left, without the one blank that ends the word before it.
    var rest: String { String(left) }

    /// What is left, without the blanks around it.
    var trimmedRest: String {
        let start = left.drop(while: Self.isBlank)
        guard let last = start.lastIndex(where: { !Self.isBlank($0) }) else { return "" }
        return String(start[...last])
    }

    mutating func next() -> String? {
        let start = left.drop(while: Self.isBlank)
        let word = start.prefix { !Self.isBlank($0) }
        guard !word.isEmpty else { return nil }
        left = left[word.endIndex...].dropFirst()
        return String(word)
    }

    mutating func actor(_ form: String) throws(RunAction.Mistake) -> ActorID {
        guard let word = next() else { throw .init(message: "no actor is named", hint: "write `\(form)`") }
        do throws(InvalidActorID) {
            return try ActorID(word)
        } catch {
            throw .init(message: error.description, hint: "`tree` shows the actors")
        }
    }

    mutating func target(_ form: String) throws(RunAction.Mistake) -> RunAction.Target {
        guard let word = next() else { throw .init(message: "no actor is named", hint: "write `\(form)`") }
        if let id = try? ActorID(word) { return .actor(id) }
        do throws(InvalidPattern) {
            return .pattern(try Pattern(word))
        } catch {
            throw .init(message: error.description, hint: "`tree` shows the actors")
        }
    }

    mutating func time(_ form: String) throws(RunAction.Mistake) -> Duration {
        guard let word = next(), let time = Quantity.duration(word), time > .zero else {
            throw .init(message: "no time is given", hint: "write `\(form)`, with a time such as 500ms, 5s or 1m")
        }
        return time
    }

    func end(_ form: String) throws(RunAction.Mistake) {
        let rest = trimmedRest
        guard rest.isEmpty else {
            throw .init(message: "more follows: `\(Printable.text(rest, limit: 64))`", hint: "write `\(form)`")
        }
    }
}
