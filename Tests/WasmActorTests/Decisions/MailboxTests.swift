import Testing
import WasmCore

@testable import WasmActor

@Suite struct MailboxTests {
    private func envelope(_ text: String) -> Envelope {
        Envelope(message: ComponentMessage(payload: Array(text.utf8)), reply: nil)
    }

    private func text(_ envelope: Envelope?) -> String? {
        envelope.map { String(decoding: $0.message?.payload ?? [], as: UTF8.self) }
    }

    @Test func messagesComeOutInTheirOrder() {
        var mailbox = Mailbox(capacity: 3, policy: .fail)
        for word in ["a", "b", "c"] { #expect(mailbox.put(envelope(word), admission: nil) == .stored) }
        #expect(mailbox.count == 3)
        #expect(["a", "b", "c"] == (0..<3).map { _ in text(mailbox.take()?.envelope) })
        #expect(mailbox.isEmpty)
    }

    @Test func aFullMailboxRefusesUnderFail() {
        var mailbox = Mailbox(capacity: 1, policy: .fail)
        #expect(mailbox.put(envelope("a"), admission: nil) == .stored)
        #expect(!mailbox.mustWait(for: envelope("b")))
        #expect(mailbox.put(envelope("b"), admission: nil) == .full)
        #expect(mailbox.count == 1)
    }

    @Test(.timeLimit(.minutes(1)))
    func whoeverGivesUpCostsTheSameHoweverManyWait() {
        var mailbox = Mailbox(capacity: 1, policy: .suspend)
        #expect(mailbox.put(envelope("a"), admission: nil) == .stored)
        for _ in 0..<100_000 { _ = mailbox.put(envelope("b"), admission: nil) }
        for ticket in (1..<100_000 as Range<Mailbox.Ticket>).reversed() { _ = mailbox.withdraw(ticket) }
        #expect(mailbox.waiting == 1)
        #expect(mailbox.take()?.letIn.map(\.ticket) == [100_000])
        #expect(mailbox.removeAll().waiters.isEmpty)
    }

    @Test func whoWaitsIsLetInInOrderOneForOne() {
        var mailbox = Mailbox(capacity: 1, policy: .suspend)
        let (first, second) = (Admission(), Admission())
        #expect(mailbox.put(envelope("a"), admission: nil) == .stored)
        #expect(mailbox.mustWait(for: envelope("b")))
        #expect(mailbox.put(envelope("b"), admission: first) == .waits(1))
        #expect(mailbox.put(envelope("c"), admission: second) == .waits(2))
        #expect(mailbox.count == 1)
        let taken = mailbox.take()
        #expect(text(taken?.envelope) == "a")
        #expect(taken?.letIn.map { $0.admission === first } == [true])
        // Who comes now is behind who waits.
        #expect(mailbox.put(envelope("d"), admission: nil) == .waits(3))
        #expect(["b", "c", "d"] == (0..<3).map { _ in text(mailbox.take()?.envelope) })
    }

    @Test func whoGivesUpIsNotLetIn() {
        var mailbox = Mailbox(capacity: 1, policy: .suspend)
        _ = mailbox.put(envelope("a"), admission: nil)
        _ = mailbox.put(envelope("b"), admission: Admission())
        _ = mailbox.put(envelope("c"), admission: Admission())
        #expect(text(mailbox.withdraw(1)?.waiter.envelope) == "b")
        #expect(text(mailbox.withdraw(1)?.waiter.envelope) == nil)
        #expect(["a", "c"] == (0..<2).map { _ in text(mailbox.take()?.envelope) })
    }

    @Test func removingAllGivesMessagesAndWaiters() {
        var mailbox = Mailbox(capacity: 1, policy: .suspend)
        _ = mailbox.put(envelope("a"), admission: nil)
        _ = mailbox.put(envelope("b"), admission: Admission())
        let (messages, waiters) = mailbox.removeAll()
        #expect(messages.map(text) == ["a"])
        #expect(waiters.map { text($0.envelope) } == ["b"])
        #expect(mailbox.isEmpty)
    }

    // MARK: Dropping

    @Test func theOldestGiveWayInTheirOrder() {
        var mailbox = Mailbox(capacity: 2, policy: .dropOldest)
        for word in ["a", "b"] { _ = mailbox.put(envelope(word), admission: nil) }
        #expect(!mailbox.isClosed(to: envelope("c")))
        #expect(mailbox.makeRoom(for: envelope("c")).map(text) == ["a"])
        #expect(mailbox.put(envelope("c"), admission: nil) == .stored)
        #expect(["b", "c"] == (0..<2).map { _ in text(mailbox.take()?.envelope) })
    }

    @Test func asManyGiveWayAsTheBytesOfOneTake() {
        var mailbox = Mailbox(capacity: 10, bytes: 6, policy: .dropOldest)
        for word in ["a", "bb", "ccc"] { _ = mailbox.put(envelope(word), admission: nil) }
        #expect(mailbox.makeRoom(for: envelope("dd")).map(text) == ["a", "bb"])
        _ = mailbox.put(envelope("dd"), admission: nil)
        #expect(mailbox.byteCount == 5)
    }

    @Test(arguments: [OverflowPolicy.suspend, .fail, .dropNewest])
    func nothingGivesWayUnderAnotherPolicy(policy: OverflowPolicy) {
        var mailbox = Mailbox(capacity: 1, policy: policy)
        _ = mailbox.put(envelope("a"), admission: nil)
        #expect(mailbox.isClosed(to: envelope("b")))
        #expect(mailbox.makeRoom(for: envelope("b")).isEmpty)
        #expect(mailbox.count == 1)
    }

    @Test func theNewestIsDropped() {
        var mailbox = Mailbox(capacity: 1, policy: .dropNewest)
        _ = mailbox.put(envelope("a"), admission: nil)
        #expect(mailbox.put(envelope("b"), admission: nil) == .dropped)
        #expect(text(mailbox.take()?.envelope) == "a")
    }

    // MARK: Bytes

    @Test func theBytesAreFullBeforeTheNumberIs() {
        var mailbox = Mailbox(capacity: 10, bytes: 4, policy: .fail)
        #expect(mailbox.put(envelope("abc"), admission: nil) == .stored)
        #expect(mailbox.put(envelope("de"), admission: nil) == .full)
        #expect(mailbox.put(envelope("d"), admission: nil) == .stored)
        _ = mailbox.take()
        #expect(mailbox.byteCount == 1)
        #expect(mailbox.put(envelope("efg"), admission: nil) == .stored)
    }

    @Test func textsCountAsBytes() {
        let message = ComponentMessage(payload: [1, 2], topic: "ab", contentType: "cde")
        #expect(Envelope(message: message, reply: nil).byteCount == 7)
    }

    @Test func aSmallMessageDoesNotOvertakeALargeOneThatWaits() {
        var mailbox = Mailbox(capacity: 10, bytes: 4, policy: .suspend)
        _ = mailbox.put(envelope("aaa"), admission: nil)
        #expect(mailbox.put(envelope("bb"), admission: nil) == .waits(1))
        #expect(mailbox.put(envelope("c"), admission: nil) == .waits(2))
        #expect(mailbox.take()?.letIn.map { text($0.envelope) } == ["bb", "c"])
    }

    @Test func whenALargeMessageIsWithdrawnTheSmallOnesBehindItGetIn() {
        var mailbox = Mailbox(capacity: 10, bytes: 4, policy: .suspend)
        _ = mailbox.put(envelope("aaa"), admission: nil)
        _ = mailbox.put(envelope("bb"), admission: nil)
        _ = mailbox.put(envelope("c"), admission: nil)
        #expect(mailbox.withdraw(1)?.letIn.map { text($0.envelope) } == ["c"])
        #expect(mailbox.waiting == 0 && mailbox.byteCount == 4)
    }
}
