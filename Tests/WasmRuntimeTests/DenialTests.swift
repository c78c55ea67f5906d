import TestSupport
import Testing
import WasmCore

@testable import WasmRuntime

/// A host call from a guest, and the capability that it needs.
struct GatedCall: CustomTestStringConvertible {
    let command: String
    let capability: String
    let kind: Capability.Kind
    let pattern: String

    init(_ command: String, _ kind: Capability.Kind, _ subject: String, grant pattern: String) {
        self.command = command
        self.capability = "\(kind.rawValue)(\(subject))"
        self.kind = kind
        self.pattern = pattern
    }

    var testDescription: String { command }

    /// The function that the command makes the guest call, such as `messaging.send`.
    var function: String {
        let word = String(command.prefix { $0 != " " })
        let names = ["ask": "request", "list": "list-actors", "keys": "list-keys", "swap": "compare-and-set"]
        return "\(kind.rawValue.prefix { $0 != "." }).\(names[word] ?? word)"
    }

    /// One for each row of the table in `wit/README.md` that names a capability, and for each function in it.
    static let all: [GatedCall] = [
        GatedCall("send a/b/c hello", .send, "a/b/c", grant: "a/b/*"),
        GatedCall("ask a/b/c hello", .request, "a/b/c", grant: "a/b/*"),
        GatedCall("request-later 1000 a/b/c hello", .request, "a/b/c", grant: "a/b/*"),
        GatedCall("publish news/today hello", .publish, "news/today", grant: "news/*"),
        GatedCall("subscribe news/*", .subscribe, "news/*", grant: "news/**"),
        GatedCall("unsubscribe news/*", .subscribe, "news/*", grant: "news/**"),
        GatedCall("send-after 10 a/b/c hello", .send, "a/b/c", grant: "a/b/*"),
        GatedCall("send-every 10 a/b/c hello", .send, "a/b/c", grant: "a/b/*"),
        GatedCall("list a/**", .list, "a/**", grant: "a/**"),
        GatedCall("get private k", .read, "private/k", grant: "private/*"),
        GatedCall("get shared:pool k", .read, "shared/pool/k", grant: "shared/pool/*"),
        GatedCall("exists private k", .read, "private/k", grant: "private/*"),
        GatedCall("keys private p/q", .read, "private/p/**", grant: "private/**"),
        GatedCall("usage shared:pool", .read, "shared/pool/**", grant: "shared/pool/**"),
        GatedCall("set private k v", .write, "private/k", grant: "private/*"),
        GatedCall("set shared:pool k v", .write, "shared/pool/k", grant: "shared/pool/*"),
        GatedCall("swap private k - v", .write, "private/k", grant: "private/*"),
        GatedCall("delete private k", .delete, "private/k", grant: "private/*"),
        GatedCall("delete shared:pool k", .delete, "shared/pool/k", grant: "shared/pool/*"),
        GatedCall("spawn a/b/c child", .spawn, "a/b/c", grant: "a/b/*"),
        GatedCall("stop a/b/c", .stop, "a/b/c", grant: "a/b/*"),
        GatedCall("watch a/b/c", .watch, "a/b/c", grant: "a/b/*"),
        GatedCall("unwatch a/b/c", .watch, "a/b/c", grant: "a/b/*"),
        GatedCall("link a/b/c", .watch, "a/b/c", grant: "a/b/*"),
        GatedCall("unlink a/b/c", .watch, "a/b/c", grant: "a/b/*"),
    ]
}

