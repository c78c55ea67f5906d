extension ResolveEncoder {
    mutating func write(_ id: WorldID, _ writer: inout JSONWriter) {
        let world = resolve[id]
        writer.element()
        writer.object { writer in
            writer.key("name")
            writer.string(world.name)
            for (key, items) in [("imports", world.imports), ("exports", world.exports)] {
                writer.key(key)
                writer.object { writer in
                    for item in items { write(item, &writer) }
                }
            }
            writer.key("package")
            writer.number(world.package.index)
            write(world.documentation, &writer)
            write(world.stability, &writer)
        }
    }

    private mutating func write(_ item: WorldItem, _ writer: inout JSONWriter) {
        switch item.kind {
        case .interface(let id):
            let place = interfacePlaces[id] ?? 0
            writer.key(item.isQualified ? "interface-\(place)" : item.name)
            writer.object { writer in
                writer.key("interface")
                writer.object { writer in
                    writer.key("id")
                    writer.number(place)
                    write(item.stability, &writer)
                    write(externalID: item.externalID, &writer)
                    write(item.documentation, &writer)
                }
            }
        case .function(let function):
            writer.key(item.name)
            writer.object { writer in
                writer.key("function")
                write(function, &writer)
            }
        case .type(let type):
            writer.key(item.name)
            writer.object { writer in
                writer.key("type")
                writer.number(typePlaces[type] ?? 0)
            }
        }
    }

    mutating func write(_ id: InterfaceID, _ writer: inout JSONWriter) {
        let interface = resolve[id]
        writer.element()
        writer.object { writer in
            writer.key("name")
            if let name = interface.name { writer.string(name) } else { writer.null() }
            writer.key("types")
            writer.object { writer in
                for type in interface.types {
                    writer.key(resolve[type].name)
                    writer.number(typePlaces[type] ?? 0)
                }
            }
            writer.key("functions")
            writer.object { writer in
                for function in interface.functions {
                    writer.key(function.externName)
                    write(function, &writer)
                }
            }
            write(interface.documentation, &writer)
            write(interface.stability, &writer)
            writer.key("package")
            writer.number(interface.package.index)
            if let original = interface.copyOf.flatMap({ interfacePlaces[$0] }) {
                writer.key("clone_of")
                writer.number(original)
            }
        }
    }

    private mutating func write(_ function: Function, _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.key("name")
            writer.string(function.externName)
            writer.key("kind")
            let prefix = function.isAsync ? "async-" : ""
            switch function.kind {
            case .freestanding: writer.string(prefix + "freestanding")
            case .method(let id): write(prefix + "method", of: id, &writer)
            case .staticMethod(let id): write(prefix + "static", of: id, &writer)
            case .constructor(let id): write("constructor", of: id, &writer)
            }
            writer.key("params")
            writer.array { writer in
                for parameter in function.parameters {
                    writer.element()
                    writer.object { writer in
                        writer.key("name")
                        writer.string(parameter.name)
                        writer.key("type")
                        write(parameter.type, &writer)
                    }
                }
            }
            if let result = function.result {
                writer.key("result")
                write(result, &writer)
            }
            write(function.documentation, &writer)
            write(function.stability, &writer)
            write(externalID: function.externalID, &writer)
        }
    }

    private func write(_ kind: String, of resource: TypeID, _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.key(kind)
            writer.number(typePlaces[resource] ?? 0)
        }
    }
}
