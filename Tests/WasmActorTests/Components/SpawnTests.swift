import Synchronization
import TestSupport
import Testing
import WasmCore
import WasmRuntime

@testable import WasmActor

@Suite(.timeLimit(.minutes(10))) struct SpawnTests {
    /// What a spawn fails with; nil where it does not.
    private func refusal(_ body: () async throws(ActorSystemError) -> ActorRef) async -> ActorSystemError? {
        do throws(ActorSystemError) {
            _ = try await body()
            return nil
        } catch {
            return error
        }
    }

    @Test func aPathAndACompiledComponentDoAsWellAsBytes() async throws {
        try await World.run { world in
            let path = try await world.system.spawn(ActorID("test/by/path"), path: Fixture.path("counter"))
            let compiled = try await world.system.compile(Fixture.bytes("counter"))
            let component = try await world.system.spawn(ActorID("test/by/component"), component: compiled)
            #expect(try await path.ask("increment") == "1")
            #expect(try await component.ask("get") == "0")
            // The name is one that the configuration's source knows.
            let named = try await world.system.spawn(ActorID("test/by/name"), from: .named("counter"))
            #expect(try await named.ask("get") == "0")
            let nobody = await refusal { () throws(ActorSystemError) in
                try await world.system.spawn(.test("by/nobody"), from: .named("nobody"))
            }
            #expect(nobody?.code == .unknownComponent)
        }
    }

    @Test func aTakenNameIsRefusedAndTheFirstActorStays() async throws {
        try await World.run { world in
            let counter = try await world.spawn("counter")
            _ = try await counter.ask("increment")
            let error = await refusal { () throws(ActorSystemError) in
                try await world.system.spawn(counter.id, path: Fixture.path("counter"))
            }
            #expect(error?.code == .nameTaken)
            #expect(error?.actor == counter.id)
            #expect(try await counter.ask("get") == "1")
        }
    }

    @Test func aNameIsFreeAfterTheEndAndTheOldReferenceStaysDead() async throws {
        try await World.run { world in
            let old = try await world.spawn("counter")
            await old.kill()
            let new = try await world.spawn("counter")
            #expect(old != new)
            #expect(await old.refusal("get") == .died(.killed))
            #expect(try await new.ask("get") == "0")
        }
    }

    @Test func manyAreSpawnedAtOnceAndCompiledOnce() async throws {
        try await World.run(ownEngine: true) { world in
            let ids = try await withThrowingTaskGroup(of: ActorID.self) { group in
                for number in 1...50 { group.addTask { try await world.spawn("counter", "\(number)").id } }
                return try await group.reduce(into: Set<ActorID>()) { $0.insert($1) }
            }
            #expect(ids.count == 50)
            #expect(world.system.metrics.actors == 50)
            #expect(world.system.metrics.engine.compilations == 1)
        }
    }

    @Test func ofManyWithOneNameOneIsSpawned() async throws {
        try await World.run(ownEngine: true) { world in
            let spawned = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<20 { group.addTask { (try? await world.spawn("counter")) != nil } }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(spawned == 1)
            #expect(world.engine.metrics.liveInstances == 1)
        }
    }

    @Test func bytesThatAreNoComponentAreRefused() async throws {
        try await World.run { world in
            let id = try ActorID("test/bad/1")
            let error = await refusal { () throws(ActorSystemError) in
                try await world.system.spawn(id, bytes: Array(repeating: 0, count: 100))
            }
            #expect(error?.code == .invalidComponent)
            #expect(error?.runtimeError?.code == .notAComponent)
            #expect(world.system.actor(id) == nil)
        }
    }

    @Test func aFileThatIsNotThereIsNamed() async throws {
        try await World.run { world in
            let id = try ActorID("test/bad/1")
            let error = await refusal { () throws(ActorSystemError) in
                try await world.system.spawn(id, path: "/no/such/file.wasm")
            }
            #expect(error?.code == .unreadableFile)
            #expect(error?.message.contains("/no/such/file.wasm") == true)
        }
    }

    @Test func limitsThatMakeNoSenseAreNamed() async throws {
        try await World.run { world in
            let id = try ActorID("test/bad/1")
            let error = await refusal { () throws(ActorSystemError) in
                let options = ActorOptions(limits: .init(mailboxMessages: 0))
                return try await world.system.spawn(id, path: Fixture.path("chaos"), options: options)
            }
            #expect(error?.code == .invalidOptions)
            #expect(error?.message.contains("mailboxMessages") == true)
        }
    }

    @Test(arguments: [
        ("refuse not today", ExitReason.failed("not today")), ("trap", .trap(.unreachable)),
        ("loop", .limit(.cpuTime)),
    ])
    func whatInitializeDoesWrongIsThrownAndNothingIsLeft(_ arguments: String, _ reason: ExitReason) async throws {
        try await World.run(ownEngine: true) { world in
            let id = try ActorID("test/chaos/1")
            let error = await refusal { () throws(ActorSystemError) in
                let options = ActorOptions(limits: .init(cpuTime: 20_000_000), arguments: Array(arguments.utf8))
                return try await world.system.spawn(id, path: Fixture.path("chaos"), options: options)
            }
            #expect(error?.code == .startFailed)
            #expect(error?.exitReason == reason)
            #expect(world.system.actor(id) == nil)
            #expect(world.engine.metrics.liveInstances == 0)
            #expect(try await world.spawn("chaos").ask("count") == "1")
        }
    }

    @Test func aCancelledSpawnLeavesNothing() async throws {
        try await World.run(ownEngine: true) { world in
            let spawning = Task {
                await refusal { () throws(ActorSystemError) in
                    let id = ActorID(uncheckedNamespace: "test", name: "chaos", instance: "1")
                    var options = ActorOptions.tireless
                    options.arguments = Array("loop".utf8)
                    return try await world.system.spawn(id, path: Fixture.path("chaos"), options: options)
                }
            }
            await until { !world.system.list().isEmpty }
            spawning.cancel()
            #expect(await spawning.value?.code == .cancelled)
            #expect(world.system.list().isEmpty)
            #expect(world.engine.metrics.liveInstances == 0)
        }
    }
}
