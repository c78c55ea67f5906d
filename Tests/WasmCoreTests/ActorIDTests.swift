import Testing
import WasmCore

@Suite("ActorID")
struct ActorIDTests {
    @Test("an id is printed and read back as namespace/name/instance")
    func roundTrip() throws {
        let id = try ActorID(namespace: "demo", name: "counter.v2", instance: "a-1_x")
        #expect(id.description == "demo/counter.v2/a-1_x")
        #expect(try ActorID(id.description) == id)
    }

    @Test(
        "a text that is no id is refused",
        arguments: [
            "", "a", "a/b", "a/b/c/d", "a//c", "/b/c", "a/b/", "A/b/c", "a/b c/d", "a/../c", "./b/c", "a/b/\u{e9}",
            "a/b/c\n", "a/b/" + String(repeating: "x", count: 65),
        ]
    )
    func refused(text: String) {
        #expect(throws: InvalidActorID.self) { try ActorID(text) }
    }

    @Test("a part may have 64 characters")
    func longest() throws {
        let part = String(repeating: "x", count: 64)
        #expect(try ActorID("\(part)/\(part)/\(part)").name == part)
    }

    @Test("two different ids never print alike, also unchecked ones that are ids")
    func distinct() throws {
        let parts = ["a", "b", "a-b", "a.b", "a_b", "0"]
        var seen: Set<String> = []
        for namespace in parts {
            for name in parts {
                for instance in parts {
                    let id = try ActorID(namespace: namespace, name: name, instance: instance)
                    #expect(seen.insert(id.description).inserted)
                }
            }
        }
    }

    @Test("an unchecked id with a slash inside does not pass for another")
    func unchecked() {
        let id = ActorID(uncheckedNamespace: "a/b", name: "c", instance: "")
        #expect(throws: InvalidActorID.self) { try id.validate() }
    }

    @Test("the error names the part and what is allowed, on one line")
    func message() {
        do {
            _ = try ActorID("a/b\u{7}/c")
            Issue.record("no error")
        } catch {
            #expect(error.description.contains("its name"))
            #expect(error.description.contains("[a-z0-9._-]"))
            #expect(!error.description.contains("\u{7}"))
        }
    }

    @Test("ids sort by their parts")
    func order() throws {
        let ids = try ["b/a/a", "a/b/a", "a/a/b", "a/a/a"].map { text in try ActorID(text) }
        #expect(ids.sorted().map(\.description) == ["a/a/a", "a/a/b", "a/b/a", "b/a/a"])
    }
}
