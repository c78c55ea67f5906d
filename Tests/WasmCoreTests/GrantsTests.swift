import Testing
import WasmCore

@Suite("Grants")
struct GrantsTests {
    @Test("what no grant covers is denied", arguments: Capability.Kind.allCases)
    func denied(kind: Capability.Kind) {
        #expect(!Grants.none.allow(Capability(kind, "a/b/c")))
    }

    @Test("all allows each kind", arguments: Capability.Kind.allCases)
    func all(kind: Capability.Kind) {
        #expect(Grants.all.allow(Capability(kind, "a/b/c")))
    }

    @Test("a grant allows its own kind alone")
    func kinds() throws {
        let grants: Grants = [try Grant(.send, to: "demo/**")]
        #expect(grants.allow(Capability(.send, "demo/a/b")))
        #expect(!grants.allow(Capability(.request, "demo/a/b")))
    }

    @Test("a subject that is a pattern must be covered as a whole")
    func patterns() throws {
        let grants: Grants = [try Grant(.list, to: "demo/*/main")]
        #expect(grants.allow(Capability(.list, "demo/relay/main", isPattern: true)))
        #expect(grants.allow(Capability(.list, "demo/*/main", isPattern: true)))
        #expect(!grants.allow(Capability(.list, "demo/**", isPattern: true)))
        #expect(!grants.allow(Capability(.list, "", isPattern: true)))
    }

    @Test("the private area is not the shared one")
    func privateStorage() {
        #expect(Grants.privateStorage.allow(Capability(.read, "private/k")))
        #expect(!Grants.privateStorage.allow(Capability(.read, "shared/area/k")))
    }

    @Test("grants are within wider ones and not the other way round")
    func within() throws {
        let narrow: Grants = [try Grant(.send, to: "demo/a/main")]
        let wide: Grants = [try Grant(.send, to: "demo/*/main")]
        #expect(narrow.areWithin(wide))
        #expect(!wide.areWithin(narrow))
        #expect(Grants.none.areWithin(narrow))
        #expect(narrow.union(wide).areWithin(wide))
    }

    @Test("the gate goes by the grants")
    func gate() throws {
        let id = try ActorID("a/b/c")
        #expect(GrantsGate().allows(Capability(.read, "private/k"), actor: id, grants: .privateStorage))
        #expect(!GrantsGate().allows(Capability(.send, "a/b/d"), actor: id, grants: .privateStorage))
    }
}
