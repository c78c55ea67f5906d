/// Completes a world: adds the interfaces that others take types from, each in front of those that need it. What an
/// export needs is taken from the exports where it is there, and imported otherwise.
struct WorldElaboration {
    private let resolve: Resolve
    private(set) var imports = WorldItems()
    private(set) var exports = WorldItems()
    /// An export that needs an interface both imported and exported.
    private(set) var conflict: (item: WorldItem, interface: InterfaceID)?

    init(imports: WorldItems, exports: WorldItems, in resolve: Resolve) {
        self.resolve = resolve
        var sorted = imports
        sorted.sort(in: resolve)
        for item in sorted.items {
            if case .type(let id) = item.kind, let dependency = resolve.source(of: id) {
                addImport(self.item(dependency, resolve[id].stability, item.span))
            }
            addImport(item)
        }
        for item in exports.items {
            if case .interface = item.kind { continue }
            _ = self.exports.add(item)
        }
        var required: Set<InterfaceID> = []
        for item in exports.items where conflict == nil {
            if case .interface(let id) = item.kind { addExport(item, id, among: exports, &required) }
        }
        self.imports.sort(in: resolve)
    }

    private func item(
        _ interface: InterfaceID,
        _ stability: Stability,
        _ span: Span,
        externalID: String? = nil
    ) -> WorldItem {
        WorldItem(
            name: resolve.qualifiedName(interface) ?? "",
            kind: .interface(interface),
            externalID: externalID,
            stability: stability,
            span: span
        )
    }

    /// Adds an import behind those that it takes types from.
    private mutating func addImport(_ item: WorldItem) {
        guard !imports.contains(item.name) else { return }
        guard case .interface(let id) = item.kind else {
            _ = imports.add(item)
            return
        }
        var stack = [(item: item, dependencies: resolve.sources(of: id)[...])]
        while let top = stack.last {
            guard let dependency = top.dependencies.first else {
                _ = imports.add(top.item)
                stack.removeLast()
                continue
            }
            stack[stack.count - 1].dependencies.removeFirst()
            let next = self.item(dependency, item.stability, item.span)
            if !imports.contains(next.name) { stack.append((next, resolve.sources(of: dependency)[...])) }
        }
    }

    private struct ExportFrame {
        let item: WorldItem
        let interface: InterfaceID
        let isExported: Bool
        var dependencies: ArraySlice<InterfaceID>
    }

    /// Adds an export behind those that it takes types from.
    private mutating func addExport(
        _ item: WorldItem,
        _ interface: InterfaceID,
        among wanted: WorldItems,
        _ required: inout Set<InterfaceID>
    ) {
        guard !exports.contains(item.name) else { return }
        let frame = ExportFrame(
            item: item,
            interface: interface,
            isExported: true,
            dependencies: resolve.sources(of: interface)[...]
        )
        var stack = [frame]
        while let top = stack.last {
            if let dependency = top.dependencies.first {
                stack[stack.count - 1].dependencies.removeFirst()
                let next = self.item(dependency, item.stability, item.span, externalID: item.externalID)
                let isExported = top.isExported && wanted.contains(next.name)
                if exports.contains(next.name) {
                    if isExported { continue }
                    conflict = (item, dependency)
                    return
                }
                if !isExported, required.contains(dependency) { continue }
                stack.append(
                    ExportFrame(
                        item: next,
                        interface: dependency,
                        isExported: isExported,
                        dependencies: resolve.sources(of: dependency)[...]
                    )
                )
                continue
            }
            stack.removeLast()
            if top.isExported {
                if required.contains(top.interface) {
                    conflict = (item, top.interface)
                    return
                }
                _ = exports.add(top.item)
            } else {
                required.insert(top.interface)
                _ = imports.add(top.item)
            }
        }
    }
}

extension Resolve {
    /// The interface that a type was brought in from by `use`; nil where the type is defined here.
    func source(of type: TypeID) -> InterfaceID? {
        guard self[type].isUse, case .alias(.named(let target)) = self[type].kind,
            case .interface(let owner) = self[target].owner
        else { return nil }
        return owner
    }

    /// The interfaces that an interface takes types from, in order.
    func sources(of interface: InterfaceID) -> [InterfaceID] {
        var seen: Set<InterfaceID> = []
        return self[interface].types.compactMap { source(of: $0) }.filter { seen.insert($0).inserted }
    }
}
