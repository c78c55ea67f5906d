import Testing
import WasmCore

@testable import WasmActor

@Suite struct SupervisorMachineEndTests {
    @Test func childrenEndInReverseOrderEachAfterTheOneBefore() {
        var tree = Tree.running()
        tree.held = [2]
        tree.perform(tree.machine.end(.stop))
        #expect(tree.takeLog() == ["end 3", "end 2"])
        tree.release(2)
        #expect(tree.takeLog() == ["end 1", "ended: shutdown"])
    }

    @Test func anEndDuringAFallTakesWhatIsHaltedToo() {
        var tree = Tree.running(intensity: 0, isRoot: false)
        tree.held = [2]
        tree.fell(1)
        tree.perform(tree.machine.end(.stop))
        tree.release(2)
        #expect(
            tree.log == [
                "exceeded by 1", "halt 3", "halt 2", "conclude 3", "conclude 2", "conclude 1", "ended: shutdown",
            ]
        )
    }

    @Test func aKillHurriesThoseThatAreOnTheirWay() {
        var tree = Tree.running()
        tree.held = [3]
        tree.perform(tree.machine.end(.stop))
        tree.perform(tree.machine.end(.kill))
        #expect(tree.log == ["end 3", "end now 3", "end now 2", "end now 1", "ended: shutdown"])
    }

    @Test func dynamicChildrenEndAllAtOnce() {
        var tree = Tree.running(.dynamic, [])
        for _ in 1...3 { tree.perform(tree.machine.add(.init())!.actions) }
        tree.held = [1, 2, 3]
        tree.log = []
        tree.perform(tree.machine.end(.stop))
        #expect(tree.takeLog() == ["end 3", "end 2", "end 1"])
        for child in 1...3 { tree.release(child) }
        #expect(tree.log == ["ended: shutdown"])
    }

    @Test func tenThousandDynamicChildrenAreNoStrain() {
        var tree = Tree.running(.dynamic, [])
        for child in 1...10_000 {
            _ = tree.machine.add(.init())
            _ = tree.machine.started(child)
        }
        #expect(tree.machine.end(.stop).count == 10_000)
        for child in 1..<10_000 { #expect(tree.machine.ended(child, .shutdown) == []) }
        #expect(tree.machine.ended(10_000, .shutdown) == [.report(.ended(.shutdown))])
        #expect(tree.machine.children.isEmpty)
    }

    @Test func dynamicChildrenEndWithAFall() {
        var tree = Tree.running(.dynamic, intensity: 0, isRoot: false, [])
        for _ in 1...2 { tree.perform(tree.machine.add(.init())!.actions) }
        tree.log = []
        tree.fell(1)
        #expect(tree.takeLog() == ["exceeded by 1", "end 2", "conclude 1", "fell: trap: unreachable"])
        tree.perform(tree.machine.resume(after: .zero))
        #expect(tree.log == ["started"])
    }

    @Test func oneChildIsStoppedAndForgotten() {
        var tree = Tree.running(.oneForAll, autoShutdown: .anySignificant, [.init(), .significant(), .init()])
        tree.perform(tree.machine.stop(2))
        #expect(tree.log == ["end 2"])
        #expect(tree.machine.children.map(\.number) == [1, 3])
        #expect(tree.machine.phase == .running)
    }

    @Test func nobodyIsStartedOnceTheEndHasBegun() {
        var tree = Tree.running()
        tree.held = [3]
        tree.perform(tree.machine.end(.stop))
        tree.fell(1)
        tree.release(3)
        #expect(tree.log == ["end 3", "end 2", "conclude 1", "ended: shutdown"])
        #expect(tree.machine.add(.init()) == nil)
    }
}

@Suite struct SupervisorMachineSignificanceTests {
    @Test func anySignificantChildEndsItsSupervisor() {
        var tree = Tree.running(autoShutdown: .anySignificant, [.init(), .significant(), .significant(.temporary)])
        tree.fell(3)
        #expect(tree.log == ["conclude 3", "end 2", "end 1", "ended: shutdown"])
    }

    @Test func theLastSignificantChildEndsItsSupervisor() {
        var tree = Tree.running(autoShutdown: .allSignificant, [.significant(), .significant(), .init()])
        tree.fell(1, .normal)
        #expect(tree.takeLog() == ["conclude 1"])
        tree.fell(2, .normal)
        #expect(tree.log == ["conclude 2", "end 3", "ended: shutdown"])
    }

    @Test func aSignificantChildThatComesBackEndsNothing() {
        var tree = Tree.running(autoShutdown: .anySignificant, [.significant(), .init()])
        tree.fell(1)
        #expect(tree.log == ["resume 1 after 1"])
    }

