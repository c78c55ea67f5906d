import WasmActor
import WasmRuntime

/// What became of an action: for people as lines, for machines as an object.
struct RunReply: Sendable {
    /// The line that asked for it.
    let action: String
    /// Whether it went well.
    let isDone: Bool
    /// What to show, a line each.
    let lines: [String]
    /// The members of the object, beside `time`, `event`, `action` and `ok`.
    let json: JSONLine

    /// It went well.
    static func done(_ action: RunAction, _ lines: [String], _ members: (inout JSONLine) -> Void) -> RunReply {
        RunReply(action: action.line, isDone: true, lines: lines, json: object(action.line, true, members))
    }

    /// It did not.
    static func failed(_ line: String, _ error: String, hint: String? = nil) -> RunReply {
        let lines = ["error: \(error)"] + (hint.map { ["       \($0)"] } ?? [])
        let json = object(line, false) { json in
            json.add("error", error)
            if let hint { json.add("hint", hint) }
        }
        return RunReply(action: line, isDone: false, lines: lines, json: json)
    }

    private static func object(_ line: String, _ isDone: Bool, _ members: (inout JSONLine) -> Void) -> JSONLine {
        var json = JSONLine()
        json.add("time", Timestamp.text(SystemClock().wallTime))
        json.add("event", "reply")
        json.add("action", line)
        json.add("ok", isDone)
        members(&json)
        return json
    }
}
