import Foundation
import TestSupport
import Testing

@testable import wasm_actors

/// Lines that wait, and those that must not, with the built command.
@Suite(.serialized, .timeLimit(.minutes(5))) struct RunLineTests {
    private let folder: TemporaryFolder
    private let size = ScreenSize(columns: 90, rows: 24)

    init() throws {
        let patient = #""restart":"temporary","shutdown":"1h","limits":{"cpuTime":"1h","turnTime":"1h"}"#
        let children = ["chaos", "counter"].map { name in
            #"{"id":"a/\#(name)/1","component":"\#(Fixture.path(name))",\#(patient)}"#
        }
        let tree = #"{"name":"t","children":[\#(children.joined(separator: ","))]}"#
        folder = try TemporaryFolder(files: ["tree.json": Array(tree.utf8)])
    }

    private func command(_ options: String...) throws -> RunningCommand {
        try RunningCommand(["run", folder.path + "/tree.json"] + options)
    }

    private func isDone(_ line: String) -> String { #""action":"\#(line)","ok":true"# }

    @Test func aLineThatWaitsHoldsUpNoOtherActorAndNoLook() async throws {
        let run = try command()
        // From then on its end takes an hour.
        run.type("ask a/chaos/1 shutdown loop\nstop a/chaos/1\nask a/chaos/1 count\nask a/counter/1 increment\n")
        await run.until { $0.contains(#""answer":"1""#) }
        run.type("tree\nmetrics\nhelp\n")
        await run.until { text in ["tree", "metrics", "help"].allSatisfy { text.contains(isDone($0)) } }
        #expect(!run.text.contains(isDone("stop a/chaos/1")))
        run.type("kill a/chaos/1\n")
        let last = #""action":"ask a/chaos/1 count","ok":false"#
        await run.until { $0.contains(isDone("kill a/chaos/1")) && $0.contains(last) }
        #expect(run.text.contains(isDone("stop a/chaos/1") + #","reason":"killed""#))
        run.type("quit\n")
        #expect(await run.exitCode() == 0)
    }

    @Test func whatWasKilledMayBeStartedAgain() async throws {
        let run = try command("--exit")
        run.type("restart a/chaos/1\nkill a/chaos/1\nrestart a/chaos/1\nask a/chaos/1 count\nrestart a/no/body\n")
        try run.closeInput()
        #expect(await run.exitCode() == 1)
        await run.end()
        #expect(run.text.contains(#""action":"restart a/chaos/1","ok":false"#))
        #expect(run.text.contains(isDone("restart a/chaos/1")))
        #expect(run.text.contains(isDone("ask a/chaos/1 count") + #","answer":"1""#))
        #expect(run.text.contains("no supervisor has an actor a/no/body"))
    }

    @Test func quitDoesNotWaitForALineWithoutEnd() async throws {
        let run = try command("--grace", "1s")
        run.type("ask a/chaos/1 shutdown loop\n")
        await run.until { $0.contains(#""answer":"ready""#) }
        run.type("stop a/chaos/1\nask a/chaos/1 count\nquit\ntree\n")
        #expect(await run.exitCode() == 1)
        await run.end()
        #expect(run.text.contains(isDone("quit")) && !run.text.contains(isDone("tree")))
        // Each line has its reply.
        #expect(run.text.contains(isDone("stop a/chaos/1") + #","reason":"killed""#))
        #expect(run.text.contains("not done: the run ended before its turn came"))
        #expect(run.errors.contains("cut off at the end: a/chaos/1 (killed)"))
        #expect(run.errors.contains("--grace TIME"))
    }

    @Test func whatCameBeforeQuitOrTheEndIsDoneInItsOrder() async throws {
        for end in ["quit\n", ""] {
            let run = try command("--exit")
            run.type(String(repeating: "ask a/counter/1 increment\n", count: 50) + end)
            try run.closeInput()
            #expect(await run.exitCode() == 0)
            await run.end()
            let answers = run.text.matches(of: /"answer":"([0-9]+)"/).compactMap { Int($0.output.1) }
            #expect(answers == Array(1...50))
        }
    }

    @Test func actionsOfTheCommandLineWaitForEachOther() async throws {
        let run = try command("--do", "ask a/chaos/1 shutdown loop", "--do", "stop a/chaos/1", "--do", "metrics")
        run.type("tree\n")
        await run.until { $0.contains(isDone("tree")) }
        #expect(!run.text.contains(isDone("metrics")))
        run.type("kill a/chaos/1\n")
        await run.until { $0.contains(isDone("metrics")) }
        run.type("quit\n")
        #expect(await run.exitCode() == 0)
    }

    @Test func theEndOfInputEndsAViewWhileALineWaits() async throws {
        let run = try RunningCommand(["run", folder.path + "/tree.json", "--grace", "200ms"], terminal: size)
        await run.until { text in
            FakeScreen(text, size).lines.contains { $0.contains("a/counter/1") && $0.contains("running") }
        }
        run.type("ask a/chaos/1 shutdown loop\rstop a/chaos/1\r")
        await run.until { text in
            FakeScreen(text, size).lines.contains { $0.contains("a/chaos/1") && $0.contains("stopping") }
        }
        run.type("\u{04}")
        #expect(await run.exitCode() == 1)
        await run.until { $0.contains("actors stopped") }
        #expect(!FakeScreen(run.text, size).isOther && run.echoes)
    }
}
