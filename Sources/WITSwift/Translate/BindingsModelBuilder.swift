import WITModel

/// Makes the `BindingsModel`: chooses worlds, names and mappings, translates types, and reports what cannot be generated.
struct BindingsModelBuilder {
    let resolve: Resolve
    let configuration: BindingsConfiguration
    /// The package whose worlds are generated.
    let package: PackageID
    /// The packages that other modules have bindings for.
    var provided: Set<PackageID> = []
    var names: BindingsNames
    var translator: TypeTranslator
    /// What is wrong in the WIT.
    var refusals: [Diagnostic] = []
    /// What is wrong in the configuration.
    var mistakes: [Diagnostic] = []
    var types: [TypeID: BindingsTypeDefinition] = [:]
    var errors: Set<TypeID> = []
    var mappings: [TypeID: BindingsConfiguration.Mapping] = [:]
    var asyncImports: FunctionTable<Bool>
    var exportCalls: FunctionTable<BindingsConfiguration.ExportCalls>
    /// The extern names of the interfaces of the chosen worlds.
    var externNames: [InterfaceID: String] = [:]

    private init(_ resolve: Resolve, _ configuration: BindingsConfiguration, _ package: PackageID) {
        self.resolve = resolve
        self.configuration = configuration
        self.package = package
        names = BindingsNames(configuration)
        translator = TypeTranslator(resolve: resolve)
        asyncImports = FunctionTable(
            configuration.asyncImports.map { ($0, true) } + configuration.syncImports.map { ($0, false) }
        )
        exportCalls = FunctionTable(configuration.exportCalls.map { ($0.pattern, $0.calls) })
    }

    /// Makes the model of a package: the main one where none is named.
    static func build(
        _ resolve: Resolve,
        _ configuration: BindingsConfiguration,
        package: PackageID? = nil
    ) throws(WITError) -> BindingsModel {
        var builder = BindingsModelBuilder(resolve, configuration, package ?? resolve.main)
        builder.refuseHugeTypes()
        try builder.findProvided()
        try builder.throwMistakes()
        let model = builder.model()
        try builder.throwMistakes()
        return model
    }

    private func throwMistakes() throws(WITError) {
        if !refusals.isEmpty { throw WITError(diagnostics: refusals, sources: resolve.sources) }
        guard mistakes.isEmpty else { throw configuration.error(mistakes) }
    }

    private mutating func model() -> BindingsModel {
        let worlds = WorldSelection.select(configuration.worlds, of: package, in: resolve, &mistakes)
        let items = worlds.flatMap { (resolve[$0].imports + resolve[$0].exports).filter { !isProvided($0) } }
        for item in items {
            if case .interface(let id) = item.kind { externNames[id] = item.name }
        }
        let order = externNames.sorted { $0.value == $1.value ? $0.key.index < $1.key.index : $0.value < $1.value }
            .map(\.key)
        let imported = Set(worlds.flatMap { resolve[$0].imports.compactMap(\.interface) }.filter(isOwn))
        let exported = Set(worlds.flatMap { resolve[$0].exports.compactMap(\.interface) }.filter(isOwn))
        findTwins(imported, exported)
        for world in worlds { refuseMixed(world, exported) }

        let owners = ownerWorlds(of: items, and: worlds)
        for world in owners { names.name(world, path(world), in: resolve) }
        for id in order { names.name(id, path(id), in: resolve) }
        var groups: [TypeGroup] = order.map { id in
            TypeGroup(
                namespace: names.namespaces[id] ?? "",
                types: resolve[id].types.filter { !resolve[$0].isUse },
                side: imported.contains(id) ? .imported : .exported
            )
        }
        groups += owners.map {
            TypeGroup(namespace: names.worldNames[$0] ?? "", types: ownTypes(of: $0, among: items), side: .imported)
        }
        let originals = groups
        var exportedNamespaces: [String: String] = [:]
        for group in originals {
            let types = group.types.filter { translator.twins[$0] != nil }
            guard !types.isEmpty else { continue }
            let namespace = names.exportedNamespace(of: group.namespace)
            exportedNamespaces[group.namespace] = namespace
            groups.append(TypeGroup(namespace: namespace, types: types, side: .exported, areTwins: true))
        }
        for group in originals { names.name(group.types.map { ($0, path(of: $0)) }, in: resolve) }
        findMappings()
        findErrors(order, items)
        var typesByNamespace: [String: [TypeID]] = [:]
        for group in groups { typesByNamespace[group.namespace] = define(group) }

        let built = order.map { interface($0, imported.contains($0) ? .imported : .exported) }
        let hostWorlds = worlds.map { world($0) }
        let exports = order.filter(exported.contains).map { ($0, interface($0, .exported)) }
        reportUnused()
        return BindingsModel(
            configuration: configuration,
            worlds: hostWorlds,
            interfaces: built.sorted { $0.namespace < $1.namespace },
            exportedInterfaces: Dictionary(exports.map { ($1.namespace, $1) }) { first, _ in first },
            imported: Set(imported.compactMap { names.namespaces[$0] }),
            types: types,
            twins: translator.twins,
            exportedNamespaces: exportedNamespaces,
            typesByNamespace: typesByNamespace
        )
    }

