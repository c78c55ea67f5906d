extension WITPrinter {
    mutating func writeContents(of id: InterfaceID) {
        let functions = resolve[id].functions
        var members: [TypeID: [Function]] = [:]
        var starts: [TypeID: Int] = [:]
        for (place, function) in functions.enumerated() {
            guard let resource = function.kind.resource else { continue }
            members[resource, default: []].append(function)
            starts[resource] = starts[resource] ?? place
        }
        // Types come first, but for a resource whose functions stand behind others: their order is part of the model.
        var pending = functions[...]
        var types = resolve[id].types[...]
        var isFirst = true
        while let function = pending.first {
            guard function.kind == .freestanding else {
                pending.removeFirst()
                continue
            }
            let place = pending.startIndex
            let ready = types.prefix { starts[$0].map { $0 < place } ?? true }
            types = types.dropFirst(ready.count)
            write(Array(ready), members, &isFirst)
            while let function = pending.first, function.kind == .freestanding {
                pending.removeFirst()
                separate(&isFirst)
                write(function)
            }
            guard let resource = pending.first?.kind.resource, let place = types.firstIndex(of: resource) else {
                continue
            }
            write(Array(types[...place]), members, &isFirst)
            types = types[(place + 1)...]
        }
        write(Array(types), members, &isFirst)
    }

    mutating func writeContents(of id: WorldID) {
        let world = resolve[id]
        var members: [TypeID: [Function]] = [:]
        var types: [TypeID] = []
        for item in world.imports {
            switch item.kind {
            case .type(let id): types.append(id)
            case .function(let function):
                if let resource = function.kind.resource { members[resource, default: []].append(function) }
            case .interface: break
            }
        }
        var isFirst = true
        for item in world.imports { write(item, "import", &isFirst) }
        write(types, members, &isFirst)
        for item in world.exports { write(item, "export", &isFirst) }
    }

    private mutating func write(_ item: WorldItem, _ word: String, _ isFirst: inout Bool) {
        switch item.kind {
        case .type: break
        case .function(let function):
            guard function.kind == .freestanding else { return }
            separate(&isFirst)
            write(function, prefix: "\(word) ")
        case .interface(let id) where resolve[id].name == nil:
            separate(&isFirst)
            write(resolve[id].documentation, item.stability, externalID: item.externalID)
            block("\(word) \(Self.escaped(item.name)): interface") { $0.writeContents(of: id) }
        case .interface(let id):
            separate(&isFirst)
            write(item.documentation, item.stability, externalID: item.externalID)
            let label = item.isQualified ? "" : "\(Self.escaped(item.name)): "
            line("\(word) \(label)\(path(to: id));")
        }
    }

    // MARK: Types

    private mutating func write(_ types: [TypeID], _ members: [TypeID: [Function]], _ isFirst: inout Bool) {
        var index = 0
        while index < types.count {
            separate(&isFirst)
            let type = resolve[types[index]]
            guard type.isUse, let source = resolve.source(of: types[index]) else {
                write(type, members[types[index]] ?? [])
                index += 1
                continue
            }
            // One `use` for all that stand together and say the same.
            var names: [String] = []
            while index < types.count, resolve.source(of: types[index]) == source {
                let next = resolve[types[index]]
                guard next.stability == type.stability, next.externalID == type.externalID else { break }
                names.append(usedName(next))
                index += 1
            }
            write(type.documentation, type.stability, externalID: type.externalID)
            line("use \(path(to: source)).{\(names.joined(separator: ", "))};")
        }
    }

    private func usedName(_ type: TypeDefinition) -> String {
        guard case .alias(.named(let target)) = type.kind, resolve[target].name != type.name else {
            return Self.escaped(type.name)
        }
        return "\(Self.escaped(resolve[target].name)) as \(Self.escaped(type.name))"
    }

    private mutating func write(_ type: TypeDefinition, _ members: [Function]) {
        write(type.documentation, type.stability, externalID: type.externalID)
        let name = Self.escaped(type.name)
        switch type.kind {
        case .alias(.own(let id)): line("type \(name) = own<\(Self.escaped(resolve[id].name))>;")
        case .alias(let target): line("type \(name) = \(self.name(of: target));")
        case .record(let fields):
            block("record \(name)") { printer in
                for field in fields {
                    printer.write(field.documentation)
                    printer.line("\(Self.escaped(field.name)): \(printer.name(of: field.type)),")
                }
            }
        case .variant(let cases): write(cases, of: "variant \(name)")
        case .enumeration(let cases): write(cases, of: "enum \(name)")
        case .flags(let flags): write(flags, of: "flags \(name)")
        case .resource where members.isEmpty: line("resource \(name);")
        case .resource:
            block("resource \(name)") { printer in
                var isFirst = true
                for member in members {
                    printer.separate(&isFirst)
                    printer.write(member)
                }
            }
        }
    }

    private mutating func write(_ cases: [Case], of head: String) {
        block(head) { printer in
            for item in cases {
                printer.write(item.documentation)
                let payload = item.payload.map { "(\(printer.name(of: $0)))" } ?? ""
                printer.line("\(Self.escaped(item.name))\(payload),")
            }
        }
    }

    /// How a type is written where it is used.
    func name(of type: WITType) -> String {
        switch type {
        case .bool, .s8, .u8, .s16, .u16, .s32, .u32, .s64, .u64, .f32, .f64, .char, .string: "\(type)"
        case .errorContext: "error-context"
        case .list(let element): "list<\(name(of: element))>"
        case .fixedLengthList(let element, let count): "list<\(name(of: element)), \(count)>"
        case .map(let key, let value): "map<\(name(of: key)), \(name(of: value))>"
        case .tuple(let elements): "tuple<\(elements.map { name(of: $0) }.joined(separator: ", "))>"
        case .option(let some): "option<\(name(of: some))>"
        case .result(nil, nil): "result"
        case .result(let ok?, nil): "result<\(name(of: ok))>"
        case .result(let ok, let error?): "result<\(ok.map { name(of: $0) } ?? "_"), \(name(of: error))>"
        case .future(let payload): payload.map { "future<\(name(of: $0))>" } ?? "future"
        case .stream(let payload): payload.map { "stream<\(name(of: $0))>" } ?? "stream"
        case .borrow(let id): "borrow<\(Self.escaped(resolve[id].name))>"
        case .own(let id), .named(let id): Self.escaped(resolve[id].name)
        }
    }

    // MARK: Functions

    private mutating func write(_ function: Function, prefix: String = "") {
        write(function.documentation, function.stability, externalID: function.externalID)
        let head =
            switch function.kind {
            case .constructor: "constructor"
            case .staticMethod: "\(Self.escaped(function.name)): static \(function.isAsync ? "async " : "")func"
            case .method, .freestanding:
                "\(prefix)\(Self.escaped(function.name)): \(function.isAsync ? "async " : "")func"
            }
        var parameters = function.parameters[...]
        if case .method = function.kind { parameters = parameters.dropFirst() }
        let written = parameters.map { "\(Self.escaped($0.name)): \(name(of: $0.type))" }
        let tail = ")\(result(of: function));"
        let whole = "\(head)(\(written.joined(separator: ", "))\(tail)"
        guard
            whole.count > room && !parameters.isEmpty
                || parameters.contains(where: { !$0.documentation.comments.isEmpty })
        else { return line(whole) }
        line("\(head)(")
        indented { printer in
            for (parameter, text) in zip(parameters, written) {
                printer.write(parameter.documentation)
                printer.line("\(text),")
            }
        }
        line(tail)
    }

    private func result(of function: Function) -> String {
        guard let result = function.result else { return "" }
        if case .constructor(let resource) = function.kind, result == .own(resource) { return "" }
        return " -> \(name(of: result))"
    }
}

extension Function.Kind {
    /// The resource that the function belongs to.
    fileprivate var resource: TypeID? {
        switch self {
        case .freestanding: nil
        case .method(let id), .staticMethod(let id), .constructor(let id): id
        }
    }
}
