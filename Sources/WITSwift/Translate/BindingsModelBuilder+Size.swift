import WITModel

extension BindingsModelBuilder {
    /// The most parts that a type may have when every type in it is written out; WebAssembly's own limit is near.
    static let largestPartCount = 100_000

    /// Refuses types that would take for ever to write out: 40 records of two fields each, one made of the other, have 2^40
    /// parts.
    mutating func refuseHugeTypes() {
        var counts: [TypeID: Int] = [:]
        for index in resolve.types.indices {
            let id = TypeID(index: index)
            let count = min(resolve.parts(of: id).reduce(1) { $0 + partCount($1, counts) }, Self.largestPartCount + 1)
            counts[id] = count
            // The first of a chain is refused alone: the others are as large for its sake.
            let isFirst = !resolve.parts(of: id).contains { partCount($0, counts) > Self.largestPartCount }
            guard count > Self.largestPartCount, isFirst else { continue }
            refuse(
                Diagnostic(
                    "the type `\(resolve[id].name)` has more than \(Self.largestPartCount) parts",
                    at: resolve[id].span,
                    hint: "what is made of so many parts crosses as a `list`"
                )
            )
        }
    }

    /// The types of a package come in an order in which each is made of earlier ones.
    private func partCount(_ type: WITType, _ counts: [TypeID: Int]) -> Int {
        let count =
            if case .named(let id) = type {
                counts[resolve.definition(id)] ?? counts[id] ?? 1
            } else {
                type.parts.reduce(1) { min($0 + partCount($1, counts), Self.largestPartCount + 1) }
            }
        return min(count, Self.largestPartCount + 1)
    }
}
