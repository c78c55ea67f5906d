import Testing

@testable import WasmActor

/// Who comes into memory and who leaves it, as a value.
@Suite struct ResidencyMachineTests {
    private final class Member: Sendable {}

    /// A machine with so many residents.
    private func full(_ places: Int) -> (machine: ResidencyMachine<Member>, residents: [Member]) {
        var machine = ResidencyMachine<Member>(places: places)
        let residents = (0..<places).map { _ in Member() }
        for member in residents {
            #expect(machine.arrived(member, isTooLarge: false) == .comes)
            machine.entered(member)
        }
        return (machine, residents)
    }

    @Test func whoComesWhereThereIsNoRoomWaitsForOneThatLeaves() {
        var (machine, residents) = full(2)
        let comes = Member()
        #expect(machine.arrived(comes, isTooLarge: false) == .waits(looks: true))
        #expect(machine.isTight)
        #expect(machine.left(residents[0]) === comes)
        #expect(machine.leavingEnded(hasLeft: true) == false)
        #expect(!machine.isTight)
        // It has its place, whatever else there is.
        #expect(machine.arrived(comes, isTooLarge: true) == .comes)
    }

    @Test func thoseWhoWaitComeInTheirOrder() {
        var (machine, residents) = full(2)
        let waiting = (0..<2).map { _ in Member() }
        for member in waiting { _ = machine.arrived(member, isTooLarge: false) }
        #expect(machine.left(residents[1]) === waiting[0])
        #expect(machine.left(residents[0]) === waiting[1])
    }

    @Test func oneLeavesForEachThatWaits() {
        var (machine, _) = full(3)
        #expect(machine.arrived(Member(), isTooLarge: false) == .waits(looks: true))
        #expect(machine.nobodyIsIdle(since: machine.idleCount) == true)
        // Nobody was idle: those who fall idle leave, and no more of them than wait.
        #expect(machine.fellIdle() == true)
        #expect(machine.fellIdle() == false)
        #expect(machine.arrived(Member(), isTooLarge: false) == .waits(looks: true))
        #expect(machine.fellIdle() == false)
    }

    @Test func aLookThatFoundNobodyIsDoneAgainWhereOneFellIdleMeanwhile() {
        var (machine, _) = full(1)
        _ = machine.arrived(Member(), isTooLarge: false)
        let before = machine.idleCount
        #expect(machine.fellIdle() == false)
        #expect(machine.nobodyIsIdle(since: before) == false)
    }

    @Test func afterALookThatFoundNobodyNoOtherIsBegun() {
        var (machine, residents) = full(1)
        let waiting = (0..<2).map { _ in Member() }
        _ = machine.arrived(waiting[0], isTooLarge: false)
        _ = machine.nobodyIsIdle(since: machine.idleCount)
        #expect(machine.arrived(waiting[1], isTooLarge: false) == .waits(looks: false))
        #expect(machine.left(residents[0]) === waiting[0])
        #expect(machine.left(waiting[0]) === waiting[1])
        // Nobody waited for a while, in which whoever fell idle told nobody.
        machine.entered(waiting[1])
        #expect(machine.arrived(Member(), isTooLarge: false) == .waits(looks: true))
    }

    @Test func anotherOneIsAskedWhereOneCouldNotLeave() {
        var (machine, residents) = full(1)
        let comes = Member()
        _ = machine.arrived(comes, isTooLarge: false)
        #expect(machine.leavingEnded(hasLeft: false) == true)
        machine.leavingGivenUp()
        #expect(machine.fellIdle() == true)
        #expect(machine.left(residents[0]) === comes)
        // Nobody waits any more.
        #expect(machine.leavingEnded(hasLeft: false) == false)
    }

    @Test func whereThereAreTooManySeveralLeaveForOne() {
        var (machine, residents) = full(1)
        let (onTop, comes) = (Member(), Member())
        _ = machine.arrived(onTop, isTooLarge: false)
        #expect(machine.admit(onTop) === onTop)
        machine.entered(onTop)
        _ = machine.arrived(comes, isTooLarge: false)
        #expect(machine.left(residents[0]) == nil)
        #expect(machine.leavingEnded(hasLeft: true) == true)
        #expect(machine.left(onTop) === comes)
    }

    @Test func whereMemoryIsScarceOneComesForOneThatLeaves() {
        var machine = ResidencyMachine<Member>(places: .max)
        let (first, second) = (Member(), Member())
        // One comes in any case.
        #expect(machine.arrived(first, isTooLarge: true) == .comes)
        machine.entered(first)
        #expect(machine.arrived(second, isTooLarge: true) == .waits(looks: true))
        #expect(machine.left(first) === second)
    }

    @Test func patienceLetsAsManyInAsAPartOfThePlacesAndNoMoreThanWait() {
        var (machine, _) = full(32)
        let waiting = (0..<3).map { _ in Member() }
        for member in waiting { _ = machine.arrived(member, isTooLarge: false) }
        let admissions = machine.admissions
        #expect(machine.patienceEnded(admissions).count == 2)
        // One was let in meanwhile: the time begins anew.
        #expect(machine.patienceEnded(admissions).count == 0)
        var unbounded = ResidencyMachine<Member>(places: .max)
        _ = unbounded.arrived(waiting[0], isTooLarge: true)
        _ = unbounded.arrived(waiting[1], isTooLarge: true)
        #expect(unbounded.patienceEnded(0).count == 1)
    }

    @Test func whoEndsWhileItWaitsTakesNoPlace() {
        var (machine, residents) = full(1)
        let (ends, comes) = (Member(), Member())
        _ = machine.arrived(ends, isTooLarge: false)
        _ = machine.arrived(comes, isTooLarge: false)
        #expect(machine.admit(ends) === ends)
        #expect(machine.left(ends) == nil)
        #expect(machine.left(residents[0]) === comes)
        #expect(machine.admit(ends) == nil)
    }

    @Test func afterTheEndEverybodyComes() {
        var (machine, _) = full(1)
        let waiting = (0..<3).map { _ in Member() }
        for member in waiting { _ = machine.arrived(member, isTooLarge: false) }
        #expect(machine.finish().count == 3)
        #expect(machine.arrived(Member(), isTooLarge: false) == .comes)
    }
}
