import Testing
import WasmComponentModel

/// What generated bindings do around single values: linking, binding, kinds of calls, failures.
struct WorldTests {
    @Test func functionsOfTheWorldItselfAreCalled() async throws {
        let probe = try await Probe()
        #expect(try await probe.world.add(probe.store, a: 40, b: 2) == 42)
    }

    @Test func asynchronousImportsSuspendTheGuestAlone() async throws {
        let probe = try await Probe()
        #expect(try await probe.world.waitTwice(probe.store, turns: 3) == 6)
        #expect(probe.host.calls == ["wait", "wait"])
    }

    @Test func synchronousStoresAreCalledWithoutAwaiting() throws {
        let host = EchoHost()
        let probe = try Probe(synchronousWithData: host)
        #expect(try probe.world.add(probe.store, a: 1, b: 2) == 3)
        #expect(try probe.world.values.text(probe.store, value: "text") == "text")
        #expect(host.calls == ["text"])
    }

    @Test func storeDataOfAnotherTypeIsAnErrorOfTheCall() throws {
        let probe = try Probe(synchronousWithData: nil)
        let error = #expect(throws: WasmError.self) { try probe.world.values.text(probe.store, value: "") }
        #expect(error?.message.contains("EchoHost") ?? false)
    }

    @Test func trapsAreErrorsAndNotResults() throws {
        let probe = try Probe(synchronousWithData: EchoHost())
        let error = #expect(throws: WasmError.self) { try probe.world.trap(probe.store) }
        #expect(error?.code == .trap)
    }

    @Test func tablesNameWhatTheComponentReallyHas() throws {
        let type = try Probe.component().type
        func find(_ requirement: FunctionRequirement, _ items: (String) -> ExternType?) -> ExternType? {
            guard let interface = requirement.interface else { return items(requirement.name) }
            guard case .instance(let instance)? = items(interface) else { return nil }
            return instance.export(requirement.name)
        }
        #expect(ProbeWorld.exports.count == 16)
        #expect(ProbeWorld.imports.count == 14)
        for requirement in ProbeWorld.exports {
            #expect(find(requirement, { type.export($0) }) == .function(requirement.type))
        }
        for requirement in ProbeWorld.imports {
            #expect(find(requirement, { type.import($0) }) == .function(requirement.type))
        }
    }

    @Test func functionOfAnotherTypeIsRefusedWhenItIsBound() throws {
        let probe = try Probe(synchronousWithData: EchoHost())
        let wrong = FunctionRequirement(interface: nil, name: "add", type: FunctionType(result: .string))
        let error = #expect(throws: WasmError.self) { _ = try probe.store.typedFunction(probe.instance, wrong) }
        #expect(error?.code == .typeMismatch)
    }
}