    @Test func forTheOneAboveItIsANormalEnd() {
        var tree = Tree.running(autoShutdown: .anySignificant, isRoot: false, [.init(), .significant()])
        tree.fell(2, .normal)
        #expect(tree.log == ["conclude 2", "halt 1", "fell: shutdown"])
        #expect(RestartKind.transient.directive(for: .shutdown, rules: []) == .stop)
    }

    @Test func theSignificantChildComesBackWithItsSupervisor() {
        var tree = Tree.running(autoShutdown: .anySignificant, isRoot: false, [.init(), .significant()])
        tree.fell(2, .normal)
        tree.log = []
        tree.perform(tree.machine.resume(after: .zero))
        #expect(tree.log == ["resume 1", "start 2", "started"])
    }
}

@Suite struct SupervisorMachineJoinTests {
    @Test func aChildOfTheSpecificationIsStartedAgainAtItsPlace() {
        for strategy in [Strategy.oneForOne, .oneForAll, .restForOne] {
            var tree = Tree.running(strategy)
            // It runs.
            #expect(tree.machine.startAgain(2, .init()) == nil)
            tree.perform(tree.machine.ended(2, .killed))
            #expect(tree.machine.children.map(\.number) == [1, 3])
            tree.log = []
            let actions = tree.machine.startAgain(2, .init())
            tree.perform(actions ?? [])
            #expect(tree.log == ["start 2"])
            #expect(tree.machine.children.map(\.number) == [1, 2, 3])
            #expect(tree.machine.children.map(\.phase) == [.running, .running, .running])
            #expect(tree.machine.restarts == 0)
        }
    }

    @Test func oneThatCannotBeStartedAgainIsNoFallAndStaysAway() {
        var tree = Tree.running(.oneForAll)
        tree.perform(tree.machine.ended(2, .killed))
        tree.held = [2]
        tree.perform(tree.machine.startAgain(2, .init()) ?? [])
        tree.perform(tree.machine.couldNotStart(2, .failed("taken")))
        #expect(tree.machine.phase == .running)
        #expect(tree.machine.children.map(\.number) == [1, 3])
        // Nor does one come back whose instance refuses to start.
        tree.perform(tree.machine.startAgain(2, .init()) ?? [])
        tree.fell(2, .failed("no"))
        tree.perform(tree.machine.ended(2, .failed("no")))
        #expect(tree.machine.phase == .running)
        #expect(tree.machine.children.map(\.number) == [1, 3])
        tree.held = []
        tree.perform(tree.machine.startAgain(2, .init()) ?? [])
        #expect(tree.machine[2]?.phase == .running)
    }

    @Test func aChildThatJoinsIsStartedBehindTheOthers() {
        var tree = Tree.running()
        tree.perform(tree.machine.add(.init())!.actions)
        #expect(tree.log == ["start 4"])
        #expect(tree.machine.children.map(\.number) == [1, 2, 3, 4])
    }

    @Test func aFirstStartThatFailsIsNoFall() {
        var tree = Tree.running(intensity: 0)
        tree.failing = [4]
        tree.perform(tree.machine.add(.init())!.actions)
        #expect(tree.log == ["start 4", "conclude 4"])
        #expect(tree.machine.children.count == 3)
    }

    @Test func whoJoinsAGroupThatStartsAnewWaitsForItsTurn() {
        var tree = Tree.running(.oneForAll)
        tree.held = [3]
        tree.fell(1)
        tree.perform(tree.machine.add(.init())!.actions)
        #expect(tree.takeLog() == ["halt 3"])
        tree.release(3)
        #expect(tree.log == ["halt 2", "resume 1 after 1", "resume 2", "resume 3", "start 4"])
    }

    @Test func whoJoinedStaysWithASupervisorThatBeginsAnew() {
        var tree = Tree.running(intensity: 0, isRoot: false)
        tree.perform(tree.machine.add(.init())!.actions)
        tree.fell(1)
        tree.log = []
        tree.perform(tree.machine.resume(after: .zero))
        #expect(tree.log == ["resume 1", "resume 2", "resume 3", "resume 4", "started"])
    }

    @Test func whoCannotBeMadeIsDroppedWhereItJoins() {
        var tree = Tree.running()
        tree.held = [4]
        tree.perform(tree.machine.add(.init())!.actions)
        tree.perform(tree.machine.couldNotStart(4, .failed("taken")))
        #expect(tree.log == ["start 4"])
        #expect(tree.machine.phase == .running)
    }

    @Test func whoCannotBeMadeAgainBringsItsSupervisorDown() {
        var tree = Tree.running(intensity: 0, isRoot: false, [.init(), .transient])
        tree.fell(2, .normal)
        tree.fell(1)
        tree.held = [2]
        tree.perform(tree.machine.resume(after: .zero))
        tree.log = []
        tree.perform(tree.machine.couldNotStart(2, .failed("taken")))
        #expect(tree.log == ["escalated by 2", "halt 1", "fell: failed: taken"])
    }
}
