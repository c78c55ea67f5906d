import Testing
import WasmCore

@testable import WasmActor

@Suite struct DeadLetterRingTests {
    /// A ring with letters of so many bytes each.
    private func ring(capacity: Int = 10, bytes: Int = .max, _ sizes: Int...) -> DeadLetterRing {
        var ring = DeadLetterRing(capacity: capacity, bytes: bytes)
        for size in sizes {
            _ = ring.append(ComponentMessage(payload: Array(repeating: 0, count: size)), for: nil, .expired)
        }
        return ring
    }

    private func numbers(_ ring: DeadLetterRing) -> [UInt64] { ring.kept.map(\.number) }

    @Test func theOldestGoesAndTheCountStays() {
        let ring = ring(capacity: 2, 1, 1, 1, 1, 1)
        #expect(numbers(ring) == [4, 5])
        #expect(ring.total == 5)
    }

    @Test func aRingWithoutRoomOnlyCounts() {
        let ring = ring(capacity: 0, 1)
        #expect(numbers(ring) == [])
        #expect(ring.total == 1 && ring.byteCount == 0)
    }

    @Test func asManyGoAsTheBytesOfOneTake() {
        let ring = ring(bytes: 10, 4, 4, 2, 7)
        #expect(numbers(ring) == [3, 4])
        #expect(ring.byteCount == 9)
    }

    @Test func aLetterLargerThanTheRingIsNotKept() {
        let ring = ring(bytes: 10, 1, 11)
        #expect(numbers(ring) == [])
        #expect(ring.total == 2 && ring.byteCount == 0)
    }

    @Test func aLetterIsTakenOutOnce() {
        var ring = ring(1, 2, 3)
        #expect(ring.remove(2)?.message.payload.count == 2)
        #expect(ring.remove(2) == nil)
        #expect(numbers(ring) == [1, 3] && ring.byteCount == 4)
    }

    @Test func aClaimedLetterStaysUntilItIsDecided() {
        var ring = ring(capacity: 2, 1, 1)
        #expect(ring.claim(1)?.number == 1)
        #expect(ring.claim(1) == nil)
        #expect(ring.remove(1) == nil)
        for _ in 0..<3 { _ = ring.append(ComponentMessage(payload: [0]), for: nil, .expired) }
        #expect(numbers(ring) == [1, 5])
        ring.settle(1, isDelivered: false)
        #expect(numbers(ring) == [1, 5])
        #expect(ring.claim(1) != nil)
        ring.settle(1, isDelivered: true)
        #expect(numbers(ring) == [5])
    }
}

@Suite struct FeedBufferTests {
    private func read(_ buffer: inout FeedBuffer<ActorEvent>) -> ActorEvent? {
        if case .element(let event) = buffer.read() { event } else { nil }
    }

    @Test func theOldestEventsGoAndAreCounted() throws {
        let id = try ActorID("a/b/c")
        var buffer = FeedBuffer<ActorEvent>(capacity: 2)
        for generation: UInt64 in 1...3 { buffer.append(.restarted(id, generation: generation)) }
        #expect(buffer.dropped == 1)
        #expect(read(&buffer) == .restarted(id, generation: 2))
        #expect(read(&buffer) == .restarted(id, generation: 3))
        guard case .wait = buffer.read() else { return #expect(Bool(false), "an empty buffer makes readers wait") }
    }

    @Test func whatIsThereCanBeReadAfterTheEnd() {
        var buffer = FeedBuffer<ActorEvent>(capacity: 2)
        buffer.append(.shuttingDown)
        buffer.finish()
        buffer.append(.shuttingDown)
        #expect(read(&buffer) == .shuttingDown)
        guard case .finished = buffer.read() else { return #expect(Bool(false), "the end comes after the last event") }
    }
}
