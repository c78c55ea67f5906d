extension ComponentScope {
    /// Reads a component from its preamble to the end of the bytes.
    init(component reader: inout BinaryReader, in outer: [ComponentScope] = []) throws(Unreadable) {
        try self.init(in: outer)
        // The magic number, the version and the layer; libwasmtime checks them.
        try reader.skip(8)
        while !reader.isAtEnd {
            let id = try reader.byte()
            var section = try reader.part(try reader.number())
            try read(section: id, &section)
            // A definition that was misread would shift every index after it.
            guard section.isAtEnd else { throw Unreadable() }
        }
    }

    private mutating func read(section id: UInt8, _ section: inout BinaryReader) throws(Unreadable) {
        switch id {
        // Custom, core module, core instance, core type, start, value: nothing that has an index here.
        case 0, 1, 2, 3, 9, 12: section.skipToEnd()
        case 4:
            let exports = try ComponentScope(component: &section, in: outer + [self]).exportItems()
            add(.component, .component(exports))
        case 5: try read(&section) { (scope, reader) throws(Unreadable) in try scope.readInstance(&reader) }
        case 6: try read(&section) { (scope, reader) throws(Unreadable) in try scope.readAlias(&reader) }
        case 7: try read(&section) { (scope, reader) throws(Unreadable) in try scope.readType(&reader) }
        case 8: try read(&section) { (scope, reader) throws(Unreadable) in try scope.readCanonical(&reader) }
        case 10: try read(&section) { (scope, reader) throws(Unreadable) in try scope.readImport(&reader) }
        case 11: try read(&section) { (scope, reader) throws(Unreadable) in try scope.readExport(&reader) }
        default: throw Unreadable()
        }
    }

    /// Reads a vector of definitions.
    mutating func read(
        _ reader: inout BinaryReader,
        _ each: (inout ComponentScope, inout BinaryReader) throws(Unreadable) -> Void
    ) throws(Unreadable) {
        for _ in 0..<(try reader.number()) {
            try each(&self, &reader)
        }
    }

    private mutating func readInstance(_ reader: inout BinaryReader) throws(Unreadable) {
        switch try reader.byte() {
        case 0:
            guard case .component(let exports) = try shape(.component, try reader.number()) else { throw Unreadable() }
            try reader.vector { (reader) throws(Unreadable) in
                _ = try reader.text()
                _ = try Self.sortAndIndex(&reader)
            }
            add(.instance, .instance(exports))
        case 1:
            var shapes: [String: Shape] = [:]
            for _ in 0..<(try reader.number()) {
                let name = try Self.externName(&reader)
                let (sort, index) = try Self.sortAndIndex(&reader)
                shapes[name] = try shape(sort, index)
            }
            add(.instance, .instance(try Items(shapes)))
        default: throw Unreadable()
        }
    }

    mutating func readAlias(_ reader: inout BinaryReader) throws(Unreadable) {
        let (sort, isCoreFunction) = try Self.sort(&reader)
        switch try reader.byte() {
        case 0:
            let instance = try reader.number()
            add(sort, try export(try reader.text(), of: instance))
        case 1:
            _ = try reader.number()
            _ = try reader.text()
            if isCoreFunction { addCoreFunction() }
        case 2:
            let count = try reader.number()
            let index = try reader.number()
            guard count <= outer.count else { throw Unreadable() }
            add(sort, try (count == 0 ? self : outer[outer.count - count]).shape(sort, index))
        default: throw Unreadable()
        }
    }

    mutating func readImport(_ reader: inout BinaryReader) throws(Unreadable) {
        _ = try Self.externName(&reader)
        let (sort, shape) = try externType(&reader)
        add(sort, shape)
    }

    private mutating func readExport(_ reader: inout BinaryReader) throws(Unreadable) {
        let name = try Self.externName(&reader)
        let (sort, index) = try Self.sortAndIndex(&reader)
        var shape = try shape(sort, index)
        switch try reader.byte() {
        case 0: break
        case 1: (_, shape) = try externType(&reader)
        default: throw Unreadable()
        }
        addExport(name, sort, shape)
    }

    /// The name of an import or export.
    static func externName(_ reader: inout BinaryReader) throws(Unreadable) -> String {
        guard try reader.byte() <= 1 else { throw Unreadable() }
        return try reader.text()
    }

    /// A sort; `nil` for one of the core, of which only functions matter.
    private static func sort(_ reader: inout BinaryReader) throws(Unreadable) -> (Sort?, isCoreFunction: Bool) {
        let byte = try reader.byte()
        if byte == 0 { return (nil, try reader.byte() == 0) }
        guard let sort = Sort(rawValue: byte) else { throw Unreadable() }
        return (sort, false)
    }

    private static func sortAndIndex(_ reader: inout BinaryReader) throws(Unreadable) -> (Sort?, Int) {
        let (sort, _) = try sort(&reader)
        return (sort, try reader.number())
    }

    /// What an import or export is declared to be.
    func externType(_ reader: inout BinaryReader) throws(Unreadable) -> (Sort?, Shape) {
        switch try reader.byte() {
        case 0x00:
            guard try reader.byte() == 0x11 else { throw Unreadable() }
            _ = try reader.number()
            return (nil, .other)
        case 0x01:
            _ = try reader.number()
            return (.function, .function)
        case 0x03:
            switch try reader.byte() {
            case 0x00: return (.type, try shape(.type, try reader.number()))
            case 0x01: return (.type, .resource)
            default: throw Unreadable()
            }
        case 0x04: return (.component, try shape(.type, try reader.number()))
        case 0x05: return (.instance, try shape(.type, try reader.number()))
        default: throw Unreadable()
        }
    }
}
