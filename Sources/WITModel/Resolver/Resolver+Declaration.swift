extension Resolver {
    /// Adds a package with its files; nested packages become packages of their own.
    ///
    /// - Parameter files: The files, or the inside of one nested package.
    /// - Returns: The package.
    @discardableResult
    mutating func add(_ files: [PackageSyntax]) -> PackageID {
        for file in files {
            for nested in file.nested { _ = add([nested]) }
        }
        let named = files.compactMap(\.name)
        guard let first = named.first else {
            let span = files.lazy.compactMap {
                $0.interfaces.first?.span ?? $0.worlds.first?.name.span ?? $0.nested.first?.name?.span
            }.first
            report(
                "no file of the package declares its name",
                at: span,
                hint: "start a file with `package namespace:name;`"
            )
            return PackageID(index: 0)
        }
        for other in named.dropFirst() where other.name != first.name {
            report(
                "the package is `\(other.name)` here and `\(first.name)` in another file of it",
                at: other.span,
                hint: "the files of one folder make one package"
            )
        }
        let id = package(first)
        for file in files { declare(file, in: id) }
        return id
    }

    private mutating func package(_ name: PackageNameSyntax) -> PackageID {
        if packagesByName[name.name] != nil {
            report("package `\(name.name)` is defined twice", at: name.span, hint: "keep one of the two")
        }
        let id = PackageID(index: result.packages.count)
        result.packages.append(Package(name: name.name, documentation: Documentation(comments: [])))
        scopes.append(PackageScope())
        packagesByName[name.name] = id
        return id
    }

    private mutating func declare(_ file: PackageSyntax, in package: PackageID) {
        if !file.docs.comments.isEmpty, let name = file.name {
            if result.packages[package.index].documentation.comments.isEmpty {
                result.packages[package.index].documentation = file.docs
            } else {
                report(
                    "package `\(name.name)` is documented in another file already",
                    at: name.span,
                    hint: "keep the comments in front of one of its declarations"
                )
            }
        }
        let fileIndex = scopes[package.index].files.count
        scopes[package.index].files.append([:])
        for syntax in file.interfaces {
            guard let name = syntax.name else { continue }
            let id = addInterface(syntax, name: name.text, package: package, file: fileIndex)
            declare(name, .interface(id), in: package, file: fileIndex)
            scopes[package.index].interfaces.append(id)
            if interfaceOrigins[id]?.closedBy == nil {
                result.packages[package.index].interfaces.append(id)
            }
        }
        for syntax in file.worlds { declare(syntax, in: package, file: fileIndex) }
        for use in file.uses {
            let name = use.alias ?? use.path.name
            scopes[package.index].uses.append((use, fileIndex))
            if scopes[package.index].files[fileIndex].updateValue(.use(use), forKey: name.text) != nil {
                report("`\(name.text)` is defined twice in this file", at: name.span, hint: "rename it with `as`")
            }
        }
        collectDependencies(of: file, in: package)
    }

    private mutating func declare(_ syntax: WorldSyntax, in package: PackageID, file: Int) {
        let id = WorldID(index: result.worlds.count)
        result.worlds.append(
            World(
                name: syntax.name.text,
                package: package,
                documentation: syntax.preamble.docs,
                stability: Stability(syntax.preamble.gate),
                span: syntax.name.span
            )
        )
        let closedBy = closing(syntax.preamble.gate, package)
        worldOrigins.append(Origin(syntax: syntax, package: package, file: file, closedBy: closedBy))
        declare(syntax.name, .world(id), in: package, file: file)
        scopes[package.index].worlds.append(id)
        if closedBy == nil { result.packages[package.index].worlds.append(id) }
    }

    mutating func addInterface(
        _ syntax: InterfaceSyntax,
        name: String?,
        package: PackageID,
        file: Int
    ) -> InterfaceID {
        let id = InterfaceID(index: result.interfaces.count)
        result.interfaces.append(
            Interface(
                name: name,
                package: package,
                documentation: syntax.preamble.docs,
                stability: Stability(syntax.preamble.gate),
                span: syntax.span
            )
        )
        let closedBy = closing(syntax.preamble.gate, package)
        interfaceOrigins[id] = Origin(syntax: syntax, package: package, file: file, closedBy: closedBy)
        return id
    }

    private mutating func declare(_ name: Identifier, _ item: Item, in package: PackageID, file: Int) {
        if scopes[package.index].items.updateValue(item, forKey: name.text) != nil {
            report(
                "`\(name.text)` is defined twice in package `\(result[package].name)`",
                at: name.span,
                hint: "interfaces and worlds of a package share one set of names"
            )
        }
        scopes[package.index].files[file][name.text] = item
    }

    /// Notes the packages that a file names.
    private mutating func collectDependencies(of file: PackageSyntax, in package: PackageID) {
        var seen = Set(scopes[package.index].dependencies.map(\.name))
        var dependencies: [PackageNameSyntax] = []
        func note(_ path: UsePath) {
            guard case .foreign(let name, _) = path, seen.insert(name.name).inserted else { return }
            dependencies.append(name)
        }
        for use in file.uses { note(use.path) }
        for interface in file.interfaces { interface.uses.forEach { note($0.path) } }
        for world in file.worlds {
            world.uses.forEach { note($0.path) }
            world.includes.forEach { note($0.path) }
            for item in world.items {
                switch item.kind {
                case .path(let path), .named(_, let path): note(path)
                case .interface(_, let body): body.uses.forEach { note($0.path) }
                case .function: break
                }
            }
        }
        scopes[package.index].dependencies += dependencies
    }
}
