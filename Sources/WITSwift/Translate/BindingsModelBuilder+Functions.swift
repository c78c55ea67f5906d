import WITModel

extension BindingsModelBuilder {
    /// The functions of an interface or a world, named and translated.
    mutating func functions(_ functions: [Function], _ place: Place) -> BindingsInterface {
        // What a world uses in functions of its own is what it imports.
        translator.side = place.externName == nil ? .imported : place.side
        var skipped: [String] = []
        var translated: [TypeID?: [BindingsFunction]] = [:]
        let chosen = functionNames(functions, place)
        for (function, chosen) in zip(functions, chosen) {
            if let function = translate(function, chosen, place) {
                var owner: TypeID?
                if case .method(let resource) = function.function.kind { owner = resource }
                translated[owner, default: []].append(function)
            } else {
                skipped.append(function.externName)
            }
        }
        let resources = place.types.filter { resolve[$0].isResource }.map { id in
            BindingsResource(
                type: translator.twin(id),
                externName: resolve[id].name,
                methods: translated[id] ?? []
            )
        }
        return BindingsInterface(
            externName: place.externName,
            namespace: place.namespace,
            docs: place.docs,
            functions: translated[nil] ?? [],
            resources: resources,
            skipped: skipped
        )
    }

    /// The names of a function: where it is declared, and in the list of all of its place.
    private struct FunctionNames {
        var name: String
        var requirement: String
    }

    /// Decides the names: plain functions choose first, then constructors and statics, then methods, each in order.
    private mutating func functionNames(_ functions: [Function], _ place: Place) -> [FunctionNames] {
        var scope = NameScope()
        var members: [TypeID: NameScope] = [:]
        var chosen = functions.map { _ in FunctionNames(name: "", requirement: "") }
        for rank in 0..<3 {
            for (index, function) in functions.enumerated() where function.kind.rank == rank {
                let path = path(of: function, place)
                let plain = SwiftName.value(function.name)
                switch function.kind {
                case .freestanding:
                    let name = names.renames.take(for: path, or: plain, in: &scope)
                    chosen[index] = FunctionNames(name: name, requirement: name)
                case .constructor(let id):
                    let made = "make\(names.typeNames[id] ?? "")"
                    let name = names.renames.take(for: path, or: made, in: &scope)
                    chosen[index] = FunctionNames(name: name, requirement: name)
                case .staticMethod(let id):
                    let name = names.renames.take(for: path, or: qualified(plain, by: id), in: &scope)
                    chosen[index] = FunctionNames(name: name, requirement: name)
                case .method(let id):
                    var own = members[id] ?? NameScope(taken: ["drop"])
                    let name = names.renames.take(for: path, or: plain, in: &own)
                    members[id] = own
                    chosen[index] = FunctionNames(name: name, requirement: scope.take(qualified(name, by: id)))
                }
            }
        }
        return chosen
    }

    private func qualified(_ name: String, by resource: TypeID) -> String {
        SwiftName.lowerFirst(names.typeNames[resource] ?? "") + name.prefix(1).uppercased() + name.dropFirst()
    }

    /// Where a configuration finds a function.
    private func path(of function: Function, _ place: Place) -> FunctionPath {
        switch function.kind {
        case .freestanding: place.path.appending(function.name)
        case .method(let id), .staticMethod(let id), .constructor(let id):
            place.path.appending(resolve[id].name).appending(function.name)
        }
    }

    private mutating func translate(
        _ function: Function,
        _ chosen: FunctionNames,
        _ place: Place
    ) -> BindingsFunction? {
        // libwasmtime's C API calls such functions, and cannot define them.
        if function.isAsync, configuration.side == .guest || place.side == .imported {
            refuseAsync(function, place)
            return nil
        }
        let path = path(of: function, place)
        var labels = NameScope()
        var parameters: [(name: String, type: BindingsType)] = []
        var receiver: BindingsType?
        for (index, parameter) in function.parameters.enumerated() {
            guard let type = translate(parameter.type, at: parameter.typeSpan, in: function, place) else { return nil }
            if case .method = function.kind, index == 0 {
                receiver = type
                continue
            }
            let plain = SwiftName.value(parameter.name)
            let label = names.renames.take(for: path.appending(parameter.name), or: plain, in: &labels)
            parameters.append((label, type))
        }
        var result: BindingsType?
        if let type = function.result {
            guard let type = translate(type, at: function.resultSpan, in: function, place) else { return nil }
            result = type
        }
        var isAsync = false
        var calls = configuration.exports
        switch place.side {
        case .imported: isAsync = asyncImports.choice(for: path) ?? false
        case .exported: calls = function.isAsync ? .async : exportCalls.choice(for: path) ?? calls
        }
        return BindingsFunction(
            function: function,
            parameters: parameters,
            result: result,
            name: chosen.name,
            requirement: chosen.requirement,
            isAsync: isAsync,
            calls: calls,
            receiver: receiver
        )
    }

    /// Translates a type of a function; what cannot be carried is reported, unless such functions are left out.
    private mutating func translate(
        _ type: WITType,
        at span: Span,
        in function: Function,
        _ place: Place
    ) -> BindingsType? {
        do throws(UnsupportedType) {
            return try translator.translate(type)
        } catch {
            if leavesOut(place) { return nil }
            let holder = error.holder.map { " in `\($0)`" } ?? ""
            refuse(
                Diagnostic(
                    "\(spelled(function)) uses \(error.what)\(holder), which the bindings do not carry",
                    at: span,
                    hint: "\(error.hint), \(wayOut(place))"
                )
            )
            return nil
        }
    }

    /// Refuses a function that is `async` in WIT, unless such functions are left out.
    private mutating func refuseAsync(_ function: Function, _ place: Place) {
        if leavesOut(place) { return }
        refuse(
            Diagnostic(
                "\(spelled(function)) is `async`, which bindings do not carry",
                at: function.span,
                hint:
                    "declare it without `async` (a host function may wait all the same: see \"async\" in wit-swift.json), "
                    + wayOut(place)
            )
        )
    }

    /// Whether functions that cannot be carried are left out. A guest without one that its world exports would be none.
    private func leavesOut(_ place: Place) -> Bool {
        configuration.unsupported == .skip && !mustExport(place)
    }

    private func mustExport(_ place: Place) -> Bool { configuration.side == .guest && place.side == .exported }

    /// What else can be done about such a function.
    private func wayOut(_ place: Place) -> String {
        mustExport(place)
            ? "or take it out of the world: a guest exports all that its world does"
            : "or leave such functions out: \"unsupported\": \"skip\" in wit-swift.json"
    }

    private func spelled(_ function: Function) -> String {
        switch function.kind {
        case .freestanding: "function `\(function.name)`"
        case .method(let id), .staticMethod(let id): "function `\(resolve[id].name).\(function.name)`"
        case .constructor(let id): "the constructor of `\(resolve[id].name)`"
        }
    }
}

extension TypeDefinition {
    var isResource: Bool {
        if case .resource = kind { true } else { false }
    }
}

extension Function.Kind {
    /// The order in which functions choose their names.
    fileprivate var rank: Int {
        switch self {
        case .freestanding: 0
        case .constructor, .staticMethod: 1
        case .method: 2
        }
    }
}
