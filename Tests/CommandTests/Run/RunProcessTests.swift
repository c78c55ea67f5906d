import Foundation
import TestSupport
import Testing

@testable import wasm_actors

/// The built command: its streams, its signals and its terminal.
@Suite(.serialized, .timeLimit(.minutes(5))) struct RunProcessTests {
    private let demo = Fixture.folderPath + "/trees/demo.json"
    private let size = ScreenSize(columns: 90, rows: 24)

    private func command(_ options: String...) throws -> RunningCommand { try RunningCommand(["run", demo] + options) }

    @Test func linesOfStandardInputAreDoneAndBadOnesSaySo() async throws {
        let run = try command()
        run.type("ask demo/counter/main increment\nbogus\nask demo/counter/main inc")
        run.type("rement\nquit\n")
        #expect(await run.exitCode() == 0)
        await run.end()
        #expect(run.text.contains(#""answer":"101""#) && run.text.contains(#""answer":"102""#))
        #expect(run.text.contains(#""action":"bogus","ok":false"#))
        #expect(run.text.split(separator: "\n").last?.contains(#""event":"shutdown""#) == true)
    }

    @Test func theEndOfStandardInputIsNoEndOfTheRun() async throws {
        let run = try command()
        try run.closeInput()
        await run.until { $0.contains(#""supervisor":"demo"}"#) }
        run.signal(SIGTERM)
        #expect(await run.exitCode() == 0)
        await run.end()
        #expect(run.text.contains(#""event":"shutdown""#))
    }

    @Test func withExitTheEndOfStandardInputIsTheEnd() async throws {
        let run = try command("--exit")
        run.type("ask demo/counter/main get")
        try run.closeInput()
        #expect(await run.exitCode() == 0)
        await run.end()
        #expect(run.text.contains(#""answer":"100""#))
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func theSecondSignalEndsTheProcessAtOnce(number: Int32) async throws {
        // A guest that is busy for as long as the grace time holds the orderly end up.
        let run = try command("--grace", "1h")
        run.type("send demo/relay/main sleep 3600000\n")
        await run.until { $0.contains(#""ok":true"#) }
        run.signal(number)
        await run.until { $0.contains(#""event":"shuttingDown""#) }
        run.signal(number)
        #expect(await run.exitCode() == 128 + number)
    }

    @Test func aSignalThatIsIgnoredAtTheStartStaysSo() async throws {
        let run = try RunningCommand(["run", demo], script: #"trap '' HUP; exec "$0" "$@""#)
        await run.until { $0.contains(#""supervisor":"demo"}"#) }
        run.signal(SIGHUP)
        run.type("ask demo/counter/main get\n")
        await run.until { $0.contains(#""event":"reply""#) || $0.contains(#""event":"shuttingDown""#) }
        #expect(run.text.contains(#""answer":"100""#))
        run.type("quit\n")
        #expect(await run.exitCode() == 0)
    }

    @Test func aTerminalShowsTheTreeAndTakesLines() async throws {
        let run = try RunningCommand(["run", demo], terminal: size)
        await run.until {
            FakeScreen($0, size).lines.contains { $0.contains("demo/chaos/main") && $0.contains("running") }
        }
        run.type("ask demo/counter/main increment\r")
        await run.until { FakeScreen($0, size).lines.contains("  101") }
        run.type("ask demo/chaos/main trap\r")
        await run.until { text in
            FakeScreen(text, size).lines.contains { $0.contains("demo/chaos/main") && $0.hasSuffix(" 1     2") }
        }
        run.type("tre")
        await run.until { FakeScreen($0, size).lines.last?.hasPrefix("> tre") == true }
        let screen = FakeScreen(run.text, size)
        #expect(screen.isOther && !screen.hasCursor && !run.echoes)
        #expect(screen.lines[0].hasPrefix("demo · 3 actors"))
        #expect(screen.lines[1].hasPrefix("ACTOR"))
        #expect(screen.lines.contains { $0.contains("crashed (trap: unreachable)") })
        run.type("\u{15}quit\r")
        #expect(await run.exitCode() == 0)
        await run.until { $0.contains("actors stopped") }
        let after = FakeScreen(run.text, size)
        #expect(!after.isOther && after.hasCursor && run.echoes)
    }

    @Test func aWindowOfAnotherSizeIsFilledAnew() async throws {
        let run = try RunningCommand(["run", demo], terminal: size)
        await run.until { $0.contains("demo/chaos/main") }
        let small = ScreenSize(columns: 40, rows: 10)
        run.resize(small)
        await run.until { text in
            guard let last = text.split(separator: "\u{1B}[2J").last else { return false }
            return FakeScreen(String(last), small).lines[0].hasPrefix("demo · 3 actors")
                && !last.contains("RESTARTS") && last.contains("ACTOR")
        }
        run.signal(SIGINT)
        #expect(await run.exitCode() == 0)
        await run.until { $0.contains("actors stopped") }
    }

    @Test(arguments: [SIGQUIT, SIGABRT, SIGTERM])
    func aTerminalIsGivenBackHoweverTheProcessEnds(number: Int32) async throws {
        let run = try RunningCommand(["run", demo], terminal: size)
        await run.until { $0.contains("demo/chaos/main") }
        #expect(!run.echoes)
        run.signal(number)
        _ = await run.exitCode()
        await run.until { !FakeScreen($0, size).isOther }
        #expect(FakeScreen(run.text, size).hasCursor)
        #expect(run.echoes)
    }

    @Test func aTreeThatCannotBeStartedGivesTheTerminalBack() async throws {
        let folder = try TemporaryFolder(files: [
            "tree.json": Array(#"{"name":"t","children":[{"id":"a/b/c","component":"none.wasm"}]}"#.utf8)
        ])
        let run = try RunningCommand(["run", folder.path + "/tree.json"], terminal: size)
        #expect(await run.exitCode() == 1)
        await run.until { $0.contains("actors stopped") }
        #expect(!FakeScreen(run.text, size).isOther && run.echoes)
    }
}
