import Synchronization
import Testing
import WasmActorTestKit
import WasmCore

/// The clock that a test moves.
@Suite struct ManualClockTests {
    @Test func timersRunInTheOrderOfTheirDeadlinesAndEqualOnesInThatOfTheirMaking() {
        let clock = ManualClock()
        let ran = Mutex<[Int]>([])
        for (number, delay) in [50, 10, 30, 10].enumerated() {
            _ = clock.schedule(after: .milliseconds(delay)) { ran.withLock { $0.append(number) } }
        }
        clock.advance(by: .milliseconds(9))
        #expect(ran.withLock { $0 } == [])
        clock.advance(by: .milliseconds(41))
        #expect(ran.withLock { $0 } == [1, 3, 2, 0])
        #expect(clock.now == .milliseconds(1_000_050))
    }

    @Test func aTimerThatATimerSetsRunsInTheSameMoveWhereItIsDue() {
        let clock = ManualClock()
        let times = Mutex<[Duration]>([])
        _ = clock.schedule(after: .seconds(1)) {
            times.withLock { $0.append(clock.now) }
            _ = clock.schedule(after: .seconds(1)) { times.withLock { $0.append(clock.now) } }
        }
        clock.advance(by: .seconds(3))
        #expect(times.withLock { $0 } == [.seconds(1001), .seconds(1002)])
    }

    @Test func aHundredThousandTimersAreNoStrain() {
        let clock = ManualClock()
        let ran = Atomic<Int>(0)
        let timers = (0..<100_000).map { number in
            clock.schedule(after: .microseconds((number * 7919) % 100_000)) { ran.add(1, ordering: .relaxed) }
        }
        let took = ContinuousClock().measure {
            for timer in timers.prefix(50_000) { clock.cancel(timer) }
            while clock.advanceToNextTimer() {}
        }
        #expect(ran.load(ordering: .relaxed) == 50_000)
        // One pass over all timers for each of them would take minutes.
        #expect(took < .seconds(20))
    }

    @Test func whoWaitsForTimersIsToldWhenTheyAreThere() async {
        let clock = ManualClock()
        async let wait: Void = clock.waitForTimers(2)
        _ = clock.schedule(after: .seconds(1)) {}
        _ = clock.schedule(after: .seconds(1)) {}
        await wait
        #expect(clock.pendingTimers == 2)
    }

    @Test func aCancelledWaitForTimersEnds() async {
        let clock = ManualClock()
        let waiting = Task { await clock.waitForTimers(1) }
        waiting.cancel()
        await waiting.value
        #expect(clock.pendingTimers == 0)
    }
}
