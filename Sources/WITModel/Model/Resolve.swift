/// Which package of `Resolve.packages`.
public struct PackageID: Sendable, Hashable {
    /// The index.
    public let index: Int

    package init(index: Int) { self.index = index }
}

/// Which interface of `Resolve.interfaces`.
public struct InterfaceID: Sendable, Hashable {
    /// The index.
    public let index: Int

    package init(index: Int) { self.index = index }
}

/// Which world of `Resolve.worlds`.
public struct WorldID: Sendable, Hashable {
    /// The index.
    public let index: Int

    package init(index: Int) { self.index = index }
}

/// Packages in which every name has been looked up: nothing in here is found by name again.
///
/// What a closed gate keeps out belongs to no package, interface or world: whoever starts at `packages` never meets it. Its
/// place in the lists of everything stays taken.
public struct Resolve: Sendable {
    /// The packages: nested ones before the one that they stand in, and the main one last.
    public internal(set) var packages: [Package] = []
    /// The interfaces of all packages.
    public internal(set) var interfaces: [Interface] = []
    /// The worlds of all packages.
    public internal(set) var worlds: [World] = []
    /// The named types of all packages.
    public internal(set) var types: [TypeDefinition] = []
    /// The files that spans point into.
    public internal(set) var sources = SourceMap()
    /// The package that was asked for; the others are its dependencies.
    public internal(set) var main = PackageID(index: 0)

    /// The package with this id.
    public subscript(id: PackageID) -> Package { packages[id.index] }
    /// The interface with this id.
    public subscript(id: InterfaceID) -> Interface { interfaces[id.index] }
    /// The world with this id.
    public subscript(id: WorldID) -> World { worlds[id.index] }
    /// The type with this id.
    public subscript(id: TypeID) -> TypeDefinition { types[id.index] }

    /// The type behind any number of aliases.
    ///
    /// - Parameter type: A type.
    /// - Returns: The type itself, or what it is another name of; `.named` only for a record, variant, enum, flags or resource.
    public func underlying(_ type: WITType) -> WITType {
        var type = type
        while case .named(let id) = type, case .alias(let target) = self[id].kind { type = target }
        return type
    }

    /// Where the type was defined, behind the names that a `use` gave it; a `type a = b` stays `a`.
    ///
    /// - Parameter id: A type.
    /// - Returns: The defining type.
    public func definition(_ id: TypeID) -> TypeID {
        var id = id
        while self[id].isUse, case .alias(let target) = self[id].kind {
            guard case .named(let next) = target else { return id }
            id = next
        }
        return id
    }

    /// The qualified name of an interface as components write it; nil for one that a world declares inside itself.
    ///
    /// - Parameter id: An interface.
    /// - Returns: Such as `wasm-actors:actor/messaging@0.1.0`.
    public func qualifiedName(_ id: InterfaceID) -> String? {
        self[id].name.map { self[self[id].package].name.qualifying($0) }
    }
}

/// A package.
public struct Package: Documented, Sendable {
    /// The name.
    public let name: PackageName
    /// The comments in front of its declaration.
    public internal(set) var documentation: Documentation
    /// The interfaces, in the order of the files.
    public internal(set) var interfaces: [InterfaceID] = []
    /// The worlds, in the order of the files.
    public internal(set) var worlds: [WorldID] = []
}

/// An interface.
public struct Interface: Documented, Sendable {
    /// The name; nil where a world declares it inside itself.
    public let name: String?
    /// The package.
    public let package: PackageID
    /// The types, in order, those that a `use` brought in among them.
    public internal(set) var types: [TypeID] = []
    /// The functions, in order, those of its resources among them where the resource stands.
    public internal(set) var functions: [Function] = []
    /// The comments in front of it.
    public let documentation: Documentation
    /// The gate in front of the interface.
    public let stability: Stability
    /// Where its name stands.
    public let span: Span
    /// The interface that an `include` copied this one of; nil for one that stands in the text.
    public internal(set) var copyOf: InterfaceID?
}

/// A world.
public struct World: Documented, Sendable {
    /// The name.
    public let name: String
    /// The package.
    public let package: PackageID
    /// What a component is given, includes and the interfaces that others take types from among it.
    public internal(set) var imports: [WorldItem] = []
    /// What a component gives.
    public internal(set) var exports: [WorldItem] = []
    /// The comments in front of it.
    public let documentation: Documentation
    /// The gate in front of the world.
    public let stability: Stability
    /// Where its name stands.
    public let span: Span
}

/// One import or export of a world.
public struct WorldItem: Documented, Sendable {
    /// What it is.
    public enum Kind: Sendable {
        case interface(InterfaceID)
        case function(Function)
        case type(TypeID)
    }

    /// The name as components write it: a qualified interface name, or a plain one.
    public internal(set) var name: String
    /// What it is.
    public internal(set) var kind: Kind
    /// The comments in front of an `import` or `export` of an interface by its path; what a function, a type and an
    /// interface of the world's own have stands with them.
    public internal(set) var documentation = Documentation(comments: [])
    /// What `@external-id` in front of an interface's `import` or `export` says.
    public internal(set) var externalID: String?
    /// The gate in front of the item.
    public internal(set) var stability: Stability
    /// Where it stands.
    public let span: Span
}
