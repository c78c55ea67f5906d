import Testing

@testable import wasm_actors

@Suite final class ActionQueueTests {
    private var queue = ActionQueue()

    /// Adds lines; the numbers of those that may begin at once.
    private func add(_ lines: String..., isScripted: Bool = false) throws -> [Int] {
        try lines.compactMap { line in
            queue.add(try #require(try RunAction.parse(line)), isScripted: isScripted)?.number
        }
    }

    private func finish(_ number: Int) -> [Int] { queue.finish(number).map(\.number) }

    @Test func linesAboutOneActorAreDoneInTheirOrder() throws {
        #expect(try add("ask a/b/1 x", "stop a/b/1", "send a/b/2 y", "upgrade a/b/1 f", "ask a/b/2 z") == [0, 2])
        #expect(queue.waiting.map(\.number) == [1, 3, 4])
        #expect(finish(2) == [4])
        #expect(finish(0) == [1])
        #expect(finish(1) == [3])
        #expect(finish(4).isEmpty && finish(3).isEmpty && queue.isEmpty)
        #expect(try add("ask a/b/1 x") == [5])
    }

    @Test func whatIsAboutNoActorWaitsForNothing() throws {
        #expect(try add("stop a/b/1", "upgrade a/** f", "tree", "metrics", "help", "quit") == [0, 2, 3, 4, 5])
    }

    @Test func killWaitsForNothingAndWhatComesLaterForBoth() throws {
        #expect(try add("stop a/b/1", "ask a/b/1 x", "kill a/b/1", "send a/b/1 y") == [0, 2])
        #expect(finish(2).isEmpty)
        #expect(finish(0) == [1])
        #expect(finish(1) == [3])
    }

    @Test func anUpgradeOfManyStandsInTheOrderOfEachOfThem() throws {
        #expect(try add("ask a/b/1 x", "ask c/d/1 x", "upgrade a/** f", "ask a/b/2 y", "ask c/d/1 y") == [0, 1])
        #expect(finish(1) == [4])
        #expect(finish(0) == [2])
        #expect(try add("upgrade c/** g", "ask c/d/2 z", "ask e/f/1 z") == [7])
        #expect(finish(2) == [3])
        #expect(finish(4) == [5])
        #expect(finish(5) == [6])
        #expect(finish(3).isEmpty && finish(6).isEmpty && finish(7).isEmpty && queue.isEmpty)
    }

    @Test func linesOfTheCommandLineAreDoneInTheirOrder() throws {
        #expect(try add("ask a/b/1 x", "tree", "kill a/b/1", "ask a/b/2 x", isScripted: true) == [0])
        #expect(try add("ask a/b/3 x", "ask a/b/2 y") == [4])
        #expect(queue.hasScript)
        #expect(finish(0) == [1])
        #expect(finish(1) == [2])
        #expect(finish(2) == [3])
        #expect(finish(3) == [5])
        #expect(!queue.hasScript && !queue.isEmpty)
    }

    @Test func manyLinesAreQuicklySorted() throws {
        let count = 20_000
        for number in 0..<count { _ = try add("send a/b/\(number % 7) x") }
        let ready = (0..<count).map { finish($0) }
        #expect(ready.dropLast(7).enumerated().allSatisfy { $1 == [$0 + 7] })
        #expect(queue.isEmpty)
    }
}
