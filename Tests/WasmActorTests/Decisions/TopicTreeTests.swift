import Testing
import WasmCore

@testable import WasmActor

@Suite struct TopicTreeTests {
    private func tree(_ subscriptions: [(String, String)]) throws -> TopicTree<String> {
        var tree = TopicTree<String>()
        for (subscriber, pattern) in subscriptions { _ = tree.subscribe(subscriber, to: try Pattern(pattern)) }
        return tree
    }

    @Test func aTopicReachesEveryPatternThatMatchesItOnce() throws {
        let tree = try tree([
            ("exact", "news/today"), ("star", "news/*"), ("rest", "news/**"), ("all", "**"), ("twice", "*/today"),
            ("twice", "news/*"), ("longer", "news/today/x"), ("shorter", "news"), ("other", "sports/*"),
        ])
        #expect(tree.subscribers(of: "news/today") == ["exact", "star", "rest", "all", "twice"])
        #expect(tree.subscribers(of: "news") == ["all", "shorter"])
        #expect(tree.subscribers(of: "news/today/x") == ["rest", "all", "longer"])
    }

    @Test func itAgreesWithThePatternsThemselves() throws {
        let segments = ["a", "b", "*"]
        var patterns = ["**"]
        for first in segments {
            patterns += [first, "\(first)/**"]
            for second in segments {
                patterns += ["\(first)/\(second)", "\(first)/\(second)/**"]
                patterns += segments.map { "\(first)/\(second)/\($0)" }
            }
        }
        let tree = try tree(patterns.map { ($0, $0) })
        for topic in ["a", "b", "c", "a/a", "a/c", "c/b", "c/c", "a/b/a", "b/c/c", "a/b/c/d", "c/c/c/c/c"] {
            let expected = try patterns.filter { try Pattern($0).matches(topic) }
            #expect(tree.subscribers(of: topic) == expected, "\(topic)")
        }
    }

    @Test func anEndedSubscriptionReachesNobodyAndLeavesNothing() throws {
        var tree = try tree([("one", "a/*/c"), ("one", "a/**"), ("two", "a/*/c")])
        #expect(tree.unsubscribe("one", from: try Pattern("a/*/c")))
        #expect(tree.subscribers(of: "a/b/c") == ["one", "two"])
        #expect(!tree.unsubscribe("one", from: try Pattern("a/*/c")))
        tree.remove("one")
        #expect(tree.subscribers(of: "a/b/c") == ["two"])
        tree.remove("two")
        #expect(tree.isEmpty)
    }

    @Test func theOrderIsThatOfTheFirstSubscriptions() throws {
        let names = (1...20).map { "subscriber \($0)" }
        var tree = try tree(names.flatMap { [($0, "a/**"), ($0, "a/b")] })
        #expect(tree.subscribers(of: "a/b") == names)
        tree.remove("subscriber 1")
        _ = tree.subscribe("subscriber 1", to: try Pattern("a/b"))
        #expect(tree.subscribers(of: "a/b") == names.dropFirst() + ["subscriber 1"])
    }

    @Test func aSecondSubscriptionToAPatternIsNone() throws {
        var tree = try tree([("one", "a")])
        #expect(!tree.subscribe("one", to: try Pattern("a")))
        #expect(tree.count(of: "one") == 1)
    }

    @Test func textsThatOnlyLookAlikeAreTwo() throws {
        let tree = try tree([("composed", "caf\u{e9}")])
        #expect(tree.subscribers(of: "cafe\u{301}").isEmpty)
    }
}
