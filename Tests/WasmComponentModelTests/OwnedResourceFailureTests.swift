import Testing
import WasmComponentModel

/// What becomes of a guest's resources where something goes wrong.
struct OwnedResourceFailureTests {
    @Test func trapInADestructorComesOutOfDrop() async throws {
        let things = try await Things()
        let thing = ResourceBox(try await things.make(666))
        let error = await #expect(throws: WasmError.self) { try await thing.take().drop() }
        #expect(error?.trap == .unreachable)
        #expect(things.store.state == .finished)
        #expect(things.store.liveResourceCount == 0)
    }

    @Test(arguments: [StoreConfiguration.Kind.async, .sync])
    func trapInADestructorComesOutOfTheNextCall(_ kind: StoreConfiguration.Kind) async throws {
        let things = try await Things(nil, kind)
        let other = try await things.make(1)
        _ = try await things.make(666)
        let error = await #expect(throws: WasmError.self) { try await things.call("value", .resource(other.handle)) }
        #expect(error?.trap == .unreachable)
        #expect(things.store.state == .finished)
        #expect(things.store.liveResourceCount == 0)
    }

    @Test func resourceOfAFinishedStoreIsNothingToDrop() async throws {
        let things = try await Things()
        let thing = try await things.make(1)
        let other = try await things.make(2).take()
        await #expect(throws: WasmError.self) { try await things.call("bad", .u32(3)) }
        #expect(things.store.state == .finished)
        try await thing.drop()
        let error = await #expect(throws: WasmError.self) { try await things.store.dropAsync(other) }
        #expect(error?.code == .storeFinished)
    }

    @Test func resourceOfAStoreThatIsGoneIsNothingToDrop() async throws {
        let thing = try await Things().make(1)
        try await thing.drop()
    }

    @Test func resourceKeepsNothingOfItsStoreAlive() async throws {
        final class Data: Sendable {}
        weak var released: Data?
        let harness = try Harness(Guest.things)
        let thing: OwnedResource
        do {
            let data = Data()
            released = data
            thing = try await Things(harness) { $0.data = data }.make(1)
        }
        #expect(released == nil)
        try await thing.drop()
    }

    @Test func destructorThatIsInterruptedFinishesTheStore() async throws {
        let harness = try Harness(Guest.things)
        let things = try await Things(harness) { $0.onSlice = { _ in .interrupt } }
        let thing = ResourceBox(try await things.make(667))
        let error = try await Ticker.during(harness.engine) {
            await #expect(throws: WasmError.self) { try await thing.take().drop() }
        }
        #expect(error?.code == .interrupted)
        #expect(things.store.state == .finished)
    }
}
