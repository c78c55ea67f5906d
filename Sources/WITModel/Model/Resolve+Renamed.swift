extension Resolve {
    /// The same packages, with an interface of its own for each name under which a world imports or exports one:
    /// after `import primary: store` the world's `primary` has the functions and types of `store`, and they are not
    /// those of `store`. An interface that stands under its own name stays what it is.
    ///
    /// - Returns: The packages; no world has a renamed interface any more.
    package func separatingRenamed() -> Resolve {
        var result = self
        var copies: [String: [InterfaceID: InterfaceID]] = [:]
        for index in result.worlds.indices {
            result.worlds[index].imports = result.separating(result.worlds[index].imports, &copies)
            result.worlds[index].exports = result.separating(result.worlds[index].exports, &copies)
        }
        return result
    }

    private mutating func separating(
        _ items: [WorldItem],
        _ copies: inout [String: [InterfaceID: InterfaceID]]
    ) -> [WorldItem] {
        var separated: [WorldItem] = []
        for item in items {
            guard case .interface(let id) = item.kind, let name = qualifiedName(id), name != item.name else {
                separated.append(item)
                continue
            }
            let copy = copies[item.name]?[id] ?? copied(id)
            copies[item.name, default: [:]][id] = copy
            var renamed = item
            renamed.kind = .interface(copy)
            separated.append(renamed)
        }
        return separated
    }

    /// Adds an interface without a name that has what another one has.
    private mutating func copied(_ id: InterfaceID) -> InterfaceID {
        let original = self[id]
        let copy = InterfaceID(index: interfaces.count)
        var twins: [TypeID: TypeID] = [:]
        for (index, type) in original.types.enumerated() { twins[type] = TypeID(index: types.count + index) }
        func twin(_ id: TypeID) -> TypeID { twins[id] ?? id }
        types += original.types.map { self[$0].copy(named: self[$0].name, owner: .interface(copy), twin) }
        interfaces.append(
            Interface(
                name: nil,
                package: original.package,
                types: original.types.map(twin),
                functions: original.functions.map { $0.copy(named: $0.externName, twin) },
                documentation: original.documentation,
                stability: original.stability,
                span: original.span,
                copyOf: id
            )
        )
        return copy
    }
}
