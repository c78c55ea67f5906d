import TestSupport
import Testing
import WasmActor
import WasmCore

@testable import WasmActorTrees

@Suite struct TreeReadingTests {
    private static let header = #"{"name": "t", "children": ["#

    private func mistakes(_ json: String) -> [String] {
        do throws(TreeFileError) {
            _ = try SupervisorSpec(json: Array(json.utf8), file: "t.json")
            return []
        } catch {
            return error.description.split(separator: "\n").map(String.init)
        }
    }

    /// What is wrong with one child.
    private func mistake(child members: String) -> String {
        let all = mistakes(#"{"name":"t","children":[{"id":"a/b/c","component":"c.wasm",\#(members)}]}"#)
        return all.count == 1 ? all[0] : "\(all)"
    }

    @Test func theExampleSaysAllThis() throws {
        let spec = try SupervisorSpec(file: Fixture.folderPath + "/trees/demo.json")
        #expect((spec.name, spec.strategy, spec.intensity, spec.period) == ("demo", .oneForOne, 5, .seconds(10)))
        #expect(spec.backOff == BackOff(first: .milliseconds(50), longest: .seconds(2), jitter: 0.2))
        guard case .actor(let counter) = spec.children[0], case .supervisor(let edge) = spec.children[1],
            case .actor(let relay) = edge.children[0], case .actor(let chaos) = edge.children[1]
        else { return #expect(Bool(false), "an actor and a supervisor of two") }
        #expect("\(counter.component)" == Fixture.folderPath + "/trees/../counter.wasm")
        #expect(counter.options.arguments == Array("100".utf8))
        #expect(
            counter.options.grants == Grants([try Grant(.read, to: "private/**"), try Grant(.write, to: "private/**")])
        )
        #expect((edge.name, edge.strategy, relay.shutdown) == ("edge", .restForOne, .within(.seconds(2))))
        #expect(relay.options.grants.list.count == 3)
        #expect((chaos.id, chaos.restart, chaos.shutdown) == (try ActorID("demo/chaos/main"), .transient, .kill))
        #expect(chaos.rules == [RestartRule(.limit(.memory), .stop), RestartRule(.trap(.stackOverflow), .escalate)])
        #expect(chaos.options.limits.cpuTime == 500_000_000 && chaos.options.limits.memoryBytes == 16 << 20)
        #expect(chaos.options.limits.mailboxMessages == 100)
        #expect(chaos.options.environment == [Field(name: "MODE", value: "demo")])
        #expect(chaos.options.overflow == .fail)
    }

    @Test(arguments: [
        (#""restart":"allways""#, "one of `permanent`, `transient`, `temporary`"),
        (#""restart":"temporay""#, "did you mean `temporary`?"),
        (#""restart":true"#, "children[0].restart: `true` where one of"),
        (#""shutdown":5"#, #"children[0].shutdown: `5` where "kill", or a time such as "250ms""#),
        (#""shutdown":"soon""#, "children[0].shutdown: `soon` where"),
        (#""limits":{"turnTime":5}"#, "children[0].limits.turnTime: `5` has no unit"),
        (#""limits":{"memoryBytes":1}"#, "children[0].limits.memoryBytes: `1` where a number of bytes"),
        (#""limits":{"memoryBytes":"64MB"}"#, "(B, KiB, MiB, GiB), from 65536 to 4294967296"),
        (#""limits":{"mailboxMessages":1.5}"#, "`1.5` where a whole number from 1 to 16777216"),
        (#""limits":{"mailboxMesages":15}"#, "did you mean `mailboxMessages`?"),
        (#""limits":{"fuelPerTurn":null}"#, "children[0].limits.fuelPerTurn: null where a whole number"),
        (#""limits":[]"#, "children[0].limits: a list where an object with limits"),
        (#""grants":{"messaging.sent":"a/b/c"}"#, "did you mean `messaging.send`?"),
        (#""grants":{"messaging.send":["a/b*"]}"#, "children[0].grants.messaging.send[0]: `a/b*` is not a pattern"),
        (#""grants":{"messaging.send":7}"#, "children[0].grants.messaging.send: `7` where a pattern, or a list"),
        (#""grants":"all""#, "children[0].grants: `all` where an object with patterns"),
        (#""rules":[{"when":"crash","then":"stop"}]"#, "children[0].rules[0].when: `crash` where an end such as"),
        (#""rules":[{"when":"trap","then":"ignore"}]"#, "children[0].rules[0].then: `ignore` where one of"),
        (#""rules":[{"when":"trap"}]"#, "children[0].rules[0]: `then` is missing"),
        (#""environment":{"A":1}"#, "children[0].environment.A: `1` where a text"),
        (#""arguments":{"base64":"a"}"#, "children[0].arguments: not Base64"),
        (#""arguments":[1,2]"#, "children[0].arguments: a list where a text"),
        (#""overflow":"drop""#, "children[0].overflow: `drop` where one of `suspend`"),
        (#""isSignificant":1"#, "children[0].isSignificant: `1` where true or false"),
        (#""isSignificant":true"#, "children[0].isSignificant: a permanent child is always started again"),
        (#""supervisor":{}"#, "nothing is called `supervisor` here; there are `id`, `component`"),
        (#""name":"x""#, "children[0]: an object where an object with an `id`, which is an actor"),
    ])
    func aMistakeInAChildIsNamedWithItsWayAndWhatIsAllowed(members: String, message: String) {
        let mistake = mistake(child: members)
        #expect(mistake.contains(message), "\(mistake)")
        #expect(mistake.hasPrefix("t.json:1:"))
    }

    @Test(arguments: [
        ("[]", "t.json:1:1: a list where an object that describes a supervisor"),
        ("{}", "t.json:1:1: `name` is missing"), (#"{"name":"A"}"#, "t.json:1:9: name: `A` is not 1 to 64"),
        (#"{"name":"t","period":"0s"}"#, "period: `0s` where a time"),
        (#"{"name":"t","intensity":-1}"#, "intensity: `-1` where a whole number from 0 to 10000"),
        (#"{"name":"t","backOff":{"jitter":2}}"#, "backOff.jitter: `2` where a number from 0 to 1"),
        (#"{"name":"t","children":[{}]}"#, "children[0]: an object where an object with an `id`"),
        (#"{"name":"t","children":[{"id":"a/b/c"}]}"#, "children[0]: `component` is missing: the path of a component"),
        (#"{"name":"t","children":[{"id":"a/b","component":"c"}]}"#, "children[0].id: `a/b` is not an actor id"),
        (#"{"name":"t","children":[{"id":"a/b/c","component":""}]}"#, "children[0].component: `` where the path"),
        (
            #"{"name":"t","children":[{"id":"a/b/c","component":{"url":"x"}}]}"#,
            "children[0].component: an object where"
        ),
        (#"{"name":"t","strategy":"dynamic","children":[{"id":"a/b/c","component":"c"}]}"#, "children: a dynamic"),
        (#"{"name":"t","a":1,"a":2}"#, "t.json:1:19: `a` comes twice"),
    ])
    func aMistakeInATreeIsNamedWithItsWayAndWhatIsAllowed(json: String, message: String) {
        let all = mistakes(json)
        #expect(all.count == 1 && all[0].contains(message), "\(all)")
    }

    @Test func anIDThatComesTwiceIsNamedAtItsSecondPlace() {
        let json = """
            {"name": "t", "children": [
                {"id": "a/b/c", "component": "c.wasm"},
                {"name": "u", "children": [
                    {"id": "a/b/c", "component": "c.wasm"}
                ]}
            ]}
            """
        #expect(mistakes(json) == ["t.json:4:16: children[1].children[0].id: a/b/c is in the tree twice"])
    }

    @Test func severalMistakesAreToldAtOnceAndNotMoreThanTwenty() {
        let child = #"{"id":"a","component":7,"restart":"x"}"#
        let two = mistakes(#"{"name":"t","speed":1,"children":[\#(child)]}"#)
        #expect(two.count == 4)
        let many = mistakes(#"{"name":"t","children":[\#(Array(repeating: child, count: 50).joined(separator: ","))]}"#)
        #expect(many.count == 20)
    }

    @Test func aPathIsRelativeToTheFolderAndAnAbsoluteOneIsNot() throws {
        let json =
            #"{"name":"t","children":[{"id":"a/b/1","component":"x/c.wasm"},{"id":"a/b/2","component":"/c.wasm"},{"id":"a/b/3","component":{"named":"c"}}]}"#
        let spec = try SupervisorSpec(json: Array(json.utf8), file: "t.json", folder: "/trees")
        let components = spec.children.map { child in
            if case .actor(let actor) = child { "\(actor.component)" } else { "" }
        }
        #expect(components == ["/trees/x/c.wasm", "/c.wasm", "c"])
    }

    @Test func supervisorsAreNestedAsDeepAsTheyMayBeAndNoDeeper() {
        func nested(_ depth: Int) -> String {
            (1..<depth).reduce(#"{"name":"s"}"#) { inner, _ in #"{"name":"s","children":[\#(inner)]}"# }
        }
        #expect(mistakes(nested(64)) == [])
        #expect(mistakes(nested(65)).first?.contains("nested deeper than 64") == true)
        #expect(mistakes(nested(5000)).first?.contains("nested deeper than 256") == true)
    }

    @Test func aFileThatCannotBeReadOrIsTooLongIsNamed() throws {
        let missing = try #require(throws: TreeFileError.self) { try SupervisorSpec(file: "/nowhere/tree.json") }
        #expect(missing.description.hasPrefix("/nowhere/tree.json: cannot be read: "))
        let folder = try #require(throws: TreeFileError.self) { try SupervisorSpec(file: "/") }
        #expect(folder.description.contains("cannot be read"))
        let long = try #require(throws: TreeFileError.self) {
            try SupervisorSpec(json: Array(repeating: 0x20, count: (16 << 20) + 1), file: "long.json")
        }
        #expect(long.description.contains("longer than"))
        let endless = try #require(throws: TreeFileError.self) { try SupervisorSpec(file: "/dev/zero") }
        #expect(endless.description.contains("longer than"))
    }
}
