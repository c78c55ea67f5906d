/// A set that gives its elements in the order in which they came, whatever their hashes are.
struct InsertionSet<Element: Hashable>: ExpressibleByArrayLiteral {
    private var places: [Element: UInt64] = [:]
    private var last: UInt64 = 0

    init(arrayLiteral elements: Element...) {
        for element in elements { insert(element) }
    }

    /// How many elements there are.
    var count: Int { places.count }

    /// Whether there is none.
    var isEmpty: Bool { places.isEmpty }

    /// Adds an element at the end; says whether it is new.
    @discardableResult
    mutating func insert(_ element: Element) -> Bool {
        guard places[element] == nil else { return false }
        last += 1
        places[element] = last
        return true
    }

    /// Removes an element; says whether it was there.
    @discardableResult
    mutating func remove(_ element: Element) -> Bool { places.removeValue(forKey: element) != nil }

    /// Removes the elements that fit.
    mutating func removeAll(where fits: (Element) -> Bool) -> [Element] {
        let removed = places.filter { fits($0.key) }
        for element in removed.keys { places[element] = nil }
        return removed.sorted { $0.value < $1.value }.map(\.key)
    }

    /// The elements in their order.
    var elements: [Element] { places.sorted { $0.value < $1.value }.map(\.key) }
}
