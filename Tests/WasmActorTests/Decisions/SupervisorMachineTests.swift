import Testing
import WasmCore

@testable import WasmActor

@Suite struct SupervisorMachineStartTests {
    @Test func childrenStartInOrderEachAfterTheOneBefore() {
        var tree = Tree()
        tree.held = [2]
        tree.perform(tree.machine.start())
        #expect(tree.takeLog() == ["start 1", "start 2"])
        tree.release(2)
        #expect(tree.takeLog() == ["start 3", "started"])
        #expect(tree.machine.status == .running)
    }

    @Test func aFirstStartThatFailsEndsThoseBeforeInReverseOrder() {
        var tree = Tree()
        tree.failing = [3]
        tree.perform(tree.machine.start())
        #expect(tree.log == ["start 1", "start 2", "start 3", "conclude 3", "end 2", "end 1", "ended: failed: x"])
    }

    @Test func aSupervisorWithoutChildrenRunsAtOnce() {
        var tree = Tree(.dynamic, [])
        tree.perform(tree.machine.start())
        #expect(tree.log == ["started"])
    }

    @Test func theStartOfAChildSupervisorThatFailsIsAFall() {
        var tree = Tree(isRoot: false)
        tree.failing = [2]
        tree.perform(tree.machine.start())
        #expect(tree.takeLog() == ["start 1", "start 2", "halt 1", "fell: failed: x"])
        tree.perform(tree.machine.conclude(.failed("x")))
        #expect(tree.log == ["conclude 2", "conclude 1", "ended: failed: x"])
    }

    @Test func aChildThatFallsWhileALaterOneStartsIsStartedAgainMeanwhile() {
        var tree = Tree()
        tree.held = [3]
        tree.perform(tree.machine.start())
        tree.fell(1)
        #expect(tree.takeLog() == ["start 1", "start 2", "start 3", "resume 1 after 1"])
        tree.release(3)
        #expect(tree.takeLog() == ["started"])
    }

    @Test func anEndThatTheHostBringsDuringTheFirstStartFailsIt() {
        var tree = Tree()
        tree.held = [2]
        tree.perform(tree.machine.start())
        tree.log = []
        tree.perform(tree.machine.ended(2, .killed))
        #expect(tree.log == ["end 1", "ended: killed"])
    }
}

@Suite struct SupervisorMachineRestartTests {
    @Test func oneForOneRestartsTheChildAlone() {
        var tree = Tree.running(.oneForOne)
        tree.fell(2)
        #expect(tree.log == ["resume 2 after 1"])
    }

    @Test func oneForAllHaltsInReverseOrderAndStartsInOrder() {
        var tree = Tree.running(.oneForAll)
        tree.fell(2)
        #expect(tree.log == ["halt 3", "halt 1", "resume 1 after 1", "resume 2", "resume 3"])
    }

    @Test func restForOneLeavesThoseBeforeAlone() {
        var tree = Tree.running(.restForOne, Array(repeating: .init(), count: 4))
        tree.fell(2)
        #expect(tree.log == ["halt 4", "halt 3", "resume 2 after 1", "resume 3", "resume 4"])
    }

    @Test func aPauseOfOneChildHoldsUpNoOther() {
        var tree = Tree.running()
        tree.held = [1]
        tree.fell(1)
        tree.fell(2)
        #expect(tree.log == ["resume 1 after 1", "resume 2 after 2"])
        #expect(tree.machine[2]?.phase == .running)
        #expect(tree.machine[1]?.phase == .starting)
    }

    @Test func eachStepOfAGroupWaitsForTheOneBefore() {
        var tree = Tree.running(.oneForAll)
        tree.held = [3, 1]
        tree.fell(2)
        #expect(tree.takeLog() == ["halt 3"])
        tree.release(3)
        #expect(tree.takeLog() == ["halt 1"])
        tree.release(1)
        #expect(tree.takeLog() == ["resume 1 after 1", "resume 2", "resume 3"])
    }

    @Test func aChildThatFallsWhileItsGroupGoesDownIsDownThen() {
        var tree = Tree.running(.oneForAll)
        tree.held = [3]
        tree.fell(2)
        tree.fell(1, .trap(.stackOverflow))
        #expect(tree.takeLog() == ["halt 3"])
        tree.release(3)
        #expect(tree.log == ["resume 1 after 1", "resume 2", "resume 3"])
        #expect(tree.machine.restarts == 1)
    }

