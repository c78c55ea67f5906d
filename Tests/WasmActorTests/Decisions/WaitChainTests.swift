import Testing

@testable import WasmActor

@Suite struct WaitChainTests {
    /// Waits that began in the order in which they are written.
    private func waits(_ pairs: [(String, String)]) -> [String: Wait<String>] {
        var waits: [String: Wait<String>] = [:]
        for (index, pair) in pairs.enumerated() { waits[pair.0] = Wait(target: pair.1, number: UInt64(index)) }
        return waits
    }

    /// What each of them finds who looks when all wait.
    private func circles(_ pairs: [(String, String)]) -> [String: [String]] {
        let waits = waits(pairs)
        var found: [String: [String]] = [:]
        for (asker, wait) in waits { found[asker] = WaitChain.circle(from: asker, wait, next: { waits[$0] }) }
        return found
    }

    @Test func waitingForOneWhoWaitsForNobodyIsNoCircle() {
        #expect(circles([("a", "b")]) == [:])
    }

    @Test func waitingForOneselfIsACircleOfOne() {
        #expect(circles([("a", "a")]) == ["a": ["a"]])
    }

    @Test func ofTwoWhoWaitForEachOtherTheLaterIsRefusedAlone() {
        #expect(circles([("a", "b"), ("b", "a")]) == ["b": ["b", "a"]])
        #expect(circles([("b", "a"), ("a", "b")]) == ["a": ["a", "b"]])
    }

    @Test func aLongCircleIsNamedInOrderByItsLast() {
        #expect(circles([("b", "c"), ("a", "b"), ("c", "d"), ("d", "a")]) == ["d": ["d", "a", "b", "c"]])
        #expect(circles([("d", "a"), ("c", "d"), ("a", "b"), ("b", "c")]) == ["b": ["b", "c", "d", "a"]])
    }

    @Test func aChainThatEndsElsewhereIsNoCircle() {
        #expect(circles([("a", "b"), ("b", "c"), ("x", "a")]) == [:])
    }

    @Test func aCircleOfOthersIsNotTheAskers() {
        #expect(circles([("a", "b"), ("b", "a"), ("x", "a")]) == ["b": ["b", "a"]])
    }

    @Test func whatIsNoLongerThereAtASecondLookWasNoCircle() {
        var looks = 0
        let circle = WaitChain.circle(from: "b", Wait(target: "a", number: 2)) { _ in
            looks += 1
            return looks == 1 ? Wait(target: "b", number: 1) : nil
        }
        #expect(circle == nil)
    }
}