    /// Whether an interface is generated here.
    private func isOwn(_ id: InterfaceID) -> Bool { !provided.contains(resolve[id].package) }

    // MARK: Worlds and interfaces

    /// Where a configuration finds an interface.
    func path(_ id: InterfaceID) -> FunctionPath {
        guard let name = resolve[id].name else {
            return FunctionPath(owners: [externNames[id] ?? ""], isWorld: false, names: [])
        }
        return FunctionPath(owners: owners(name, resolve[id].package), isWorld: false, names: [])
    }

    /// Where a configuration finds a world.
    func path(_ id: WorldID) -> FunctionPath {
        FunctionPath(owners: owners(resolve[id].name, resolve[id].package), isWorld: true, names: [])
    }

    /// Where a configuration finds a type.
    func path(of type: TypeID) -> FunctionPath {
        switch resolve[type].owner {
        case .interface(let id): path(id).appending(resolve[type].name)
        case .world(let id): path(id).appending(resolve[type].name)
        }
    }

    private func owners(_ name: String, _ package: PackageID) -> [String] {
        let package = resolve[package].name
        let plain = PackageName(namespace: package.namespace, name: package.name, version: nil)
        var owners = [package.qualifying(name)]
        if package.version != nil { owners.append(plain.qualifying(name)) }
        return owners + [name]
    }

    private mutating func interface(_ id: InterfaceID, _ side: BindingsSide) -> BindingsInterface {
        let own = resolve[id].types.filter { !resolve[$0].isUse }
        return functions(
            resolve[id].functions,
            Place(
                path: path(id),
                externName: externNames[id],
                namespace: names.namespaces[id] ?? "",
                docs: resolve[id].docs,
                types: own,
                side: side
            )
        )
    }

    private mutating func world(_ id: WorldID) -> BindingsWorld {
        let (imports, importedFunctions) = items(resolve[id].imports, of: id, .imported)
        let (exports, exportedFunctions) = items(resolve[id].exports, of: id, .exported)
        return BindingsWorld(
            name: names.worldNames[id] ?? "",
            externName: resolve[resolve[id].package].name.qualifying(resolve[id].name),
            docs: resolve[id].docs,
            imports: imports,
            importedFunctions: importedFunctions,
            exports: exports,
            exportedFunctions: exportedFunctions
        )
    }

    private mutating func items(
        _ items: [WorldItem],
        of world: WorldID,
        _ side: BindingsSide
    ) -> ([BindingsInterface], BindingsInterface) {
        var interfaces: [BindingsInterface] = []
        var plain: [Function] = []
        for item in items {
            switch item.kind {
            case .interface(let id): if isOwn(id) { interfaces.append(interface(id, side)) }
            case .function(let function): plain.append(function)
            case .type: break
            }
        }
        let own = functions(
            plain,
            Place(
                path: path(world),
                externName: nil,
                namespace: names.worldNames[world] ?? "",
                docs: resolve[world].docs,
                types: side == .imported ? ownTypes(of: world, among: items) : [],
                side: side
            )
        )
        return (interfaces.sorted { $0.namespace < $1.namespace }, own)
    }

    // MARK: Mistakes

    /// Reports something in the WIT, once.
    mutating func refuse(_ diagnostic: Diagnostic) {
        if !refusals.contains(diagnostic) { refusals.append(diagnostic) }
    }

    private mutating func reportUnused() {
        let hint = "write `interface.function`, `interface.*`, `function` for one of the world's own, or `*` for all"
        for (pattern, span) in asyncImports.mistakes {
            mistakes.append(
                Diagnostic("no imported function of the chosen worlds is called \"\(pattern)\"", at: span, hint: hint)
            )
        }
        for (pattern, span) in exportCalls.mistakes {
            mistakes.append(
                Diagnostic("no exported function of the chosen worlds is called \"\(pattern)\"", at: span, hint: hint)
            )
        }
        for (name, span) in names.renames.mistakes {
            mistakes.append(
                Diagnostic(
                    "there is nothing called \"\(name)\" in the chosen worlds",
                    at: span,
                    hint: "write `interface`, `interface.type`, `interface.type.case`, `interface.function` or "
                        + "`interface.function.parameter`"
                )
            )
        }
        for (name, span) in names.renames.conflicts {
            let mistake = Diagnostic(
                "the name \"\(name)\" is taken",
                at: span,
                hint: "by something else there, or by generated code; choose another one"
            )
            // An interface on both sides is looked at twice.
            if !mistakes.contains(mistake) { mistakes.append(mistake) }
        }
    }
}

extension WorldItem {
    /// The interface that the item is, where it is one.
    var interface: InterfaceID? {
        if case .interface(let id) = kind { id } else { nil }
    }
}

extension BindingsModelBuilder {
    /// The types of one namespace.
    struct TypeGroup {
        let namespace: String
        /// The types, as `Resolve` knows them.
        let types: [TypeID]
        let side: BindingsSide
        /// Whether it is their exported twins that stand there.
        var areTwins = false
    }

    /// An interface, or a world with its plain functions, on one side.
    struct Place {
        let path: FunctionPath
        let externName: String?
        let namespace: String
        let docs: [String]
        /// The types that are defined there.
        let types: [TypeID]
        let side: BindingsSide
    }
}
