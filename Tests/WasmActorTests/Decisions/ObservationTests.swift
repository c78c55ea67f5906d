import Testing
import WasmCore

@testable import WasmActor

@Suite struct DeadLetterRingTests {
    private func letter(_ number: UInt8) -> DeadLetter {
        DeadLetter(target: nil, message: ComponentMessage(payload: [number]), reason: .lateReply)
    }

    @Test func theOldestGoesAndTheCountStays() {
        var ring = DeadLetterRing(capacity: 2)
        for number: UInt8 in 1...5 { ring.append(letter(number)) }
        #expect(ring.kept == [letter(4), letter(5)])
        #expect(ring.total == 5)
    }

    @Test func aRingWithoutRoomOnlyCounts() {
        var ring = DeadLetterRing(capacity: 0)
        ring.append(letter(1))
        #expect(ring.kept == [])
        #expect(ring.total == 1)
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