@Suite("The capability gate, from a guest")
struct DenialTests {
    @Test("every function that the contract's table names a capability for is called here, with that capability")
    func table() throws {
        let needs = try CapabilityTable().needs.compactMapValues { $0 }
        let calls = Dictionary(GatedCall.all.map { ($0.function, $0.kind) }) { first, _ in first }
        #expect(calls == needs)
        for call in GatedCall.all { #expect(call.kind == needs[call.function], "\(call.command)") }
    }

    @Test("without a grant the call is denied, and audited once", arguments: GatedCall.all)
    func denied(call: GatedCall) async throws {
        let guest = try await Harness("relay")
        #expect(try await guest.ask(call.command) == "denied: \(call.capability)")
        #expect(guest.audit.denialCount == 1)
        let record = try #require(guest.audit.records.first)
        #expect(record.actor == guest.id)
        #expect(record.capability.description == call.capability)
        #expect(!record.isAllowed)
        #expect(guest.router.deliveries.isEmpty)
    }

    @Test("every other grant is no help", arguments: GatedCall.all)
    func others(call: GatedCall) async throws {
        let everything = try Pattern("**")
        let others = Capability.Kind.allCases.filter { $0 != call.kind }
        let guest = try await Harness("relay", grants: Grants(others.map { Grant($0, everything) }))
        #expect(try await guest.ask(call.command) == "denied: \(call.capability)")
    }

    @Test("with the grant the call goes on, and nothing is audited", arguments: GatedCall.all)
    func granted(call: GatedCall) async throws {
        let guest = try await Harness("relay", grants: [try Grant(call.kind, to: call.pattern)])
        let reply = try #require(try await guest.ask(call.command))
        #expect(!reply.hasPrefix("denied"), "\(reply)")
        #expect(guest.audit.denialCount == 0)
    }

    @Test("a grant for another subject is no help", arguments: GatedCall.all)
    func otherSubject(call: GatedCall) async throws {
        let guest = try await Harness("relay", grants: [try Grant(call.kind, to: "elsewhere/**")])
        #expect(try await guest.ask(call.command) == "denied: \(call.capability)")
    }

    @Test(
        "what needs no capability is never denied",
        arguments: ["self", "time", "monotonic", "random 8", "log info x"]
    )
    func free(command: String) async throws {
        let guest = try await Harness("relay")
        let reply = try #require(try await guest.answer(command).get())
        #expect(!String(decoding: reply, as: UTF8.self).hasPrefix("denied"))
        #expect(guest.audit.denialCount == 0)
    }

    @Test("a value is not swapped for none without the grant to delete")
    func swapForNone() async throws {
        let own: Pattern = try Pattern("private/**")
        let guest = try await Harness("relay", grants: [Grant(.write, own), Grant(.read, own)])
        #expect(try await guest.ask("set private k v") == "stored")
        #expect(try await guest.ask("swap private k v -") == "denied: storage.delete(private/k)")
        #expect(try await guest.ask("get private k") == "v")
    }

    @Test("the audit log keeps no more of a denied subject than a valid one may have")
    func longSubject() async throws {
        let guest = try await Harness("relay")
        _ = try await guest.ask("get private " + String(repeating: "k", count: 500_000))
        let record = try #require(guest.audit.records.first)
        #expect(record.capability.subject.utf8.count == 1027)
        #expect(record.capability.subject.hasPrefix("private/kkk"))
    }

    @Test("of many guests that are denied at the same time each denial is recorded once")
    func underLoad() async throws {
        let audit = BoundedAuditLog(capacity: 1000)
        var guests: [Harness] = []
        for number in 0..<8 {
            guests.append(try await Harness("relay", id: "test/relay/\(number)", audit: audit))
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for guest in guests {
                group.addTask {
                    for _ in 0..<100 { _ = try await guest.ask("send a/b/c x") }
                }
            }
            try await group.waitForAll()
        }
        #expect(audit.denialCount == 800)
        for guest in guests {
            #expect(audit.records.filter { $0.actor == guest.id }.count == 100)
        }
    }

    @Test("grants are recorded too where the audit log wants them")
    func recordsGrants() async throws {
        let audit = BoundedAuditLog(recordsGrants: true)
        let guest = try await Harness("relay", grants: .all, audit: audit)
        _ = try await guest.ask("send a/b/c x")
        #expect(audit.grantCount == 1)
        #expect(audit.records.first?.isAllowed == true)
    }
}

@Suite("What a guest's child may do")
struct PassingOnTests {
    @Test("a child's grants must lie within its parent's; the first that does not is named and audited")
    func attenuation() async throws {
        let grants: Grants = [
            try Grant(.spawn, to: "a/**"), try Grant(.send, to: "demo/*/main"), try Grant(.read, to: "private/**"),
        ]
        let guest = try await Harness("relay", grants: grants)
        let reply = try await guest.ask("spawn a/b/c x messaging.send=demo/relay/main storage.read=private/**")
        #expect(reply == "a/b/c")
        let child = try #require(guest.router.children.first)
        #expect(child.grants == [try Grant(.send, to: "demo/relay/main"), try Grant(.read, to: "private/**")])
        #expect(guest.audit.denialCount == 0)

        let wider = try await guest.ask("spawn a/b/d x storage.read=private/x messaging.send=demo/**")
        #expect(wider == "denied: messaging.send(demo/**)")
        #expect(guest.audit.records.map(\.capability.description) == ["messaging.send(demo/**)"])
        let other = try await guest.ask("spawn a/b/d x storage.write=private/x")
        #expect(other == "denied: storage.write(private/x)")
        #expect(guest.router.children.count == 1)
    }

    @Test("a gate that allows everything hands on no more than the parent's own")
    func lenientGate() async throws {
        let guest = try await Harness("relay", grants: [try Grant(.spawn, to: "a/**")], gate: LenientGate())
        #expect(try await guest.ask("spawn a/b/c x messaging.send=demo/x") == "denied: messaging.send(demo/x)")
        #expect(guest.router.children.isEmpty)
    }

    @Test(
        "what is no grant, or no id, is refused",
        arguments: [
            ("spawn a/b/c x flying=moon", "invalid-argument"),
            ("spawn a/b/c x messaging.send=a//b", "invalid-argument"),
            ("spawn A/b/c x", "invalid-argument"), ("stop a/../c", "invalid-argument"),
        ]
    )
    func malformed(command: String, error: String) async throws {
        let guest = try await Harness("relay", grants: .all)
        #expect(try await guest.ask(command)?.hasPrefix(error) == true)
        #expect(guest.router.children.isEmpty)
    }
}

@Suite("A policy that stops on denial")
struct DenialPolicyTests {
    @Test("the instance ends, with the capability as its reason, and the denial is audited")
    func stops() async throws {
        let guest = try await Harness("relay", onDenial: .stop)
        let failure = await guest.failure("send a/b/c hello")
        #expect(failure?.exitReason == .denied("messaging.send(a/b/c)"))
        #expect(failure?.code == .denied)
        #expect(guest.audit.denialCount == 1)
    }
}

/// Allows whatever it is asked.
private struct LenientGate: CapabilityGate {
    func allows(_ capability: Capability, actor: ActorID, grants: Grants) -> Bool { true }
}
