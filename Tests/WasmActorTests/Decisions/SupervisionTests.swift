import Testing
import WasmCore

@testable import WasmActor

@Suite struct DirectiveTests {
    private static let reasons: [ExitReason] = [
        .normal, .shutdown, .failed("x"), .trap(.unreachable), .limit(.memory), .denied("c"), .killed, .hostError("h"),
        .upgradeFailed("u"),
    ]

    @Test(arguments: reasons)
    func permanentRestartsAfterEveryEnd(_ reason: ExitReason) {
        #expect(RestartKind.permanent.directive(for: reason, rules: []) == .restart)
    }

    @Test(arguments: reasons)
    func transientRestartsAfterAbnormalEndsAlone(_ reason: ExitReason) {
        #expect(RestartKind.transient.directive(for: reason, rules: []) == (reason.isAbnormal ? .restart : .stop))
    }

    @Test(arguments: reasons)
    func temporaryNeverRestarts(_ reason: ExitReason) {
        #expect(RestartKind.temporary.directive(for: reason, rules: []) == .stop)
    }

    @Test func theFirstRuleThatMatchesDecides() {
        let rules = [
            RestartRule(.trap(.stackOverflow), .stop), RestartRule(.trap, .escalate), RestartRule(.normal, .restart),
        ]
        #expect(RestartKind.permanent.directive(for: .trap(.stackOverflow), rules: rules) == .stop)
        #expect(RestartKind.permanent.directive(for: .trap(.unreachable), rules: rules) == .escalate)
        #expect(RestartKind.temporary.directive(for: .normal, rules: rules) == .restart)
        #expect(RestartKind.transient.directive(for: .failed("x"), rules: rules) == .restart)
    }

    @Test(arguments: Directive.allCases)
    func directivesReadWhatTheyWrite(_ directive: Directive) {
        #expect(Directive(directive.description) == directive)
    }
}

@Suite struct ExitPatternTests {
    private static let send = ExitReason.denied("messaging.send(demo/relay/main)")

    @Test(arguments: [
        (ExitPattern.any, ExitReason.normal, true), (.abnormal, .normal, false), (.abnormal, .killed, true),
        (.failed, .failed("x"), true), (.failed, .hostError("x"), false), (.trap, .trap(.badSignature), true),
        (.trap(.stackOverflow), .trap(.stackOverflow), true), (.trap(.stackOverflow), .trap(.outOfFuel), false),
        (.limit, .limit(.fuel), true), (.limit(.memory), .limit(.fuel), false), (.denied, send, true),
        (.denied(.send), send, true), (.denied(.request), send, false),
        (.denied(.send, try! Pattern("demo/**")), send, true), (.denied(.send, try! Pattern("other/**")), send, false),
        (.killed, .killed, true), (.hostError, .hostError("x"), true), (.upgradeFailed, .upgradeFailed("x"), true),
        (.shutdown, .normal, false), (.normal, .normal, true),
    ])
    func aPatternMatchesItsReasonsAlone(_ pattern: ExitPattern, _ reason: ExitReason, _ matches: Bool) {
        #expect(pattern.matches(reason) == matches)
    }

    @Test func patternsReadWhatTheyWrite() throws {
        let simple: [ExitPattern] = [
            .any, .abnormal, .normal, .shutdown, .failed, .trap, .limit, .denied, .killed, .upgradeFailed, .hostError,
        ]
        let traps = TrapCode.allCases.map { ExitPattern.trap($0) }
        let limits = LimitKind.allCases.map { ExitPattern.limit($0) }
        let kinds = Capability.Kind.allCases.map { ExitPattern.denied($0) }
        let subject = [ExitPattern.denied(.send, try Pattern("demo/*/x"))]
        for pattern in simple + traps + limits + kinds + subject {
            #expect(ExitPattern(pattern.description) == pattern)
        }
        #expect(Set(simple.map(\.description)).count == simple.count)
    }

    @Test(arguments: ["", "trap()", "trap(x)", "limit(memory", "denied(messaging.send(a//b))", "crash", "any(x)"])
    func anyOtherTextIsNoPattern(_ text: String) {
        #expect(ExitPattern(text) == nil)
    }
}

@Suite struct RestartWindowTests {
    @Test func oneRestartMoreThanTheIntensityIsTooMuch() {
        var window = RestartWindow(intensity: 3, period: .seconds(5))
        for attempt in 1...3 { #expect(window.restart(now: .seconds(attempt)) == attempt) }
        #expect(window.restart(now: .seconds(4)) == nil)
    }

    @Test func restartsOlderThanThePeriodDoNotCount() {
        var window = RestartWindow(intensity: 1, period: .seconds(5))
        #expect(window.restart(now: .zero) == 1)
        #expect(window.restart(now: .seconds(6)) == 1)
        #expect(window.restart(now: .seconds(11)) == nil)
    }

    @Test func anIntensityOfZeroAllowsNoRestart() {
        var window = RestartWindow(intensity: 0, period: .seconds(5))
        #expect(window.restart(now: .zero) == nil)
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
