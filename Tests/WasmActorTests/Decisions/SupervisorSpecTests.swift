import Testing
import WasmCore

@testable import WasmActor

/// What makes no sense is refused, by the name of its field.
@Suite struct SupervisorSpecTests {
    private static func field(_ spec: SupervisorSpec) -> String? {
        do throws(InvalidSpec) {
            try spec.validate()
            return nil
        } catch {
            return error.field
        }
    }

    private static func nested(_ depth: Int) -> SupervisorSpec {
        (1..<depth).reduce(SupervisorSpec("leaf")) { spec, _ in SupervisorSpec("s", children: [.supervisor(spec)]) }
    }

    @Test func theDefaultsMakeSense() {
        let child = SupervisorSpec(
            "inner",
            autoShutdown: .anySignificant,
            children: [
                .test("chaos/b", restart: .transient, isSignificant: true)
            ]
        )
        #expect(Self.field(SupervisorSpec("tree", children: [.test("chaos/a"), .supervisor(child)])) == nil)
        #expect(Self.field(Self.nested(64)) == nil)
    }

    @Test(arguments: [
        (SupervisorSpec(""), "name"), (SupervisorSpec(".."), "name"), (SupervisorSpec("a/b"), "name"),
        (SupervisorSpec("Shop"), "name"), (SupervisorSpec("a", intensity: -1), "intensity"),
        (SupervisorSpec("a", period: .zero), "period"),
        (SupervisorSpec("a", backOff: BackOff(first: .seconds(-1))), "backOff.first"),
        (SupervisorSpec("a", backOff: BackOff(jitter: 2)), "backOff.jitter"),
        (SupervisorSpec("a", backOff: BackOff(jitter: .nan)), "backOff.jitter"),
        (SupervisorSpec("a", strategy: .dynamic, children: [.test("chaos/a")]), "children"),
        (SupervisorSpec("a", children: [.test("chaos/a"), .test("chaos/a")]), "children[1].id"),
        (
            SupervisorSpec(
                "a",
                children: [.test("chaos/a"), .supervisor(SupervisorSpec("b", children: [.test("chaos/a")]))]
            ),
            "children[1].children[0].id"
        ),
        (
            SupervisorSpec("a", children: [.supervisor(SupervisorSpec("b")), .supervisor(SupervisorSpec("b"))]),
            "children[1].name"
        ),
        (SupervisorSpec("a", children: [.test("chaos/a", shutdown: .within(.seconds(-1)))]), "children[0].shutdown"),
        (
            SupervisorSpec("a", children: [.test("chaos/a", options: .init(maxDescendants: -1))]),
            "children[0].options.maxDescendants"
        ),
        (
            SupervisorSpec("a", children: [.test("chaos/a", restart: .transient, isSignificant: true)]),
            "children[0].isSignificant"
        ),
        (
            SupervisorSpec("a", autoShutdown: .anySignificant, children: [.test("chaos/a", isSignificant: true)]),
            "children[0].isSignificant"
        ),
        (SupervisorSpec("a", isSignificant: true), "isSignificant"),
    ])
    func aMistakeIsNamedByItsField(_ spec: SupervisorSpec, _ field: String) {
        #expect(Self.field(spec) == field)
    }

    @Test func whatIsNestedTooDeepIsRefused() {
        #expect(Self.field(Self.nested(65))?.hasSuffix("children") == true)
    }
}
