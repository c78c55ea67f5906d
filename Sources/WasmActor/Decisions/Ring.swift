/// A first-in, first-out queue in one buffer that grows and never shrinks.
struct Ring<Element> {
    private var slots: [Element?] = []
    private var head = 0
    /// How many elements there are.
    private(set) var count = 0

    /// Whether there is none.
    var isEmpty: Bool { count == 0 }

    /// The first element.
    var first: Element? { count == 0 ? nil : slots[head] }

    /// Adds an element at the end.
    mutating func append(_ element: Element) {
        if count == slots.count { grow() }
        // The number of slots is a power of two.
        slots[(head + count) & (slots.count - 1)] = element
        count += 1
    }

    /// Adds an element before the first.
    mutating func prepend(_ element: Element) {
        if count == slots.count { grow() }
        head = (head - 1) & (slots.count - 1)
        slots[head] = element
        count += 1
    }

    /// Removes the first element.
    mutating func popFirst() -> Element? {
        guard count > 0 else { return nil }
        let element = slots[head].take()
        head = (head + 1) & (slots.count - 1)
        count -= 1
        return element
    }

    /// Removes every element; they come in their order.
    mutating func removeAll() -> [Element] {
        var elements: [Element] = []
        elements.reserveCapacity(count)
        while let element = popFirst() { elements.append(element) }
        return elements
    }

    /// Removes the first element that fits; the others keep their order.
    mutating func removeFirst(where fits: (Element) -> Bool) -> Element? {
        var removed: Element?
        for element in removeAll() {
            if removed == nil, fits(element) {
                removed = element
            } else {
                append(element)
            }
        }
        return removed
    }

    private mutating func grow() {
        let elements = (0..<count).map { slots[(head + $0) & (slots.count - 1)] }
        // Of very many mailboxes most hold one message or none.
        let capacity = max(1, slots.count * 2)
        slots = elements + Array(repeating: nil, count: capacity - elements.count)
        head = 0
    }
}
