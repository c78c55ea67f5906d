import Foundation
import TestSupport
import Testing
import WasmActor
import WasmCore

@testable import wasm_actors

/// What `run` says of its end, and of what it has not said.
@Suite(.timeLimit(.minutes(10))) struct RunEndTests {
    private let recording = RecordingConsole()

    private func events(_ name: String) throws -> [[String: Any]] {
        try recording.out.split(separator: "\n").compactMap { line in
            try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        }.filter { $0["event"] as? String == name }
    }

    @Test func anActorThatIsToBeKilledIsNotCutOff() async throws {
        // Its chaos has `"shutdown": "kill"`.
        let demo = Fixture.folderPath + "/trees/demo.json"
        #expect(await recording.run("run", demo, "--do", "tree", "--exit") == .success, "\(recording.error)")
        let end = try #require(try events("shutdown").first)
        #expect((end["cutOff"] as? [String: Any])?.isEmpty == true)
        #expect(end["stopped"] as? [String] == ["demo/chaos/main", "demo/counter/main", "demo/relay/main"])
        #expect(end["lostMessages"] as? Int == 0 && end["keptMessages"] as? Int == 0)
    }

    @Test func anActorThatTakesTooLongIsCutOffWithItsReason() async throws {
        let chaos = Fixture.path("chaos")
        let child = #"{"id":"a/b/c","component":"\#(chaos)","limits":{"cpuTime":"1h","turnTime":"1h"}}"#
        let folder = try TemporaryFolder(files: ["tree.json": Array(#"{"name":"t","children":[\#(child)]}"#.utf8)])
        let line = ["run", folder.path + "/tree.json", "--do", "send a/b/c loop", "--exit", "--grace", "100ms"]
        #expect(await CommandLineTool.standard.run(line, console: recording.console) == .failure)
        #expect(recording.error.contains("cut off at the end: a/b/c (killed)"))
        #expect(recording.error.contains("--grace TIME"))
        #expect(try events("shutdown").first?["cutOff"] as? [String: String] == ["a/b/c": "killed"])
    }

    @Test func eventsThatAreMissingAreCounted() async throws {
        let system = try ActorSystem(ActorSystem.Configuration(eventCapacity: 1))
        let console = recording.console
        let counter = ComponentReference.path(Fixture.path("counter"))
        var loop = RunLoop(
            options: try RunOptions(["tree.json", "--do", "tree", "--exit"]),
            spec: SupervisorSpec("t", children: [.actor(ChildSpec(id: try ActorID("a/b/tree"), component: counter))]),
            system: system,
            journal: RunJournal(minimum: .info) { line in console.out(Array(line.utf8)) },
            isView: false,
            readsInput: false,
            flush: { _ in },
            hasReader: { true }
        )
        // Nobody reads yet: of these events there is room for the last.
        for name in ["1", "2", "3"] { try await system.spawn(ActorID("a/b/\(name)"), path: Fixture.path("counter")) }
        let (_, failure) = await loop.run(takesSignals: false)
        #expect(failure == nil)
        let dropped = try events("dropped")
        let counts = dropped.compactMap { $0["count"] as? Int }
        #expect(counts.reduce(0, +) >= 2 && counts.allSatisfy { $0 > 0 })
        #expect(dropped.last?["total"] as? Int == counts.reduce(0, +))
        #expect(dropped.allSatisfy { $0["time"] is String })
    }

    @Test func aRunThatNobodyReadsEnds() async throws {
        let system = try ActorSystem()
        let console = recording.console
        let counter = ComponentReference.path(Fixture.path("counter"))
        var loop = RunLoop(
            options: try RunOptions(["tree.json", "--do", "ask a/b/c increment", "--do", "ask a/b/c increment"]),
            spec: SupervisorSpec("t", children: [.actor(ChildSpec(id: try ActorID("a/b/c"), component: counter))]),
            system: system,
            journal: RunJournal(minimum: .info) { line in console.out(Array(line.utf8)) },
            isView: false,
            readsInput: false,
            flush: { _ in },
            hasReader: { false }
        )
        let (report, failure) = await loop.run(takesSignals: false)
        #expect(failure == nil && report.cutOff.isEmpty)
        #expect(try events("reply").compactMap { $0["answer"] as? String } == ["1", "2"])
    }
}
