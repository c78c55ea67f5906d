import Testing
import WasmCore

@testable import WasmActor

@Suite struct HealthMachineTests {
    private func falls(_ policy: HealthPolicy, _ answers: [ActorHealth]) -> [Int] {
        var machine = HealthMachine(policy)
        return answers.indices.filter { machine.answered(answers[$0]).fall != nil }
    }

    private let good = ActorHealth.healthy
    private let fair = ActorHealth.degraded("slow")
    private let bad = ActorHealth.unhealthy("sick")

    @Test func onlyAnswersInARowCount() {
        let policy = HealthPolicy(unhealthyAnswers: 2)
        #expect(falls(policy, [bad, good, bad, fair, bad, bad]) == [5])
    }

    @Test func unhealthyAnswersAreDegradedOnesToo() {
        let policy = HealthPolicy(unhealthyAnswers: nil, degradedAnswers: 3)
        #expect(falls(policy, [fair, bad, good, fair, bad, fair]) == [5])
    }

    @Test func withoutNumbersNothingFollows() {
        let policy = HealthPolicy(unhealthyAnswers: nil)
        #expect(falls(policy, Array(repeating: bad, count: 100)) == [])
    }

    @Test func aFreshInstanceBeginsAnew() {
        var machine = HealthMachine(HealthPolicy(unhealthyAnswers: 2))
        #expect(machine.answered(bad) == .init(change: bad))
        machine.started()
        #expect(machine.answered(bad) == .init())
        #expect(machine.answered(bad) == .init(fall: .failed("unhealthy: sick")))
    }

    @Test func changesAreToldOnce() {
        var machine = HealthMachine(HealthPolicy())
        let changes = [good, fair, fair, .degraded("slower"), good, good].map { machine.answered($0).change }
        #expect(changes == [nil, fair, nil, .degraded("slower"), good, nil])
        #expect(machine.last == good)
    }
}
