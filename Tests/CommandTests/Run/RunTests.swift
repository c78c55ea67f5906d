import Foundation
import TestSupport
import Testing
import WasmCore

@testable import WasmActor
@testable import wasm_actors

/// `run` and `check` inside of this process, with real guests.
@Suite(.timeLimit(.minutes(10))) struct RunTests {
    private let recording = RecordingConsole()
    private let demo = Fixture.folderPath + "/trees/demo.json"

    /// The lines of JSON that were written.
    private var lines: [[String: Any]] {
        get throws {
            try recording.out.split(separator: "\n").map { line in
                let object = try JSONSerialization.jsonObject(with: Data(line.utf8))
                return try #require(object as? [String: Any], "\(line)")
            }
        }
    }

    private func replies() throws -> [[String: Any]] { try lines.filter { $0["event"] as? String == "reply" } }

    private func events(_ name: String) throws -> [String] {
        try lines.filter { $0["event"] as? String == name }.compactMap { $0["actor"] as? String }
    }

    private func tree(_ json: String) throws -> TemporaryFolder {
        try TemporaryFolder(files: [
            "tree.json": Array(json.utf8), "counter.wasm": Fixture.bytes("counter"),
            "chaos.wasm": Fixture.bytes("chaos"),
        ])
    }

    @Test func actionsAreDoneInOrderAndTheRunEnds() async throws {
        let code = await recording.run(
            "run",
            demo,
            "--do",
            "ask demo/counter/main increment",
            "--do",
            "send demo/counter/main increment 5",
            "--do",
            "ask demo/relay/main ask demo/counter/main get",
            "--do",
            "tree",
            "--do",
            "metrics",
            "--do",
            "stop demo/relay/main",
            "--do",
            "kill demo/counter/main",
            "--do",
            "help",
            "--exit"
        )
        #expect(code == .success, "\(recording.error)")
        let replies = try replies()
        #expect(replies.map { $0["ok"] as? Bool } == Array(repeating: true, count: 8))
        #expect(replies[0]["answer"] as? String == "101")
        #expect(replies[2]["answer"] as? String == "106")
        let root = try #require((replies[3]["tree"] as? [[String: Any]])?.first)
        #expect(root["supervisor"] as? String == "demo" && (root["children"] as? [Any])?.count == 2)
        #expect(replies[4]["messagesHandled"] as? Int == 4)
        #expect(replies[5]["reason"] as? String == "shutdown")
        #expect(replies[6]["reason"] as? String == "killed")
        #expect(try events("spawned") == ["demo/counter/main", "demo/relay/main", "demo/chaos/main"])
        let end = try #require(try lines.last)
        #expect(end["event"] as? String == "shutdown" && end["lostMessages"] as? Int == 0)
    }

    @Test func anActionThatFailsSaysWhyAndIsTheExitCode() async throws {
        let code = await recording.run(
            "run",
            demo,
            "--do",
            "ask demo/nobody/main x",
            "--do",
            "ask demo/chaos/main error no",
            "--do",
            "upgrade demo/counter/main /nowhere.wasm",
            "--do",
            "upgrade x/** \(Fixture.path("counter"))",
            "--do",
            "upgrade demo/counter/main \(Fixture.path("counter"))",
            "--do",
            "ask demo/counter/main get",
            "--exit"
        )
        #expect(code == .failure)
        #expect(recording.error.contains("an action failed"))
        let replies = try replies()
        #expect(replies.map { $0["ok"] as? Bool } == [false, false, false, false, false, true])
        let errors = replies.compactMap { $0["error"] as? String }
        #expect(errors[0].contains("no actor demo/nobody/main runs"))
        #expect(errors[1].contains("failed: no"))
        #expect(errors[2].contains("/nowhere.wasm: no such file"))
        #expect(errors[3].contains("no actor matches x/**"))
        #expect(errors[4].contains("does not export snapshot"))
    }

    @Test func anUpgradeWithoutStateBeginsAfresh() async throws {
        let code = await recording.run(
            "run",
            demo,
            "--do",
            "ask demo/counter/main increment",
            "--do",
            "upgrade-fresh demo/counter/* \(Fixture.path("counter"))",
            "--do",
            "ask demo/counter/main get",
            "--exit"
        )
        #expect(code == .success, "\(recording.error)")
        #expect(try replies().last?["answer"] as? String == "100")
        #expect(try events("upgraded") == ["demo/counter/main"])
    }

    @Test func aCrashIsToldWithItsReasonAndWhatTheGuestLogged() async throws {
        _ = await recording.run("run", demo, "--do", "ask demo/chaos/main trap", "--exit")
        let crash = try #require(try lines.first { $0["event"] as? String == "crashed" })
        #expect(crash["reason"] as? String == "trap: unreachable")
        #expect(crash["backtrace"] is [String])
        #expect(try lines.contains { ($0["message"] as? String)?.contains("told to trap") == true })
        let letter = try #require(try lines.first { $0["event"] as? String == "deadLetter" })
        #expect(letter["payload"] as? String == "trap")
    }

    @Test func theLevelOfTheLogIsTheUsers() async throws {
        _ = await recording.run("run", demo, "--do", "ask demo/chaos/main log here", "--exit", "--log-level", "error")
        #expect(!recording.out.contains("\"here\""))
        let other = RecordingConsole()
        _ = await other.run("run", demo, "--do", "ask demo/chaos/main log here", "--exit", "--log-level", "trace")
        #expect(other.out.contains("\"here\""))
    }

    @Test func storageAndMetricsLieInFiles() async throws {
        let folder = try TemporaryFolder(files: [:])
        let options = [
            "--storage", folder.path + "/state.sqlite", "--metrics-file", folder.path + "/metrics.prom", "--exit",
        ]
        let first =
            ["run", demo, "--do", "ask demo/counter/main increment", "--do", "ask demo/counter/main save"] + options
        #expect(await CommandLineTool.standard.run(first, console: RecordingConsole().console) == .success)
        let second = ["run", demo, "--do", "ask demo/counter/main load"] + options
        #expect(await CommandLineTool.standard.run(second, console: recording.console) == .success)
        #expect(try replies().last?["answer"] as? String == "101")
        let metrics = try String(contentsOfFile: folder.path + "/metrics.prom", encoding: .utf8)
        #expect(metrics.contains("\nwasm_actors_messages_handled_total 1\n"))
    }

    @Test func componentsAreFoundByName() async throws {
        let folder = try tree(#"{"name":"t","children":[{"id":"a/b/c","component":{"named":"counter"}}]}"#)
        let file = folder.path + "/tree.json"
        let line = ["run", file, "--do", "ask a/b/c increment", "--exit", "--components", folder.path]
        #expect(await CommandLineTool.standard.run(line, console: recording.console) == .success, "\(recording.error)")
        #expect(try replies().last?["answer"] as? String == "1")
        let other = RecordingConsole()
        #expect(await other.run("run", file, "--exit", "--do", "tree") == .failure)
        #expect(other.error.contains("the tree could not be started"))
    }

    @Test func aTreeThatEndsOfItselfEndsTheRun() async throws {
        let child = #"{"id":"a/chaos/1","component":"chaos.wasm","restart":"permanent"}"#
        let folder = try tree(#"{"name":"t","intensity":0,"children":[\#(child)]}"#)
        #expect(await recording.run("run", folder.path + "/tree.json", "--do", "send a/chaos/1 trap") == .failure)
        #expect(recording.error.contains("the tree t ended (trap: unreachable)"), "\(recording.error)")
        #expect(try lines.last?["event"] as? String == "shutdown")
    }

    @Test func argumentsThatMakeNoSenseSayWhatToDo() async throws {
        let bad = try tree(#"{"name":"t","children":[{"id":"a"}]}"#)
        for (line, message) in [
            (["run"], "run takes one tree"), (["run", demo, "--do", "bogus"], "there is no `bogus`"),
            (["run", demo, "--grace", "soon"], "--grace is 'soon'"),
            (["run", demo, "--resident", "0"], "--resident is '0'"),
            (["run", demo, "--log-level", "loud"], "--log-level is"),
            (["run", demo, "--dew", "tree"], "unknown option --dew"), (["run", "/nowhere.json"], "cannot be read"),
            (["run", bad.path + "/tree.json"], "children[0].id: `a` is not an actor id"),
            (["check"], "check takes one tree"),
        ] {
            let console = RecordingConsole()
            #expect(await CommandLineTool.standard.run(line, console: console.console) == .usage)
            #expect(console.error.contains(message), "\(console.error)")
            #expect(console.out.isEmpty)
        }
        #expect(await recording.run("run", demo, "--components", "/nowhere", "--exit") == .failure)
    }
}

@Suite struct EventLineTests {
    @Test func everyEventIsALineOfJSON() throws {
        let id = try ActorID("a/b/c")
        let letter = DeadLetter(
            number: 7,
            target: id,
            message: ComponentMessage(sender: id, payload: [0xFF, 0x00]),
            reason: .expired
        )
        let events: [(ActorEvent, String, String?)] = [
            (.spawned(id, ActorMetadata(name: "n", version: "1", description: "d")), "spawned", "a/b/c"),
            (.startFailed(id, .failed("no")), "startFailed", "a/b/c"),
            (.guestError(id, .failed("no")), "guestError", "a/b/c"),
            (.crashed(id, generation: 2, reason: .trap(.unreachable), backtrace: ["f"]), "crashed", "a/b/c"),
            (.restarting(id, generation: 2, after: .milliseconds(5)), "restarting", "a/b/c"),
            (.restarted(id, generation: 2), "restarted", "a/b/c"), (.passivated(id), "passivated", "a/b/c"),
            (.upgraded(id, generation: 2, pause: .zero), "upgraded", "a/b/c"),
            (.restartsExhausted(id, reason: .killed), "restartsExhausted", "a/b/c"),
            (.ended(id, reason: .normal), "ended", "a/b/c"), (.deadLetter(letter), "deadLetter", "a/b/c"),
            (
                .audited(AuditRecord(actor: id, capability: Capability(.send, "x\n\u{1B}"), isAllowed: false, time: 0)),
                "audited", "a/b/c"
            ), (.shuttingDown, "shuttingDown", nil),
        ]
        for (event, name, actor) in events {
            let line = EventLine(event).json(time: 0)
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            #expect(object?["event"] as? String == name)
            #expect(object?["actor"] as? String == actor)
            #expect(object?["time"] as? String == "1970-01-01T00:00:00.000000000Z")
            #expect(line.filter { $0 == "\n" }.count == 1)
        }
        #expect(EventLine(.deadLetter(letter)).json(time: 0).contains(#""payloadBase64":"/wA=""#))
    }
}
