extension ResolveEncoder {
    mutating func write(_ id: TypeID, _ writer: inout JSONWriter) {
        let type = resolve[id]
        writer.element()
        writer.object { writer in
            writer.key("name")
            writer.string(type.name)
            writer.key("kind")
            write(type.kind, &writer)
            writer.key("owner")
            writer.object { writer in
                switch type.owner {
                case .interface(let id):
                    writer.key("interface")
                    writer.number(interfacePlaces[id] ?? 0)
                case .world(let id):
                    writer.key("world")
                    writer.number(worldPlaces[id] ?? 0)
                }
            }
            write(type.documentation, &writer)
            write(type.stability, &writer)
            write(externalID: type.externalID, &writer)
        }
    }

    /// Writes a type that has no name.
    mutating func writeAnonymous(_ type: WITType, _ writer: inout JSONWriter) {
        writer.element()
        writer.object { writer in
            writer.key("name")
            writer.null()
            writer.key("kind")
            write(kind: type, &writer)
            writer.key("owner")
            writer.null()
        }
    }

    private mutating func write(_ kind: TypeDefinition.Kind, _ writer: inout JSONWriter) {
        switch kind {
        case .resource: writer.string("resource")
        case .alias(let target): write(kind: target, &writer)
        case .record(let fields):
            write("record", "fields", fields.map { ($0.name, .some($0.type), $0.documentation) }, &writer)
        case .variant(let cases):
            write("variant", "cases", cases.map { ($0.name, .some($0.payload), $0.documentation) }, &writer)
        case .enumeration(let cases): write("enum", "cases", cases.map { ($0.name, nil, $0.documentation) }, &writer)
        case .flags(let flags): write("flags", "flags", flags.map { ($0.name, nil, $0.documentation) }, &writer)
        }
    }

    /// Writes named parts; the inner nil of a type is written as null, the outer one not at all.
    private mutating func write(
        _ kind: String,
        _ list: String,
        _ parts: [(name: String, type: WITType??, documentation: Documentation)],
        _ writer: inout JSONWriter
    ) {
        writer.object { writer in
            writer.key(kind)
            writer.object { writer in
                writer.key(list)
                writer.array { writer in
                    for part in parts {
                        writer.element()
                        writer.object { writer in
                            writer.key("name")
                            writer.string(part.name)
                            if let type = part.type {
                                writer.key("type")
                                write(type, &writer)
                            }
                            write(part.documentation, &writer)
                        }
                    }
                }
            }
        }
    }

    /// Writes what a type is made of, as the kind of a definition.
    private mutating func write(kind type: WITType, _ writer: inout JSONWriter) {
        writer.object { writer in
            switch type {
            case .list(let element):
                writer.key("list")
                write(element, &writer)
            case .fixedLengthList(let element, let count):
                writer.key("fixed-length-list")
                writer.array { writer in
                    writer.element()
                    write(element, &writer)
                    writer.element()
                    writer.number(Int(count))
                }
            case .map(let key, let value):
                writer.key("map")
                write([key, value], &writer)
            case .tuple(let elements):
                writer.key("tuple")
                writer.object { writer in
                    writer.key("types")
                    write(elements, &writer)
                }
            case .option(let some):
                writer.key("option")
                write(some, &writer)
            case .result(let ok, let error):
                writer.key("result")
                writer.object { writer in
                    writer.key("ok")
                    write(ok, &writer)
                    writer.key("err")
                    write(error, &writer)
                }
            case .future(let payload):
                writer.key("future")
                write(payload, &writer)
            case .stream(let payload):
                writer.key("stream")
                write(payload, &writer)
            case .own(let id): writeHandle("own", id, &writer)
            case .borrow(let id): writeHandle("borrow", id, &writer)
            default:
                writer.key("type")
                write(type, &writer)
            }
        }
    }

    private mutating func write(_ types: [WITType], _ writer: inout JSONWriter) {
        writer.array { writer in
            for type in types {
                writer.element()
                write(type, &writer)
            }
        }
    }

    private func writeHandle(_ word: String, _ id: TypeID, _ writer: inout JSONWriter) {
        writer.key("handle")
        writer.object { writer in
            writer.key(word)
            writer.number(typePlaces[id] ?? 0)
        }
    }
}
