extension ComponentScope {
    /// Reads a type definition.
    mutating func readType(_ reader: inout BinaryReader) throws(Unreadable) {
        switch try reader.peek() {
        case 0x3F:
            try reader.skip(2)
            try Self.skipOptional(&reader) { (reader) throws(Unreadable) in _ = try reader.number() }
            add(.type, .resource)
        case 0x40, 0x43:
            try reader.skip(1)
            try Self.skipFunction(&reader)
            add(.type, .function)
        case 0x41:
            try reader.skip(1)
            add(.type, .component(try declaredExports(&reader)))
        case 0x42:
            try reader.skip(1)
            add(.type, .instance(try declaredExports(&reader)))
        default:
            try Self.skipValueType(&reader)
            add(.type, .other)
        }
    }

    /// Reads the declarations of a component type or an instance type; its own scope is gone when this one changes.
    private func declaredExports(_ reader: inout BinaryReader) throws(Unreadable) -> Items {
        var scope = try ComponentScope(in: outer + [self])
        try scope.read(&reader) { (scope, reader) throws(Unreadable) in try scope.readDeclaration(&reader) }
        return try scope.exportItems()
    }

    /// Reads a declaration of a component type or an instance type.
    private mutating func readDeclaration(_ reader: inout BinaryReader) throws(Unreadable) {
        switch try reader.byte() {
        case 0x01: try readType(&reader)
        case 0x02: try readAlias(&reader)
        case 0x03: try readImport(&reader)
        case 0x04:
            let name = try Self.externName(&reader)
            let (sort, shape) = try externType(&reader)
            addExport(name, sort, shape)
        default: throw Unreadable()
        }
    }

    private static func skipFunction(_ reader: inout BinaryReader) throws(Unreadable) {
        try reader.vector { (reader) throws(Unreadable) in
            _ = try reader.text()
            try skipReference(&reader)
        }
        try skipResult(&reader)
    }

    /// Skips the result of a function, or that it has none.
    static func skipResult(_ reader: inout BinaryReader) throws(Unreadable) {
        switch try reader.byte() {
        case 0x00: try skipReference(&reader)
        case 0x01: guard try reader.byte() == 0 else { throw Unreadable() }
        default: throw Unreadable()
        }
    }

    /// Skips the definition of a type of values.
    private static func skipValueType(_ reader: inout BinaryReader) throws(Unreadable) {
        switch try reader.byte() {
        // The primitive types and error-context.
        case 0x73...0x7F, 0x64: break
        case 0x72: try skipFields(&reader)
        case 0x71:
            try reader.vector { (reader) throws(Unreadable) in
                _ = try reader.text()
                try skipOptional(&reader, skipReference)
                guard try reader.byte() == 0 else { throw Unreadable() }
            }
        // list, option
        case 0x70, 0x6B: try skipReference(&reader)
        case 0x67:
            try skipReference(&reader)
            _ = try reader.number()
        case 0x6F: try reader.vector(skipReference)
        // flags, enum
        case 0x6E, 0x6D: try reader.vector { (reader) throws(Unreadable) in _ = try reader.text() }
        case 0x6A:
            try skipOptional(&reader, skipReference)
            try skipOptional(&reader, skipReference)
        // own, borrow
        case 0x69, 0x68: _ = try reader.number()
        // stream, future
        case 0x66, 0x65: try skipOptional(&reader, skipReference)
        // map
        case 0x63:
            try skipReference(&reader)
            try skipReference(&reader)
        default: throw Unreadable()
        }
    }

    private static func skipFields(_ reader: inout BinaryReader) throws(Unreadable) {
        try reader.vector { (reader) throws(Unreadable) in
            _ = try reader.text()
            try skipReference(&reader)
        }
    }

    /// Skips a primitive type or the index of a type.
    private static func skipReference(_ reader: inout BinaryReader) throws(Unreadable) {
        if (0x40...0x7F).contains(try reader.peek()) {
            try reader.skip(1)
        } else {
            _ = try reader.number()
        }
    }

    private static func skipOptional(
        _ reader: inout BinaryReader,
        _ some: (inout BinaryReader) throws(Unreadable) -> Void
    ) throws(Unreadable) {
        switch try reader.byte() {
        case 0x00: break
        case 0x01: try some(&reader)
        default: throw Unreadable()
        }
    }
}
