import Testing
import WasmComponentModel

/// What becomes of a guest's resources where something goes wrong.
struct OwnedResourceFailureTests {
    @Test func trapInADestructorComesOutOfDrop() async throws {
        let things = try await Things()
        let thing = ResourceBox(try await things.make(Things.trapping))
        let error = await #expect(throws: WasmError.self) { try await thing.take().drop() }
        #expect(error?.trap == .unreachable)
        #expect(things.store.state == .finished)
        #expect(things.store.liveResourceCount == 0)
    }

    @Test(arguments: [StoreConfiguration.Kind.async, .sync])
    func trapInADestructorComesOutOfTheNextCall(_ kind: StoreConfiguration.Kind) async throws {
        let things = try await Things(nil, kind)
        let other = try await things.make(1)
        _ = try await things.make(Things.trapping)
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
        let thing = ResourceBox(try await things.make(Things.spinning))
        let error = try await Ticker.during(harness.engine) {
            await #expect(throws: WasmError.self) { try await thing.take().drop() }
        }
        #expect(error?.code == .interrupted)
        #expect(things.store.state == .finished)
    }
}

/// What becomes of a guest's resources while the store runs something else, and where there are very many.
struct OwnedResourceTimingTests {
    @Test func resourceIsDroppedAfterTheCallUnderWay() async throws {
        let things = try await Things()
        let lent = try await things.make(1)
        let thing = try await things.make(2)
        do {
            var future = try things.store.startCall(try things.function("value"), [.resource(lent.handle)])
            try await thing.drop()
            #expect(things.store.liveResourceCount == 2)
            #expect(future.poll() == .ready)
            #expect(try future.finish() == .u32(1))
        }
        #expect(try await things.dropped == .u32(1))
        #expect(things.store.liveResourceCount == 1)
    }

    @Test func resourcesThatGoOnOtherThreadsWhileCallsRunAreDroppedOnceEach() async throws {
        let things = try await Things()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<100 {
                var made: [ResourceBox<OwnedResource>] = []
                while made.count < 20 {
                    // A drop may hold the store at this moment.
                    guard let thing = try await things.makeIfIdle(1) else { continue }
                    made.append(ResourceBox(thing))
                }
                let boxes = made
                group.addTask {
                    for (index, box) in boxes.enumerated() where index.isMultiple(of: 2) {
                        try await box.take().drop()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await things.dropped == .u32(2_000))
        #expect(things.store.liveResourceCount == 0)
    }

    @Test func callThatIsPolledDropsWhatWaitsFirst() async throws {
        let things = try await Things()
        for x in UInt32(1)...3 {
            let thing = try await things.make(x)
            _ = consume thing
        }
        var future = try things.store.startCall(try things.function("dropped"), [])
        #expect(future.poll() == .ready)
        #expect(try future.finish() == .u32(3))
        #expect(things.store.liveResourceCount == 0)
    }

    @Test func callThatIsPolledFailsByADestructorThatTraps() async throws {
        let things = try await Things()
        do { _ = try await things.make(Things.trapping) }
        var future = try things.store.startCall(try things.function("dropped"), [])
        #expect(future.poll() == .ready)
        #expect(things.store.state == .finished)
        do {
            _ = try future.finish()
            Issue.record("the destructor did not trap")
        } catch {
            #expect(error.trap == .unreachable)
        }
    }

    @Test func callThatIsGivenUpInADestructorFinishesTheStore() async throws {
        let harness = try Harness(Guest.things)
        let things = try await Things(harness)
        do { _ = try await things.make(Things.spinning) }
        try Ticker.during(harness.engine) {
            var future = try things.store.startCall(try things.function("dropped"), [])
            #expect(future.poll() == .yielded)
        }
        #expect(things.store.state == .finished)
    }

    @Test func moreHandlesThanThereAreIsATypedError() async throws {
        let things = try await Things()
        let error = await #expect(throws: WasmError.self) { try await things.call("many", .u32(100_001)) }
        #expect(error?.trap == .handleLimit)
        #expect(things.store.liveResourceCount == 0)
    }

    @Test func ninetyThousandHandlesAreDropped() async throws {
        let things = try await Things()
        try await things.call("many", .u32(90_000))
        #expect(try await things.dropped == .u32(90_000))
        #expect(things.store.liveResourceCount == 0)
    }
}
