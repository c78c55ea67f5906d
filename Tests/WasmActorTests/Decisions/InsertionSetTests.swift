import Testing

@testable import WasmActor

/// A set that keeps the order of its elements.
@Suite struct InsertionSetTests {
    @Test func theElementsComeInTheOrderInWhichTheyCameFirst() {
        var set: InsertionSet<Int> = []
        let numbers = (0..<100).map { ($0 * 37) % 101 }
        for number in numbers + numbers.reversed() { set.insert(number) }
        #expect(set.elements == numbers)
        #expect(set.count == 100)
    }

    @Test func whatIsRemovedAndComesAgainIsLast() {
        var set: InsertionSet = ["a", "b", "c"]
        let removals = [set.remove("a"), set.remove("a")]
        #expect(removals == [true, false])
        let insertions = [set.insert("a"), set.insert("b")]
        #expect(insertions == [true, false])
        #expect(set.elements == ["b", "c", "a"])
    }

    @Test func thoseThatFitAreRemovedInTheirOrder() {
        var set: InsertionSet = [5, 2, 9, 4, 7]
        let removed = set.removeAll { $0 > 4 }
        #expect(removed == [5, 9, 7])
        #expect(set.elements == [2, 4])
        #expect(!set.isEmpty)
    }
}
