import WasmComponentModel

extension WITScope {
    /// The resources that the scope defines, each with its constructor and its methods.
    func resourceDeclarations() -> [String] {
        items.flatMap { item -> [String] in
            guard case .resource(let resource) = item.type, isOwn(resource) else { return [] }
            let name = WITName.escaped(item.name)
            let members = items.compactMap { member(of: item.name, $0) }
            return members.isEmpty ? ["resource \(name);"] : ["resource \(name) {"] + members.indented + ["}"]
        }
    }

    private func member(of resource: String, _ item: NamedExtern) -> String? {
        guard case .function(let type) = item.type else { return nil }
        if item.name == "[constructor]" + resource {
            // A constructor's result is the resource and is not written; that of one that can fail is.
            guard let result = type.result, case .result = result else {
                return "constructor(\(parameterList(type.parameters)));"
            }
            return "constructor(\(parameterList(type.parameters))) -> \(reference(result));"
        }
        for (prefix, word) in [("[method]", ""), ("[static]", "static ")] {
            let start = "\(prefix)\(resource)."
            guard item.name.hasPrefix(start) else { continue }
            let name = WITName.escaped(String(item.name.dropFirst(start.count)))
            return "\(name): \(word)\(text(of: type, withoutSelf: word.isEmpty));"
        }
        return nil
    }
}
