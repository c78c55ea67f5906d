import Testing

@testable import WasmActor

@Suite struct RingTests {
    @Test func elementsComeOutInTheirOrderAcrossGrowthAndWrapAround() {
        var ring = Ring<Int>()
        var next = 0
        var expected = 0
        for round in 1...20 {
            for _ in 0..<round {
                ring.append(next)
                next += 1
            }
            for _ in 0..<(round / 2) {
                #expect(ring.popFirst() == expected)
                expected += 1
            }
        }
        #expect(ring.count == next - expected)
        #expect(ring.removeAll() == Array(expected..<next))
        #expect(ring.isEmpty)
        #expect(ring.popFirst() == nil)
    }

    @Test func removingOneKeepsTheOrderOfTheOthers() {
        var ring = Ring<Int>()
        for number in 1...5 { ring.append(number) }
        #expect(ring.removeFirst { $0 == 3 } == 3)
        #expect(ring.removeFirst { $0 == 9 } == nil)
        #expect(ring.removeAll() == [1, 2, 4, 5])
    }
}
