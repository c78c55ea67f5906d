import Testing
import WasmCore

@testable import WasmActor

@Suite struct SupervisorMachineFallTests {
    @Test func oneRestartTooManyEndsTheRootInReverseOrder() {
        var tree = Tree.running(intensity: 1)
        tree.fell(2)
        tree.fell(2)
        #expect(
            tree.log == [
                "resume 2 after 1", "exceeded by 2", "end 3", "conclude 2", "end 1", "ended: trap: unreachable",
            ]
        )
    }

    @Test func restartsOutsideOfThePeriodDoNotCount() {
        var tree = Tree.running(intensity: 1)
        tree.fell(1)
        tree.now = .seconds(6)
        tree.fell(2)
        #expect(tree.log == ["resume 1 after 1", "resume 2 after 1"])
    }

    @Test func aChildSupervisorThatFallsKeepsItsChildrenForTheOneAbove() {
        var tree = Tree.running(intensity: 0, isRoot: false)
        tree.fell(2)
        #expect(tree.takeLog() == ["exceeded by 2", "halt 3", "halt 1", "fell: trap: unreachable"])
        tree.perform(tree.machine.resume(after: .seconds(2)))
        #expect(tree.takeLog() == ["pause 2"])
        tree.perform(tree.machine.start())
        #expect(tree.takeLog() == ["resume 1", "resume 2", "resume 3", "started"])
    }

    @Test func aChildSupervisorThatBeginsAnewCountsAnew() {
        var tree = Tree.running(intensity: 1, isRoot: false)
        tree.fell(1)
        tree.fell(1)
        tree.perform(tree.machine.resume(after: .zero))
        tree.log = []
        tree.fell(1)
        #expect(tree.log == ["resume 1 after 1"])
    }

    @Test func childrenThatEndedComeBackWithTheirSupervisor() {
        var tree = Tree.running(intensity: 0, isRoot: false, [.init(), .transient, .temporary])
        tree.fell(2, .normal)
        tree.fell(1)
        #expect(tree.takeLog() == ["conclude 2", "exceeded by 1", "end 3", "fell: trap: unreachable"])
        tree.perform(tree.machine.resume(after: .zero))
        #expect(tree.log == ["resume 1", "start 2", "start 3", "started"])
    }

    @Test func whatTheHostStoppedDoesNotComeBack() {
        var tree = Tree.running(intensity: 0, isRoot: false)
        tree.perform(tree.machine.stop(2))
        tree.fell(1)
        tree.log = []
        tree.perform(tree.machine.resume(after: .zero))
        #expect(tree.log == ["resume 1", "resume 3", "started"])
    }

    @Test func theOneAboveMayLetAFallenSupervisorEnd() {
        var tree = Tree.running(intensity: 0, isRoot: false)
        tree.fell(2)
        tree.log = []
        tree.perform(tree.machine.conclude(.trap(.unreachable)))
        #expect(tree.log == ["conclude 3", "conclude 2", "conclude 1", "ended: trap: unreachable"])
    }

    @Test func aRuleEscalatesAtOnce() {
        let rule = SupervisorMachine.Rule(rules: [RestartRule(.limit(.memory), .escalate)])
        var tree = Tree.running(isRoot: false, [.init(), rule])
        tree.fell(2, .limit(.memory))
        #expect(tree.log == ["escalated by 2", "halt 1", "fell: limit: memory"])
    }

    @Test func aFallWithoutAnAbnormalReasonIsAFailure() {
        var tree = Tree.running(intensity: 0, isRoot: false)
        tree.fell(3, .normal)
        #expect(tree.log.last == "fell: failed: a child of it ended: normal")
    }

    @Test func aRuleStopsWhateverTheKindSays() {
        let rule = SupervisorMachine.Rule(rules: [RestartRule(.denied, .stop)])
        var tree = Tree.running(.oneForOne, [rule, .init()])
        tree.fell(1, .denied("messaging.send(a/b/c)"))
        #expect(tree.log == ["conclude 1"])
    }

    @Test func aHaltDuringAPauseIsToldAtOnce() {
        var tree = Tree.running(intensity: 0, isRoot: false)
        tree.fell(1)
        tree.perform(tree.machine.resume(after: .seconds(1)))
        tree.log = []
        tree.perform(tree.machine.halt(.stop))
        #expect(tree.log == ["halted"])
        #expect(tree.machine.start() == [])
    }

    @Test func aHaltThatCrossesAFallIsToldAsTheFall() {
        var tree = Tree.running(intensity: 0, isRoot: false)
        tree.held = [3]
        tree.fell(1)
        tree.perform(tree.machine.halt(.stop))
        tree.release(3)
        #expect(tree.log == ["exceeded by 1", "halt 3", "halt 2", "fell: trap: unreachable"])
    }
}
