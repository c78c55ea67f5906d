import Testing

@testable import WasmComponentModel

/// The functions that are added to components which export resources.
struct DropFunctionsTests {
    @Test func resourceOfAnInterfaceIsDropped() async throws {
        let harness = try Harness(Guest.thingsInterface)
        let store = try harness.store(.async)
        let instance = try await store.instantiateAsync(harness.component, linker: harness.linker)
        let make = try store.function(instance, "test:a/things", "make")
        guard case .resource(let handle)? = try await store.callAsync(make, [.u32(5)]) else {
            Issue.record("no resource came back")
            return
        }
        try await store.dropAsync(handle)
        _ = try await store.callAsync(make, [.u32(6)])
        #expect(try await store.callAsync(try store.function(instance, "swift-drop-r0"), []) == .u32(2))
    }

    @Test func functionsAreNotShown() throws {
        let component = try Harness(Guest.thingsInterface).component
        #expect(component.dropFunctions == ["swift-drop-r1"])
        #expect(component.type.exports.map(\.name) == ["test:a/things", "swift-drop-r0"])
    }

    @Test func componentWithoutResourcesIsLeftAlone() throws {
        #expect(try Harness(Guest.many).component.dropFunctions.isEmpty)
        #expect(try Harness(Guest.hostObjects).component.dropFunctions.isEmpty)
    }

    @Test func resourceOfAComponentThatIsNotUnderstoodStays() async throws {
        // A core type inside a component type is legal and not read.
        let unknown = "(type (component (core type (func))))\n"
        let text = Guest.things.replacing(
            "(core module $counter",
            with: unknown + "(core module $counter",
            maxReplacements: 1
        )
        let harness = try Harness(text)
        #expect(harness.component.dropFunctions.isEmpty)
        let things = try await Things(harness)
        let thing = ResourceBox(try await things.make(1))
        let error = await #expect(throws: WasmError.self) { try await thing.take().drop() }
        #expect(error?.code == .unsupportedType)
        #expect(things.store.state == .ready)
        #expect(try await things.dropped == .u32(0))
        #expect(things.store.liveResourceCount == 1)
    }

    /// To release what holds itself level in level takes a stack as deep: bytes of a stranger's must not choose it.
    @Test(arguments: [99, 200_000])
    func instancesInInstancesDoNotOverflowTheStack(count: Int) {
        var section = DropFunctions.number(count + 1) + [0x01, 0x00]
        // Each is an instance that exports the one before it as `a`.
        for index in 0..<count { section += [0x01, 0x01, 0x00, 0x01, 0x61, 0x05] + DropFunctions.number(index) }
        let preamble: [UInt8] = [0x00, 0x61, 0x73, 0x6D, 0x0D, 0x00, 0x01, 0x00]
        #expect(DropFunctions(preamble + [0x05] + DropFunctions.number(section.count) + section) == nil)
    }

    @Test func resourceBesideAsyncFunctionsIsDropped() async throws {
        var configuration = Harness.engineConfiguration
        configuration.features = .asynchronous
        configuration.concurrencySupport = true
        let builtins = """
            (core func (canon task.return (result u32)))
            (core func (canon task.cancel))
            (core func (canon context.get i32 0))
            (core func (canon context.set i32 0))
            (core func (canon subtask.drop))
            (core func (canon subtask.cancel))
            (core func (canon waitable-set.new))
            (core func (canon waitable-set.drop))
            (core func (canon waitable.join))
            (core func (canon backpressure.inc))
            (core func (canon thread.yield))
            (type $f (future u8)) (type $s (stream u8))
            (core func (canon future.new $f))
            (core func (canon future.drop-readable $f))
            (core func (canon future.cancel-read $f))
            (core func (canon stream.new $s))
            (core func (canon stream.drop-writable $s))
            (core func (canon stream.cancel-write $s))

            """
        let text = Guest.things.replacing(
            "(core module $counter",
            with: builtins + "(core module $counter",
            maxReplacements: 1
        )
        let harness = try Harness(text, configuration)
        let things = try await Things(harness)
        try await things.make(1).drop()
        #expect(try await things.dropped == .u32(1))
    }

    @Test func bytesThatAreCutOrChangedAreReadToNoHarm() throws {
        let bytes = try Component.binary(text: Guest.thingsInterface)
        #expect(DropFunctions(bytes) != nil)
        for count in bytes.indices {
            _ = DropFunctions(Array(bytes.prefix(count)))
        }
        for index in bytes.indices {
            for byte: UInt8 in [0x00, 0x01, 0x05, 0x7F, 0x80, 0xFF] {
                var changed = bytes
                changed[index] = byte
                _ = DropFunctions(changed)
            }
        }
    }

    @Test func componentsNestedWithoutEndAreNotRead() {
        let preamble: [UInt8] = [0x00, 0x61, 0x73, 0x6D, 0x0D, 0x00, 0x01, 0x00]
        var bytes = preamble
        for _ in 0..<1_000 {
            bytes = preamble + [4] + DropFunctions.number(bytes.count) + bytes
        }
        #expect(DropFunctions(bytes) == nil)
    }

    @Test func vectorThatClaimsToBeLongEndsWithItsBytes() {
        let preamble: [UInt8] = [0x00, 0x61, 0x73, 0x6D, 0x0D, 0x00, 0x01, 0x00]
        #expect(DropFunctions(preamble + [7, 6, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0x7F]) == nil)
    }
}
