import WasmComponentModel

/// Where each named type is first defined among the interfaces of a component.
struct WITTypeIndex {
    /// An interface and the type's name in it.
    struct Place {
        let interface: String
        let name: String
    }

    private var places: [ValueType: Place] = [:]

    /// Goes through interfaces in their order: what an interface uses stands in one before it.
    init(_ interfaces: [(fullName: String, items: [NamedExtern])]) {
        for (fullName, items) in interfaces {
            for item in items {
                guard case .type(let type) = item.type, type.isNominal, places[type] == nil else { continue }
                places[type] = Place(interface: fullName, name: item.name)
            }
        }
    }

    subscript(type: ValueType) -> Place? { places[type] }
}

/// The names that a scope takes from other interfaces.
struct WITUses {
    private var interfaces: [String] = []
    private var names: [String: [String]] = [:]

    /// Adds a name, once.
    mutating func add(_ name: String, from interface: String) {
        if names[interface] == nil { interfaces.append(interface) }
        if names[interface]?.contains(name) != true { names[interface, default: []].append(name) }
    }

    /// Whether the name comes from another interface.
    func contains(_ name: String) -> Bool { names.values.contains { $0.contains(name) } }

    /// One line for each interface; one of the same package goes by its own name alone.
    func lines(within fullName: String?) -> [String] {
        let package = fullName.flatMap(WITName.Interface.init)?.package
        return interfaces.map { interface in
            let parts = WITName.Interface(interface)
            let isNear = parts != nil && parts?.package == package
            let path = isNear ? parts.map { WITName.escaped($0.name) } : parts?.text
            return
                "use \(path ?? interface).{\((names[interface] ?? []).map(WITName.escaped).joined(separator: ", "))};"
        }
    }
}

extension ValueType {
    /// Whether WIT gives this kind of type a name wherever it is used.
    var isNominal: Bool {
        switch self {
        case .record, .variant, .enumeration, .flags: true
        default: false
        }
    }
}

extension [String] {
    /// The lines, four columns further in.
    var indented: [String] { map { "    " + $0 } }
}
