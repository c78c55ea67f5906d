import Testing
import WasmComponentModel

struct ResourceBoxTests {
    @Test func resourceIsTakenOnce() async throws {
        let things = try await Things()
        let box = ResourceBox(try await things.make(3))
        let handle = try box.take().take()
        try await things.call("consume", .resource(handle))
        let error = #expect(throws: WasmError.self) { _ = try box.take() }
        #expect(error?.code == .invalidValue)
        let used = #expect(throws: WasmError.self) { try box.with { (_) throws(WasmError) in } }
        #expect(used?.code == .invalidValue)
        #expect(try await things.dropped == .u32(1))
    }

    @Test func resourceIsUsedWhereItIs() async throws {
        let things = try await Things()
        let box = ResourceBox(try await things.make(3))
        let value = try await box.with { (thing) async throws(WasmError) in
            try await things.call("value", .resource(thing.handle))
        }
        #expect(value == .u32(3))
        #expect(things.store.liveResourceCount == 1)
    }

    @Test func resourceInUseIsLentAgainAndNotTaken() async throws {
        let things = try await Things()
        let box = ResourceBox(try await things.make(3))
        try box.with { (outer) throws(WasmError) in
            let error = #expect(throws: WasmError.self) { _ = try box.take() }
            #expect(error?.code == .invalidValue)
            let isSame = try box.with { (inner) throws(WasmError) in inner.handle == outer.handle }
            #expect(isSame)
        }
        try await box.take().drop()
        #expect(try await things.dropped == .u32(1))
    }

    @Test func resourceIsDroppedWithTheLastReference() async throws {
        let things = try await Things()
        do {
            let boxes = [ResourceBox(try await things.make(1)), ResourceBox(try await things.make(2))]
            let copy = boxes
            #expect(copy.count == 2)
            #expect(things.store.liveResourceCount == 2)
        }
        #expect(try await things.dropped == .u32(2))
        #expect(things.store.liveResourceCount == 0)
    }

    @Test func oneOfManyTasksTakesTheResource() async throws {
        let things = try await Things()
        for _ in 0..<100 {
            let box = ResourceBox(try await things.make(1))
            let takers = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        do {
                            _ = try box.take()
                            return true
                        } catch {
                            return false
                        }
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(takers == 1)
        }
        #expect(try await things.dropped == .u32(100))
    }
}