    @Test func aFallThatCrossesAHaltStandsForIt() {
        var tree = Tree.running(.oneForAll)
        tree.held = [3]
        tree.fell(2)
        tree.log = []
        tree.held = []
        tree.fell(3)
        #expect(tree.log == ["halt 1", "resume 1 after 1", "resume 2", "resume 3"])
        #expect(tree.machine.restarts == 1)
    }

    @Test func aTransientChildThatEndsWellWhileItsGroupGoesDownDoesNotComeBack() {
        var tree = Tree.running(.oneForAll, [.transient, .init(), .init()])
        tree.held = [3]
        tree.fell(2)
        tree.fell(1, .normal)
        tree.release(3)
        #expect(tree.log == ["halt 3", "conclude 1", "resume 2 after 1", "resume 3"])
    }

    @Test func aChildBeforeTheGroupThatFallsWidensIt() {
        var tree = Tree.running(.restForOne)
        tree.held = [3]
        tree.fell(2)
        #expect(tree.takeLog() == ["halt 3"])
        tree.fell(1)
        #expect(tree.takeLog() == [])
        tree.release(3)
        #expect(tree.takeLog() == ["resume 1 after 2", "resume 2", "resume 3"])
    }

    @Test func aChildThatFallsAgainWhileItsGroupComesUpBeginsItAnew() {
        var tree = Tree.running(.oneForAll)
        tree.held = [2]
        tree.fell(1)
        tree.release(2)
        tree.held = [3]
        tree.log = []
        // 1 and 2 run, 3 is being started.
        tree.fell(1)
        tree.release(3)
        #expect(tree.log.last == "resume 3")
        #expect(tree.machine.restarts == 2)
    }

    @Test func aStartThatFailsDuringARestartCounts() {
        var tree = Tree.running(intensity: 2)
        tree.failing = [2]
        tree.fell(2)
        #expect(
            tree.log == [
                "resume 2 after 1", "resume 2 after 2", "exceeded by 2", "end 3", "conclude 2", "end 1",
                "ended: failed: x",
            ]
        )
    }

    @Test func temporarySiblingsEndWithTheGroup() {
        var tree = Tree.running(.oneForAll, [.init(), .temporary, .init()])
        tree.fell(1)
        #expect(tree.log == ["halt 3", "end 2", "resume 1 after 1", "resume 3"])
    }

    @Test(arguments: [ExitReason.normal, .shutdown])
    func aTransientChildThatEndsWellIsGone(_ reason: ExitReason) {
        var tree = Tree.running(.oneForOne, [.init(), .transient])
        tree.fell(2, reason)
        #expect(tree.log == ["conclude 2"])
        #expect(tree.machine.phase == .running)
    }

    @Test func aTemporaryChildThatFallsIsGoneAndCountsNothing() {
        var tree = Tree.running(.oneForAll, intensity: 0, [.init(), .temporary])
        tree.fell(2)
        #expect(tree.log == ["conclude 2"])
    }

    @Test func aPermanentChildComesBackAfterANormalEnd() {
        var tree = Tree.running()
        tree.fell(1, .normal)
        #expect(tree.log == ["resume 1 after 1"])
    }

    @Test func pausesGrowWithTheRestartsOfAllChildren() {
        var tree = Tree.running(intensity: 9)
        for child in 1...3 { tree.fell(child) }
        #expect(tree.log == ["resume 1 after 1", "resume 2 after 2", "resume 3 after 4"])
    }

    @Test func whatTheHostEndsIsForgottenAndItsSiblingsGoOn() {
        var tree = Tree.running(.oneForAll)
        tree.perform(tree.machine.ended(2, .killed))
        #expect(tree.log == [])
        #expect(tree.machine.children.map(\.number) == [1, 3])
    }

    @Test func whatTheHostEndsWhileItsGroupWaitsForItHoldsNobodyUp() {
        var tree = Tree.running(.oneForAll)
        tree.held = [3]
        tree.fell(2)
        tree.perform(tree.machine.ended(3, .killed))
        #expect(tree.log == ["halt 3", "halt 1", "resume 1 after 1", "resume 2"])
    }

    @Test func aChildThatDoesNotHaltInItsTimeIsKilled() {
        var tree = Tree.running(.oneForAll)
        tree.held = [3]
        tree.fell(2)
        tree.perform(tree.machine.timePassed(3))
        #expect(tree.log == ["halt 3", "kill 3", "halt 1", "resume 1 after 1", "resume 2", "resume 3"])
    }
}
