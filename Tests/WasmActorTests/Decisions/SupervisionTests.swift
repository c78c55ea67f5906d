import Testing
import WasmCore

@testable import WasmActor

@Suite struct RestartWindowTests {
    private static let reasons: [ExitReason] = [
        .normal, .shutdown, .failed("x"), .trap(.unreachable), .limit(.memory), .denied("c"), .killed, .hostError("h"),
    ]

    @Test(arguments: reasons)
    func permanentRestartsAfterEveryEnd(_ reason: ExitReason) {
        var window = RestartWindow(.permanent)
        #expect(window.ended(reason, now: .zero) == .restart(attempt: 1))
    }

    @Test(arguments: reasons)
    func transientRestartsAfterAbnormalEndsAlone(_ reason: ExitReason) {
        var window = RestartWindow(.transient)
        let expected: RestartWindow.Decision = reason.isAbnormal ? .restart(attempt: 1) : .end
        #expect(window.ended(reason, now: .zero) == expected)
    }

    @Test(arguments: reasons)
    func temporaryNeverRestarts(_ reason: ExitReason) {
        var window = RestartWindow(.temporary)
        #expect(window.ended(reason, now: .zero) == .end)
    }

    @Test func oneRestartMoreThanTheIntensityEnds() {
        var window = RestartWindow(.permanent)
        for attempt in 1...3 {
            #expect(window.ended(.trap(.unreachable), now: .seconds(attempt)) == .restart(attempt: attempt))
        }
        #expect(window.ended(.trap(.unreachable), now: .seconds(4)) == .exceeded)
    }

    @Test func restartsOlderThanThePeriodDoNotCount() {
        var window = RestartWindow(RestartPolicy(.permanent, intensity: 1, period: .seconds(5)))
        #expect(window.ended(.killed, now: .zero) == .restart(attempt: 1))
        #expect(window.ended(.killed, now: .seconds(6)) == .restart(attempt: 1))
        #expect(window.ended(.killed, now: .seconds(11)) == .exceeded)
    }

    @Test func anIntensityOfZeroAllowsNoRestart() {
        var window = RestartWindow(RestartPolicy(.permanent, intensity: 0))
        #expect(window.ended(.killed, now: .zero) == .exceeded)
    }
}

@Suite struct BackOffTests {
    @Test func pausesDoubleUpToTheLongest() {
        let backOff = BackOff(first: .milliseconds(100), longest: .seconds(1), jitter: 0)
        let pauses = [1, 2, 3, 4, 5, 60].map { backOff.pause(attempt: $0, random: .max) }
        #expect(pauses == [100, 200, 400, 800, 1000, 1000].map { .milliseconds($0) })
    }

    @Test func jitterTakesOffItsPartAtMost() {
        let backOff = BackOff(first: .seconds(1), longest: .seconds(10), jitter: 0.5)
        #expect(backOff.pause(attempt: 1, random: 0) == .seconds(1))
        #expect(backOff.pause(attempt: 1, random: 1 << 63) == .milliseconds(750))
        let least = backOff.pause(attempt: 1, random: .max)
        #expect(least >= .milliseconds(500) && least < .milliseconds(501))
    }

    @Test func noBackOffHasNoPause() {
        #expect(BackOff.none.pause(attempt: 9, random: .max) == .zero)
    }
}
