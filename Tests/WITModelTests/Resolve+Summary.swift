import WITModel

extension Resolve {
    /// All that was resolved, in a form for eyes and comparisons.
    var summary: String {
        var lines: [String] = []
        for package in packages {
            lines.append("package \(package.name)")
            lines += package.docs.map { "  /// \($0)" }
            for id in package.interfaces {
                lines += summary(of: self[id], self[id].name ?? "")
            }
            for id in package.worlds { lines += summary(of: self[id]) }
        }
        return lines.joined(separator: "\n")
    }

    private func summary(of interface: Interface, _ name: String) -> [String] {
        var lines = interface.docs.map { "  /// \($0)" } + ["  interface \(name)"]
        for id in interface.types { lines += summary(of: self[id]) }
        for function in interface.functions { lines.append("    \(summary(of: function))") }
        return lines
    }

    private func summary(of world: World) -> [String] {
        var lines = world.docs.map { "  /// \($0)" } + ["  world \(world.name)"]
        for (word, items) in [("import", world.imports), ("export", world.exports)] {
            for item in items {
                switch item.kind {
                case .interface(let id) where self[id].name == nil:
                    lines.append("    \(word) \(item.name):")
                    lines += summary(of: self[id], "(inline)").map { "    \($0)" }
                case .interface: lines.append("    \(word) \(item.name)")
                case .function(let function): lines.append("    \(word) \(item.name): \(summary(of: function))")
                case .type(let id): lines += summary(of: self[id]).map { "    \(word)\($0.dropFirst(3))" }
                }
            }
        }
        return lines
    }

    private func summary(of type: TypeDefinition) -> [String] {
        func cases(_ cases: [Case]) -> String {
            cases.map { $0.name + ($0.payload.map { "(\(name($0)))" } ?? "") }.joined(separator: ", ")
        }
        let head: String =
            switch type.kind {
            case .record(let fields):
                "record \(type.name) { " + fields.map { "\($0.name): \(name($0.type))" }.joined(separator: ", ") + " }"
            case .variant(let items): "variant \(type.name) { \(cases(items)) }"
            case .enumeration(let items): "enum \(type.name) { \(cases(items)) }"
            case .flags(let items): "flags \(type.name) { \(cases(items)) }"
            case .alias(let target): "\(type.isUse ? "use" : "type") \(type.name) = \(name(target))"
            case .resource: "resource \(type.name)"
            }
        return type.docs.map { "    /// \($0)" } + ["    \(head)"]
    }

    private func summary(of function: Function) -> String {
        let parameters = function.parameters.map { "\($0.name): \(name($0.type))" }.joined(separator: ", ")
        let result = function.result.map { " -> \(name($0))" } ?? ""
        let gate = function.stability == .unknown ? "" : " @\(function.stability)"
        return "\(function.isAsync ? "async " : "")\(function.externName)(\(parameters))\(result)\(gate)"
    }

    private func name(_ id: TypeID) -> String {
        switch self[id].owner {
        case .interface(let owner): "\(self[owner].name ?? "(inline)").\(self[id].name)"
        case .world(let owner): "\(self[owner].name).\(self[id].name)"
        }
    }

    private func name(_ type: WITType) -> String {
        switch type {
        case .list(let element): "list<\(name(element))>"
        case .fixedLengthList(let element, let count): "list<\(name(element)), \(count)>"
        case .map(let key, let value): "map<\(name(key)), \(name(value))>"
        case .tuple(let elements): "tuple<\(elements.map(name).joined(separator: ", "))>"
        case .option(let some): "option<\(name(some))>"
        case .result(let ok, let error): "result<\(ok.map(name) ?? "_"), \(error.map(name) ?? "_")>"
        case .future(let payload): "future<\(payload.map(name) ?? "_")>"
        case .stream(let payload): "stream<\(payload.map(name) ?? "_")>"
        case .own(let id): "own<\(name(id))>"
        case .borrow(let id): "borrow<\(name(id))>"
        case .named(let id): name(id)
        default: "\(type)"
        }
    }
}
