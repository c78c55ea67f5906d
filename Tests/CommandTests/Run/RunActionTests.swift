import Testing
import WasmCore

@testable import wasm_actors

@Suite struct RunActionTests {
    private static let id = ActorID(uncheckedNamespace: "a", name: "b", instance: "c")

    @Test(arguments: [
        ("send a/b/c one  two ", RunAction.Kind.send(id, Array("one  two ".utf8))),
        ("  ask a/b/c get", .ask(id, Array("get".utf8), within: .seconds(5))),
        ("ask a/b/c", .ask(id, [], within: .seconds(5))),
        ("ask-within 250ms a/b/c get it", .ask(id, Array("get it".utf8), within: .milliseconds(250))),
        ("send  a/b/c hi", .send(id, Array("hi".utf8))), ("\tsend\ta/b/c\thi\tyou", .send(id, Array("hi\tyou".utf8))),
        ("ask  \t a/b/c  two blanks", .ask(id, Array(" two blanks".utf8), within: .seconds(5))),
        ("ask-within  250ms\t a/b/c get", .ask(id, Array("get".utf8), within: .milliseconds(250))),
        ("stop a/b/c ", .stop(id)), ("kill \t a/b/c\t", .kill(id)),
        ("restart a/b/c", .restart(id)),
        ("upgrade  a/b/c \t my  file.wasm \t", .upgrade(.actor(id), file: "my  file.wasm", keepsState: true)),
        ("upgrade a/b/c my file.wasm", .upgrade(.actor(id), file: "my file.wasm", keepsState: true)),
        ("upgrade-fresh a/b/c c.wasm", .upgrade(.actor(id), file: "c.wasm", keepsState: false)),
        ("tree", .tree), ("metrics\t", .metrics), ("help", .help), ("quit", .quit),
    ])
    func aLineSaysWhatItAsksFor(line: String, kind: RunAction.Kind) throws {
        #expect(try RunAction.parse(line) == RunAction(line: line, kind: kind))
    }

    @Test func aPatternIsATargetOfAnUpgrade() throws {
        let pattern = try Pattern("a/**")
        let action = try RunAction.parse("upgrade a/** c.wasm")
        #expect(action?.kind == .upgrade(.pattern(pattern), file: "c.wasm", keepsState: true))
    }

    @Test(arguments: ["", " ", "   ", "\t", " \t "])
    func anEmptyLineAsksForNothing(line: String) throws {
        #expect(try RunAction.parse(line) == nil)
    }

    @Test(arguments: [
        ("bogus", "there is no `bogus`", "there are send, ask, ask-within"),
        ("aks a/b/c", "no `aks`", "did you mean `ask`?"),
        ("ask", "no actor is named", "write `ask ID TEXT`"), ("stop a/b", "`a/b` is not an actor id", "`tree` shows"),
        ("stop a/b/c now", "more follows: `now`", "write `stop ID`"),
        ("ask-within a/b/c x", "no time is given", "500ms"),
        ("ask-within 0s a/b/c x", "no time is given", "write"), ("upgrade a/b/c", "no component is named", "FILE"),
        ("upgrade a/b/c \t ", "no component is named", "FILE"), ("kill  a/b/c  now \t", "more follows: `now`", "write"),
        ("upgrade a/b* c.wasm", "not a pattern", "`tree`"), ("tree all", "more follows", "write `tree`"),
        ("\u{1B}[2J", "there is no `\\u{1B}[2J`", "there are"),
    ])
    func aLineThatMakesNoSenseSaysWhatToDo(line: String, message: String, hint: String) throws {
        let mistake = try #require(throws: RunAction.Mistake.self) { try RunAction.parse(line) }
        #expect(mistake.message.contains(message), "\(mistake.message)")
        #expect(mistake.hint.contains(hint), "\(mistake.hint)")
    }

    @Test func everyFormIsALineThatThereIs() throws {
        for (form, _) in RunAction.forms {
            let line = form.replacing("ask-within TIME", with: "ask-within 1s").replacing("ID", with: "a/b/c")
                .replacing("TARGET", with: "a/b/c")
            #expect(try RunAction.parse(line) != nil, "\(form)")
        }
    }
}

@Suite struct LineEditorTests {
    private func type(_ chunks: [UInt8]...) -> (text: String, results: [LineEditor.Result]) {
        var editor = LineEditor()
        let results = chunks.flatMap { editor.type($0) }
        return (editor.text, results)
    }

    @Test func enterEndsALine() {
        let typed = type(Array("ask x\rnext\nrest".utf8))
        #expect(typed.results == [.line("ask x"), .line("next")])
        #expect(typed.text == "rest")
    }

    @Test func charactersAndKeysMayComeInPieces() {
        let typed = type([0xF0, 0x9F], [0x98, 0x80, 0x1B], [0x5B], [0x41, 0x1B, 0x5B, 0x36], [0x7E])
        #expect(typed.text == "😀")
        #expect(typed.results == [.scroll(-1), .page(1)])
    }

    @Test(arguments: [
        ("ab\u{7F}", "a"), ("\u{7F}", ""), ("é\u{8}x", "x"), ("one two\u{17}", "one "), ("one two \u{17}", "one "),
        ("one\u{15}two", "two"), ("a\u{1}\u{9}b", "ab"), ("a\u{1B}[1;5Hb", "ab"), ("a\u{1B}OPb", "ab"),
    ])
    func keysThatChangeTheLine(keys: String, text: String) {
        #expect(type(Array(keys.utf8)).text == text)
    }

    @Test func endOfInputIsOneOnAnEmptyLineAlone() {
        #expect(type([0x04]).results == [.end])
        #expect(type([0x61, 0x04]).results == [])
    }

    @Test func bytesThatAreNoTextDoNoHarm() {
        #expect(type([0xFF, 0xC3, 0x28, 0xE2, 0x28, 0xA1, 0x61]).text == "((a")
        for _ in 0..<2000 { _ = type((0..<20).map { _ in UInt8.random(in: 0...255) }) }
    }

    @Test func aLineIsBounded() {
        #expect(type(Array(repeating: 0x61, count: 100_000)).text.utf8.count == 4096)
        #expect(type([0x1B, 0x5B] + Array(repeating: 0x31, count: 1000) + [0x41, 0x61]).results.count <= 1)
    }
}
