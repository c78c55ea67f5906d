import Testing

/// The laws of the ledger find what they are there for.
@Suite struct LedgerTests {
    private static let sound: Ledger = {
        var ledger = Ledger()
        ledger.entries = [
            .init(tag: "1", sender: "a", target: "x", fate: .taken),
            .init(tag: "2", sender: "a", target: "x", fate: .answered),
            .init(tag: "3", sender: "a", target: "x", fate: .taken),
            .init(tag: "4", sender: "a", target: "y", fate: .gaveUp),
            .init(tag: "5", sender: "b", target: "x", fate: .died),
            .init(tag: "6", sender: "b", target: "x", fate: .overflow),
        ]
        ledger.handled = ["1", "4", "5", "2"]
        ledger.letters = [.init(tag: "3", hasBegun: false), .init(tag: "5", hasBegun: true)]
        ledger.lateReplies = 1
        return ledger
    }()

    @Test func aSoundLedgerBreaksNoLaw() {
        #expect(Self.sound.violations == [])
    }

    @Test func aLostMessageIsFound() {
        var ledger = Self.sound
        ledger.letters.removeFirst()
        #expect(ledger.violations.count == 1)
    }

    @Test func aDoubledMessageIsFound() {
        var ledger = Self.sound
        ledger.handled.append("2")
        #expect(ledger.violations.count == 1)
    }

    @Test func aMessageThatIsHandledAndADeadLetterIsFound() {
        var ledger = Self.sound
        ledger.letters.append(.init(tag: "1", hasBegun: false))
        #expect(ledger.violations.count == 1)
    }

    @Test func aBrokenOrderIsFound() {
        var ledger = Self.sound
        ledger.handled = ["2", "4", "5", "1"]
        #expect(ledger.violations == ["a to x: 2 came before 1"])
    }

    @Test func aMissingLateReplyIsFound() {
        var ledger = Self.sound
        ledger.lateReplies = 0
        #expect(ledger.violations.count == 1)
    }

    @Test func aRefusedMessageThatIsHandledIsFound() {
        var ledger = Self.sound
        ledger.handled.append("6")
        #expect(ledger.violations.count == 1)
    }
}
