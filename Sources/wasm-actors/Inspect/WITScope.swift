import WasmComponentModel

/// An interface or a world as WIT text: its types get their names back, its resources their methods.
///
/// A component's types are structural; which record a function means is told by comparing with the types that the same
/// scope defines, and then with those of the interfaces before it.
struct WITScope {
    /// The full name of the interface; none for a world and for an interface inside one.
    let fullName: String?
    let items: [NamedExtern]
    /// The name of each record, variant, enum and flags type that the scope defines or uses.
    private(set) var names: [ValueType: String] = [:]
    /// What comes from other interfaces.
    private(set) var uses = WITUses()
    /// Types that functions mean and that nothing defines.
    private var nameless: [ValueType] = []

    /// Makes a scope.
    ///
    /// - Parameters:
    ///   - fullName: The full name of the interface; none for a world and for an interface inside one.
    ///   - items: What it holds, in order.
    ///   - others: The types that other interfaces define.
    init(fullName: String?, items: [NamedExtern], others: WITTypeIndex) {
        self.fullName = fullName
        self.items = items
        for item in items {
            guard case .type(let type) = item.type, type.isNominal, names[type] == nil else { continue }
            names[type] = item.name
            if let place = others[type], place.interface != fullName, place.name == item.name {
                uses.add(item.name, from: place.interface)
            }
        }
        for item in items {
            switch item.type {
            case .function(let type):
                for parameter in type.parameters { name(parameter.type, others) }
                if let result = type.result { name(result, others) }
            case .type(let type) where !uses.contains(item.name):
                for part in type.children { name(part, others) }
            case .resource(let resource):
                name(.own(resource), others)
            default: break
            }
        }
    }

    /// The lines that declare everything but the functions of a world, which need `import` or `export`.
    func declarations() -> [String] {
        uses.lines(within: fullName) + types() + resourceDeclarations()
    }

    /// The functions that belong to no resource, each as its name and its type.
    func functions() -> [(name: String, text: String)] {
        items.compactMap { item in
            guard case .function(let type) = item.type, !item.name.hasPrefix("[") else { return nil }
            return (WITName.escaped(item.name), text(of: type))
        }
    }

    // MARK: Names

    /// Finds names for what a type that is printed here is made of.
    private mutating func name(_ type: ValueType, _ others: WITTypeIndex) {
        switch type {
        case .own(let resource), .borrow(let resource):
            if !isOwn(resource), let interface = resource.interface { uses.add(resource.name, from: interface) }
        case _ where type.isNominal:
            guard names[type] == nil else { return }
            let isTaken = others[type].map { names.values.contains($0.name) }
            if let place = others[type], place.interface != fullName, isTaken == false {
                names[type] = place.name
                uses.add(place.name, from: place.interface)
            } else {
                for part in type.children { name(part, others) }
                names[type] = "nameless-\(nameless.count + 1)"
                nameless.append(type)
            }
        default:
            for part in type.children { name(part, others) }
        }
    }

    /// Whether the scope defines the resource itself.
    func isOwn(_ resource: ResourceType) -> Bool {
        resource.interface == fullName || resource.interface.flatMap(WITName.Interface.init) == nil
    }

    // MARK: Types

    private func types() -> [String] {
        let named = items.flatMap { item -> [String] in
            guard case .type(let type) = item.type, !uses.contains(item.name) else { return [] }
            return definition(of: type, as: item.name)
        }
        return named + nameless.flatMap { type in names[type].map { definition(of: type, as: $0) } ?? [] }
    }

    private func definition(of type: ValueType, as name: String) -> [String] {
        let escaped = WITName.escaped(name)
        guard names[type] == name else { return ["type \(escaped) = \(reference(type));"] }
        switch type {
        case .record(let fields):
            return block("record \(escaped)", fields.map { "\(WITName.escaped($0.name)): \(reference($0.type))" })
        case .variant(let cases):
            let texts = cases.map { WITName.escaped($0.name) + ($0.payload.map { "(\(reference($0)))" } ?? "") }
            return block("variant \(escaped)", texts)
        case .enumeration(let names): return block("enum \(escaped)", names.map(WITName.escaped))
        case .flags(let names): return block("flags \(escaped)", names.map(WITName.escaped))
        default: return ["type \(escaped) = \(reference(type));"]
        }
    }

    /// Parts in braces, on one line where they fit.
    private func block(_ head: String, _ parts: [String]) -> [String] {
        let line = "\(head) { \(list(parts)) }"
        return line.count <= 100 ? [line] : ["\(head) {"] + parts.map { $0 + "," }.indented + ["}"]
    }

    /// A type where it is used: its name here, or its structure where it needs no name.
    func reference(_ type: ValueType) -> String {
        if let name = names[type] { return WITName.escaped(name) }
        switch type {
        case .list(let element): return "list<\(reference(element))>"
        case .map(let key, let value): return "map<\(reference(key)), \(reference(value))>"
        case .tuple(let elements): return "tuple<\(list(elements.map(reference)))>"
        case .option(let payload): return "option<\(reference(payload))>"
        case .result(nil, nil): return "result"
        case .result(let ok?, nil): return "result<\(reference(ok))>"
        case .result(let ok, let error?): return "result<\(ok.map(reference) ?? "_"), \(reference(error))>"
        case .own(let resource): return WITName.escaped(resource.name)
        case .borrow(let resource): return "borrow<\(WITName.escaped(resource.name))>"
        case .future(let payload?): return "future<\(reference(payload))>"
        case .stream(let payload?): return "stream<\(reference(payload))>"
        default: return type.description
        }
    }

    /// A function's type.
    func text(of function: FunctionType, withoutSelf: Bool = false) -> String {
        let parameters = withoutSelf ? Array(function.parameters.dropFirst()) : function.parameters
        let result = function.result.map { " -> \(reference($0))" } ?? ""
        return "\(function.isAsync ? "async " : "")func(\(parameterList(parameters)))\(result)"
    }

    /// Parameters as they stand between parentheses.
    func parameterList(_ parameters: [FunctionType.Parameter]) -> String {
        list(parameters.map { "\(WITName.escaped($0.name)): \(reference($0.type))" })
    }

    private func list(_ texts: [String]) -> String { texts.joined(separator: ", ") }
}
