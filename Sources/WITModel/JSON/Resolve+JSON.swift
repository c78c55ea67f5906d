extension Resolve {
    /// The packages as JSON in the schema of `wasm-tools component wit --json`: worlds, interfaces, types and packages
    /// that refer to each other by their places.
    ///
    /// Named types come first, in the order of their packages and interfaces, and then those without a name, each once.
    public var json: String {
        var encoder = ResolveEncoder(self)
        return encoder.encoded()
    }
}

/// Gives every part of a `Resolve` its place in the JSON and writes it.
struct ResolveEncoder {
    let resolve: Resolve
    var worlds: [WorldID] = []
    var interfaces: [InterfaceID] = []
    var interfacePlaces: [InterfaceID: Int] = [:]
    var worldPlaces: [WorldID: Int] = [:]
    private var types: [TypeID] = []
    var typePlaces: [TypeID: Int] = [:]
    /// The types without a name, each behind those that it is made of.
    private var anonymous: [WITType] = []
    private var anonymousPlaces: [WITType: Int] = [:]

    init(_ resolve: Resolve) {
        self.resolve = resolve
        for package in resolve.packages {
            package.interfaces.forEach { add($0) }
            for world in package.worlds {
                worldPlaces[world] = worlds.count
                worlds.append(world)
                for item in resolve[world].imports + resolve[world].exports {
                    switch item.kind {
                    case .interface(let id) where resolve[id].name == nil: add(id)
                    case .type(let id): add(id)
                    case .interface, .function: break
                    }
                }
            }
        }
    }

    private mutating func add(_ id: InterfaceID) {
        interfacePlaces[id] = interfaces.count
        interfaces.append(id)
        resolve[id].types.forEach { add($0) }
    }

    private mutating func add(_ id: TypeID) {
        typePlaces[id] = types.count
        types.append(id)
    }

    /// The place of a type that has none of its own; gives it one.
    private mutating func place(_ type: WITType) -> Int {
        if let place = anonymousPlaces[type] { return place }
        // What it is made of comes first.
        for part in type.parts { _ = reference(to: part) }
        let place = types.count + anonymous.count
        anonymousPlaces[type] = place
        anonymous.append(type)
        return place
    }

    /// How a type is referred to: a primitive by its name, any other by its place.
    func reference(_ type: WITType, _ place: Int?, _ writer: inout JSONWriter) {
        if let place { writer.number(place) } else { writer.string("\(type)") }
    }

    private mutating func reference(to type: WITType) -> Int? {
        switch type {
        case .bool, .s8, .u8, .s16, .u16, .s32, .u32, .s64, .u64, .f32, .f64, .char, .string, .errorContext: nil
        case .named(let id): typePlaces[id]
        default: place(type)
        }
    }

    mutating func write(_ type: WITType, _ writer: inout JSONWriter) {
        if case .errorContext = type { return writer.string("error-context") }
        reference(type, reference(to: type), &writer)
    }

    mutating func write(_ type: WITType?, _ writer: inout JSONWriter) {
        if let type { write(type, &writer) } else { writer.null() }
    }

    mutating func encoded() -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("worlds")
            writer.array { writer in
                for id in worlds { write(id, &writer) }
            }
            writer.key("interfaces")
            writer.array { writer in
                for id in interfaces { write(id, &writer) }
            }
            writer.key("types")
            writer.array { writer in
                for id in types { write(id, &writer) }
                // Those that come up while others are written are written last.
                var place = 0
                while place < anonymous.count {
                    writeAnonymous(anonymous[place], &writer)
                    place += 1
                }
            }
            writer.key("packages")
            writer.array { writer in
                for package in resolve.packages { write(package, &writer) }
            }
        }
        return writer.text
    }

    private func write(_ package: Package, _ writer: inout JSONWriter) {
        writer.element()
        writer.object { writer in
            writer.key("name")
            writer.string(package.name.description)
            write(package.documentation, &writer)
            writer.key("interfaces")
            writer.object { writer in
                for id in package.interfaces {
                    writer.key(resolve[id].name ?? "")
                    writer.number(interfacePlaces[id] ?? 0)
                }
            }
            writer.key("worlds")
            writer.object { writer in
                for id in package.worlds {
                    writer.key(resolve[id].name)
                    writer.number(worldPlaces[id] ?? 0)
                }
            }
        }
    }

    func write(_ documentation: Documentation, _ writer: inout JSONWriter) {
        guard let text = documentation.text else { return }
        writer.key("docs")
        writer.object { writer in
            writer.key("contents")
            writer.string(text)
        }
    }

    func write(_ stability: Stability, _ writer: inout JSONWriter) {
        let (word, field, value, deprecated): (String, String, String, SemanticVersion?)
        switch stability {
        case .unknown: return
        case .stable(let since, let version):
            (word, field, value, deprecated) = ("stable", "since", "\(since)", version)
        case .unstable(let feature, let version):
            (word, field, value, deprecated) = ("unstable", "feature", feature, version)
        }
        writer.key("stability")
        writer.object { writer in
            writer.key(word)
            writer.object { writer in
                writer.key(field)
                writer.string(value)
                guard let deprecated else { return }
                writer.key("deprecated")
                writer.string("\(deprecated)")
            }
        }
    }

    func write(externalID: String?, _ writer: inout JSONWriter) {
        guard let externalID else { return }
        writer.key("external_id")
        writer.string(externalID)
    }
}
