import Testing

@testable import WasmActor

@Suite struct WaitChainTests {
    @Test func waitingForOneWhoWaitsForNobodyIsNoCircle() {
        #expect(WaitChain.circle(from: "a", to: "b", next: { _ in nil }) == nil)
    }

    @Test func waitingForOneselfIsACircleOfOne() {
        #expect(WaitChain.circle(from: "a", to: "a", next: { _ in nil }) == ["a"])
    }

    @Test func twoWhoWaitForEachOtherAreACircle() {
        #expect(WaitChain.circle(from: "b", to: "a", next: { ["a": "b"][$0] }) == ["b", "a"])
    }

    @Test func aLongCircleIsNamedInOrder() {
        let waits = ["a": "b", "b": "c", "c": "d"]
        #expect(WaitChain.circle(from: "d", to: "a", next: { waits[$0] }) == ["d", "a", "b", "c"])
    }

    @Test func aChainThatEndsElsewhereIsNoCircle() {
        let waits = ["a": "b", "b": "c"]
        #expect(WaitChain.circle(from: "x", to: "a", next: { waits[$0] }) == nil)
    }

    @Test func aCircleOfOthersIsNotTheAskers() {
        let waits = ["a": "b", "b": "a"]
        #expect(WaitChain.circle(from: "x", to: "a", next: { waits[$0] }) == nil)
    }
}
