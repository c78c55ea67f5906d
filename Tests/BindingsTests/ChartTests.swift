import Testing
import WasmComponentModel

/// What `wit-swift.json` sets is what the generated code does, and components of other types don't get to it.
struct ChartTests {
    @Test func functionsExemptFromAsyncServeSynchronousStores() throws {
        let probe = try ChartProbe()
        #expect(try probe.world.comeAbout(probe.store, from: .port) == .starboard)
        #expect(probe.host.calls == 1)
    }

    @Test(arguments: Board.allCases)
    func mappedCasesAreThoseOfTheirNames(_ board: Board) throws {
        let probe = try ChartProbe()
        #expect(try probe.world.comeAbout(probe.store, from: board) == (board == .port ? .starboard : .port))
        #expect(probe.host.calls == (board == .port ? 1 : 0))
    }

    @Test func mappedFieldsGoThroughTheirProperties() throws {
        let probe = try ChartProbe()
        let position = Position(east: 1.5, north: -2)
        #expect(try probe.world.rotated(probe.store, value: position) == Position(east: 2, north: 1.5))
    }

    /// The call stands in an asynchronous function, where `both` would have to be awaited.
    @Test func synchronousExportsAreCalledWithoutAwaitingAnywhere() async throws {
        let probe = try ChartProbe()
        let position = try probe.world.rotated(probe.store, value: Position(east: 0, north: 1))
        #expect(position == Position(east: -1, north: 0))
    }

    @Test func functionsLeftOutAreNoRequirement() {
        #expect(ChartWorld.imports.map(\.name) == ["opposite"])
    }

    @Test func importOfAnotherTypeIsRefusedWhenItIsLinked() throws {
        let error = #expect(throws: WasmError.self) { _ = try ChartProbe(opposite: "s32") }
        #expect(error?.code == .typeMismatch)
        #expect(error?.message.contains("tests:probe/places@1.0.0#opposite") ?? false)
    }

    @Test func exportOfAnotherTypeIsRefusedWhenTheWorldIsBound() throws {
        let error = #expect(throws: WasmError.self) { _ = try ChartProbe(turn: "s32") }
        #expect(error?.code == .typeMismatch)
        #expect(error?.message.hasPrefix("turn is ") ?? false)
    }
}
