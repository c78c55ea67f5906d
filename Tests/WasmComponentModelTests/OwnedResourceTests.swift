import Testing
import WasmComponentModel

struct OwnedResourceTests {
    @Test func resourceIsLentAndThenDropped() async throws {
        let things = try await Things()
        let thing = try await things.make(42)
        #expect(things.store.liveResourceCount == 1)
        #expect(try await things.call("value", .resource(thing.handle)) == .u32(42))
        try await thing.drop()
        #expect(things.store.liveResourceCount == 0)
        #expect(try await things.dropped == .u32(1))
    }

    @Test func resourceThatGoesOutOfScopeIsDroppedBeforeTheNextCall() async throws {
        let things = try await Things()
        for x in UInt32(1)...3 {
            _ = try await things.make(x)
        }
        #expect(things.store.liveResourceCount == 1)
        #expect(try await things.dropped == .u32(3))
        #expect(try await things.call("order") == .u32(123))
        #expect(things.store.liveResourceCount == 0)
    }

    @Test func millionResourcesLeaveNothing() async throws {
        let things = try await Things()
        var most = 0
        for x in UInt32(0)..<1_000_000 {
            _ = try await things.make(1_000 + x)
            most = max(most, things.store.liveResourceCount)
        }
        #expect(most < 100)
        #expect(try await things.dropped == .u32(1_000_000))
        #expect(things.store.liveResourceCount == 0)
    }

    @Test func resourceIsGivenAway() async throws {
        let things = try await Things()
        let thing = try await things.make(5)
        try await things.call("consume", .resource(thing.take()))
        #expect(things.store.liveResourceCount == 0)
        #expect(try await things.dropped == .u32(1))
    }

    @Test func resourceThatWasTakenButNotPassedOnIsDropped() async throws {
        let things = try await Things()
        let thing = try await things.make(5)
        _ = thing.take()
        #expect(try await things.dropped == .u32(1))
        #expect(things.store.liveResourceCount == 0)
    }

    @Test func resourceComesBackAsANewOne() async throws {
        let things = try await Things()
        let thing = try await things.make(5)
        guard case .resource(let handle)? = try await things.call("echo", .resource(thing.take())) else {
            Issue.record("no resource came back")
            return
        }
        #expect(try await things.call("value", .resource(handle)) == .u32(5))
        #expect(things.store.liveResourceCount == 1)
        try await things.store.dropAsync(handle)
        #expect(try await things.dropped == .u32(1))
    }

    @Test func refusedCallLeavesItsResourcesToTheHost() async throws {
        let things = try await Things()
        let first = try await things.make(1)
        let second = try await things.make(2)
        let taken = first.take()
        let error = await #expect(throws: WasmError.self) {
            try await things.call("swap", .resource(taken), .resource(second.handle))
        }
        #expect(error?.code == .invalidValue)
        #expect(things.store.state == .ready)
        #expect(try await things.call("value", .resource(taken)) == .u32(1))
        #expect(things.store.liveResourceCount == 2)
        let twice = await #expect(throws: WasmError.self) {
            try await things.call("swap", .resource(taken), .resource(taken))
        }
        #expect(twice?.code == .invalidValue)
        let swapped = try await things.call("swap", .resource(taken), .resource(second.take()))
        guard case .tuple(let pair)? = swapped, pair.count == 2 else {
            Issue.record("no resources came back")
            return
        }
        #expect(try await things.call("value", pair[0]) == .u32(2))
        #expect(try await things.call("value", pair[1]) == .u32(1))
        let again = await #expect(throws: WasmError.self) { try await things.call("consume", .resource(taken)) }
        #expect(again?.code == .invalidValue)
    }

    @Test func handleThatOutlivesItsResourceIsATypedError() async throws {
        let things = try await Things()
        let handle = try await things.make(9).handle
        let lent = await #expect(throws: WasmError.self) { try await things.call("value", .resource(handle)) }
        #expect(lent?.code == .invalidValue)
        let dropped = await #expect(throws: WasmError.self) { try await things.store.dropAsync(handle) }
        #expect(dropped?.code == .invalidValue)
        #expect(try await things.dropped == .u32(1))
    }

    @Test func resourceOfAnotherStoreIsATypedError() async throws {
        let harness = try Harness(Guest.things)
        let things = try await Things(harness)
        let others = try await Things(harness)
        let thing = try await things.make(9)
        let error = await #expect(throws: WasmError.self) { try await others.call("value", .resource(thing.handle)) }
        #expect(error?.code == .wrongStore)
        let handle = thing.take()
        let dropped = await #expect(throws: WasmError.self) { try await others.store.dropAsync(handle) }
        #expect(dropped?.code == .wrongStore)
        #expect(others.store.state == .ready)
    }

    @Test func resourcesInListsAndRecords() async throws {
        let things = try await Things()
        guard case .list(let all)? = try await things.call("many", .u32(1_000)) else {
            Issue.record("no list came back")
            return
        }
        #expect(things.store.liveResourceCount == 1_000)
        #expect(try await things.call("sum", .list(all)) == .u32(499_500))
        try await things.call(
            "store",
            .record([.init(name: "left", value: all[0]), .init(name: "right", value: .option(all[1]))])
        )
        #expect(things.store.liveResourceCount == 998)
        let error = await #expect(throws: WasmError.self) { try await things.call("sum", .list(all)) }
        #expect(error?.code == .invalidValue)
    }

    @Test func resultThatIsNotReadIsDropped() async throws {
        let things = try await Things()
        let type = FunctionType(parameters: [.init(name: "n", type: .u32)], result: .list(Things.own))
        let many = try things.typedFunction("many", type)
        await #expect(throws: WasmError.self) {
            try await things.store.callAsync(many) {
                $0.next { $0.u32(10) }
            } result: { (reader) throws(WasmError) in
                try reader.string()
            }
        }
        #expect(try await things.dropped == .u32(10))
        #expect(things.store.liveResourceCount == 0)
    }
}
