internal import WasmCore

extension Inbox {
    /// Takes something out, when it is there.
    ///
    /// - Throws: `ExpectationError` where the time is over or the waiting task was cancelled.
    func expect<Value>(
        _ what: String,
        within time: Duration,
        on clock: any ActorClock,
        _ find: ([Element]) -> Take<Value>?
    ) async throws(ExpectationError) -> Value {
        let found = await take(within: time, on: clock, find)
        if let found { return found }
        throw ExpectationError(Task.isCancelled ? .cancelled : .timeout, expected: what, seen: descriptions)
    }

    /// Takes the first element that fits, when it is there.
    ///
    /// - Throws: `ExpectationError` where the time is over or the waiting task was cancelled.
    func expectFirst(
        _ what: String,
        within time: Duration,
        on clock: any ActorClock,
        where fits: (Element) -> Bool
    ) async throws(ExpectationError) -> Element {
        try await expect(what, within: time, on: clock) { elements in
            elements.firstIndex(where: fits).map { Take(value: elements[$0], places: $0..<$0 + 1) }
        }
    }

    /// Waits until the time is over.
    ///
    /// - Throws: `ExpectationError` where something comes that fits, or is there already.
    func expectNothing(
        _ what: String,
        within time: Duration,
        on clock: any ActorClock,
        where fits: (Element) -> Bool
    ) async throws(ExpectationError) {
        let found = await take(within: time, on: clock) { elements in
            elements.first(where: fits).map { Take(value: $0, places: 0..<0) }
        }
        if let found { throw ExpectationError(.unexpected, expected: what, seen: ["\(found)"]) }
        if Task.isCancelled { throw ExpectationError(.cancelled, expected: what, seen: descriptions) }
    }

    private var descriptions: [String] { elements.map { "\($0)" } }
}
