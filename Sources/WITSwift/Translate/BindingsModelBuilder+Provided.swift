import WITModel

extension BindingsModelBuilder {
    /// Takes the types of packages that other modules have bindings for from there: what those generate of the same WIT by
    /// a configuration of their own. Interfaces of such a package are not generated again.
    mutating func findProvided() throws(WITError) {
        for (name, module) in configuration.provided {
            let packages = resolve.packages.indices.map(PackageID.init(index:)).filter { package in
                let found = resolve[package].name
                return "\(found.namespace):\(found.name)" == name.text
            }
            guard !packages.isEmpty else {
                mistakes.append(
                    Diagnostic(
                        "the WIT has no package \"\(name.text)\"",
                        at: name.span,
                        hint: "write it as `namespace:package`, without a version"
                    )
                )
                continue
            }
            guard var provider = configuration.providers[module] else {
                mistakes.append(
                    Diagnostic(
                        "the configuration of \(module)'s bindings is not known",
                        at: name.span,
                        hint:
                            "let the target depend on \(module), or pass `--types \(module)=FILE` with its wit-swift.json"
                    )
                )
                continue
            }
            provider.providers = configuration.providers
            for package in packages {
                let model = try BindingsModelBuilder.build(resolve, provider, package: package)
                provided.insert(package)
                for (id, type) in model.types where self.package(of: id) == package {
                    types[id] = type.provided(by: module)
                }
            }
        }
    }

    /// The package that defines a type.
    func package(of type: TypeID) -> PackageID {
        switch resolve[type].owner {
        case .interface(let id): resolve[id].package
        case .world(let id): resolve[id].package
        }
    }

    /// Whether an item of a world is provided by another module.
    func isProvided(_ item: WorldItem) -> Bool {
        switch item.kind {
        case .interface(let id): provided.contains(resolve[id].package)
        case .type(let id): provided.contains(package(of: resolve.definition(id)))
        case .function: false
        }
    }
}

extension BindingsTypeDefinition {
    /// The same type as others see it who import the module that generates it.
    fileprivate func provided(by module: String) -> BindingsTypeDefinition {
        BindingsTypeDefinition(
            id: id,
            docs: docs,
            kind: kind,
            name: name,
            qualified: mapping == nil && self.module == nil ? "\(module).\(qualified)" : qualified,
            codec: "\(SwiftName.lowerFirst(module))\(codec.prefix(1).uppercased())\(codec.dropFirst())",
            mapping: mapping,
            isError: isError,
            module: module
        )
    }
}
