import TestSupport
import Testing
import WITModel

/// The package's own contract.
struct ContractTests {
    private let resolve: Resolve

    init() throws {
        resolve = try Resolve(SourceTree(path: Golden.root + "wit"))
    }

    @Test func bothWorldsAreThere() {
        #expect(resolve[resolve.main].worlds.map { resolve[$0].name } == ["actor", "durable-actor"])
    }

    @Test func durableActorsImportAndExportWhatActorsDo() throws {
        let actor = try #require(resolve.worlds.first { $0.name == "actor" })
        let durable = try #require(resolve.worlds.first { $0.name == "durable-actor" })
        #expect(Set(durable.imports.map(\.name)) == Set(actor.imports.map(\.name)))
        #expect(
            durable.exports.map(\.name).sorted() == [
                "wasm-actors:actor/lifecycle@0.1.0", "wasm-actors:actor/snapshot@0.1.0",
            ]
        )
    }

    @Test func usedTypesLeadBackToTheirDefinition() throws {
        let storage = try #require(resolve.interfaces.first { $0.name == "storage" })
        let payload = try #require(storage.types.first { resolve[$0].name == "payload" })
        #expect(resolve[payload].isUse)
        let definition = resolve[resolve.definition(payload)]
        guard case .interface(let owner) = definition.owner else { return #expect(Bool(false)) }
        #expect(resolve[owner].name == "types")
        #expect(resolve.underlying(.named(payload)) == .list(.u8))
    }

    @Test func everyFunctionIsDocumented() {
        for interface in resolve.interfaces {
            for function in interface.functions { #expect(!function.docs.isEmpty, "\(function.name)") }
        }
    }
}
