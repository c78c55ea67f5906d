/// Deadlines, the earliest first; equal ones in the order of their numbers.
package struct DeadlineHeap {
    private struct Entry {
        let deadline: Duration
        let number: UInt64
    }

    private var heap: [Entry] = []
    private var actions: [UInt64: @Sendable () -> Void] = [:]

    /// Makes one without timers.
    package init() {}

    /// How many timers wait.
    package var count: Int { actions.count }

    /// The earliest deadline.
    package var firstDeadline: Duration? { heap.first?.deadline }

    /// The number of the timer with the earliest deadline.
    package var firstNumber: UInt64? { heap.first?.number }

    /// Adds a timer.
    package mutating func insert(number: UInt64, deadline: Duration, action: @escaping @Sendable () -> Void) {
        actions[number] = action
        heap.append(Entry(deadline: deadline, number: number))
        var index = heap.count - 1
        while index > 0, isBefore(heap[index], heap[(index - 1) / 2]) {
            heap.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    /// Removes a timer; its place in the heap stays until it comes up, or until most places are such.
    package mutating func remove(_ number: UInt64) {
        guard actions.removeValue(forKey: number) != nil else { return }
        if heap.count > 64, heap.count > 4 * actions.count {
            let live = heap.filter { actions[$0.number] != nil }.sorted { isBefore($0, $1) }
            heap = live
        }
        dropRemoved()
    }

    /// Takes out the action of the earliest timer, where its deadline has passed.
    package mutating func popDue(_ now: Duration) -> (@Sendable () -> Void)? {
        guard let first = heap.first, first.deadline <= now else { return nil }
        popFirst()
        defer { dropRemoved() }
        return actions.removeValue(forKey: first.number)
    }

    /// Keeps a timer that waits on top.
    private mutating func dropRemoved() {
        while let first = heap.first, actions[first.number] == nil { popFirst() }
    }

    private mutating func popFirst() {
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        var index = 0
        while true {
            var smallest = index
            for child in [2 * index + 1, 2 * index + 2] where child < heap.count {
                if isBefore(heap[child], heap[smallest]) { smallest = child }
            }
            if smallest == index { return }
            heap.swapAt(index, smallest)
            index = smallest
        }
    }

    private func isBefore(_ left: Entry, _ right: Entry) -> Bool {
        (left.deadline, left.number) < (right.deadline, right.number)
    }
}
