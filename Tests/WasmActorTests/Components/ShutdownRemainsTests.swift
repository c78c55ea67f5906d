import Foundation
import Synchronization
import TestSupport
import Testing
import WasmActorTestKit
import WasmCore
import WasmRuntime
import WasmStorage

@testable import WasmActor

/// What is left of a system that ended with actors in every phase.
@Suite("what a shutdown leaves", .timeLimit(.minutes(10)))
struct ShutdownRemainsTests {
    /// What a process holds.
    struct Holdings: CustomStringConvertible {
        let threads: Int
        let files: Int

        static func now() throws -> Holdings {
            let files = FileManager.default
            return try Holdings(
                threads: files.contentsOfDirectory(atPath: "/proc/self/task").count,
                files: files.contentsOfDirectory(atPath: "/proc/self/fd").count
            )
        }

        var description: String { "\(threads) threads, \(files) files" }
    }

    /// A system whose actors idle, loop, wait for each other, wait for their restart, are halted and are out of memory; it
    /// ends, and says what the process holds then.
    static func cycle(storage path: String) async throws -> Holdings {
        let storage = try SQLiteStorage(path: path)
        let system = try ActorSystem(
            .init(storage: storage, log: NoLog(), residency: Residency(largestCount: 2, idleTime: nil))
        )
        func spawn(_ name: String, _ instance: String, _ options: ActorOptions = .talkative) async throws -> ActorRef {
            try await system.spawn(
                ActorID(namespace: "test", name: name, instance: instance),
                path: Fixture.path(name),
                options: options
            )
        }
        let live = try await spawn("counter", "live")
        _ = try await live.ask("increment")
        var options = ActorOptions.tireless
        let busy = try await spawn("chaos", "busy", options)
        let waiting = try await spawn("relay", "waiting")
        let anHour = BackOff(first: .seconds(3600), longest: .seconds(3600))
        options = .talkative
        options.restart = RestartPolicy(.permanent, period: .seconds(7200), backOff: anHour)
        let restarting = try await spawn("chaos", "restarting", options)
        // The fall of one halts the other, until both begin anew in an hour.
        let tree = SupervisorSpec(
            "tree",
            strategy: .oneForAll,
            period: .seconds(7200),
            backOff: anHour,
            children: ["fallen", "halted"].map { instance in
                .actor(
                    ChildSpec(
                        id: ActorID(uncheckedNamespace: "test", name: "chaos", instance: instance),
                        component: .path(Fixture.path("chaos"))
                    )
                )
            }
        )
        try await system.start(tree)
        let passive = try await (0..<3).asyncMap { try await spawn("tally", "\($0)") }
        async let loop = busy.refusal("loop")
        async let wait = waiting.refusal("ask test/chaos/busy count")
        _ = await restarting.refusal("trap")
        let (fallen, halted) = (
            system.actor(try ActorID("test/chaos/fallen")), system.actor(try ActorID("test/chaos/halted"))
        )
        _ = await fallen?.refusal("trap")
        await until { busy.cell.state.withLock { $0.machine.isHeld } && busy.summary.mailboxDepth == 1 }
        await until { halted?.cell.state.withLock { $0.machine.phase } == .halted }
        await until { passive.contains { $0.status == .passive } }
        #expect(restarting.status == .restarting)
        let report = await system.shutdown(grace: .milliseconds(50))
        #expect(await loop == .died(.killed))
        #expect(await wait != nil)
        #expect(report.cutOff[busy.id] == .killed)
        #expect(report.stopped.contains(live.id) && report.stopped.count + report.cutOff.count == 9)
        #expect(system.metrics.engine.liveInstances == 0)
        #expect(system.ownClock?.pendingTimers == 0)
        #expect(system.environment.spawner.count == 0)
        await storage.close()
        return try .now()
    }

    @Test("no thread, task, timer, store or file is left, whatever the actors were at")
    func nothingIsLeft() async throws {
        let folder = try StorageOnDiskTests.Folder()
        await #expect(processExitsWith: .success) { [path = folder.storage as String] in
            // The first ones warm up the pools of the language's and of libwasmtime's own threads.
            _ = try await ShutdownRemainsTests.cycle(storage: path)
            let before = try await ShutdownRemainsTests.cycle(storage: path)
            var after = before
            for _ in 0..<3 { after = try await ShutdownRemainsTests.cycle(storage: path) }
            // Each system has four threads and more; a pool may have grown by one or two.
            #expect(after.threads < before.threads + 3, "\(before), then \(after)")
            #expect(after.files == before.files, "\(before), then \(after)")
        }
    }
}
