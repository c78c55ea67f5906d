import Testing
import WasmCore

@testable import WasmRuntime

@Suite("Quotas")
struct QuotaTests {
    @Test("a second's worth of log may come at once, the rest as time passes")
    func log() {
        let quota = LogQuota(bytesPerSecond: 100)
        #expect(quota.take(100, now: .seconds(1)))
        #expect(!quota.take(1, now: .seconds(1)))
        #expect(quota.take(50, now: .milliseconds(1500)))
        #expect(!quota.take(1, now: .milliseconds(1500)))
        #expect(quota.take(100, now: .seconds(100)))
        #expect(!quota.take(1, now: .seconds(100)))
    }

    @Test("host-call bytes are exact, and each turn has its own")
    func hostCallBytes() {
        let budget = TurnBudget(limits: ResourceLimits(hostCallBytes: 10), sliceTime: .milliseconds(5))
        budget.begin(now: .zero)
        #expect(budget.carry(bytes: 10))
        #expect(!budget.carry(bytes: 1))
        budget.begin(now: .zero)
        #expect(budget.carry(bytes: 1))
    }

    @Test("a turn ends at its wall time or its executing time, whichever comes first")
    func time() {
        let limits = ResourceLimits(turnTime: 1_000_000_000, cpuTime: 20_000_000)
        let budget = TurnBudget(limits: limits, sliceTime: .milliseconds(5))
        budget.begin(now: .seconds(10))
        #expect(budget.endSlice(now: .seconds(10)) == nil)
        #expect(budget.endSlice(now: .milliseconds(10_999)) == nil)
        #expect(budget.endSlice(now: .seconds(11)) == .turnTime)
        #expect(budget.endSlice(now: .seconds(10)) == .cpuTime)
        budget.begin(now: .seconds(10))
        #expect(budget.endSlice(now: .seconds(10)) == nil)
        #expect(budget.remainingTime(now: .milliseconds(10_400)) == .milliseconds(600))
        #expect(budget.remainingTime(now: .seconds(12)) == .zero)
    }

    @Test("the audit log keeps the newest records and counts them all")
    func audit() throws {
        let log = BoundedAuditLog(capacity: 3)
        let id = try ActorID("a/b/c")
        for number in 0..<5 {
            log.record(
                AuditRecord(actor: id, capability: Capability(.send, "\(number)"), isAllowed: false, time: 0)
            )
        }
        #expect(log.records.map(\.capability.subject) == ["2", "3", "4"])
        #expect(log.denialCount == 5)
    }
}
