/// A name as it was written, and where.
struct Identifier: Sendable, Hashable {
    let text: String
    let span: Span
}

/// What the attributes in front of an item said.
struct GateSyntax: Sendable {
    var since: SemanticVersion?
    var unstable: Identifier?
    var deprecated: SemanticVersion?
    var externalID: String?
    /// Where the gate stands.
    var span: Span?
}

/// Everything that may stand in front of an item.
struct Preamble: Sendable {
    var docs = Documentation(comments: [])
    var gate = GateSyntax()
}

/// One file, or the inside of one nested package.
struct PackageSyntax: Sendable {
    var name: PackageNameSyntax?
    var docs = Documentation(comments: [])
    var uses: [TopLevelUse] = []
    var interfaces: [InterfaceSyntax] = []
    var worlds: [WorldSyntax] = []
    var nested: [PackageSyntax] = []
}

/// `namespace:name@version`.
struct PackageNameSyntax: Sendable {
    let name: PackageName
    let span: Span
}

/// The path of a `use`, an `import`, an `export` or an `include`.
enum UsePath: Sendable {
    case local(Identifier)
    case foreign(PackageNameSyntax, Identifier)

    /// The interface's or world's own name.
    var name: Identifier {
        switch self {
        case .local(let name), .foreign(_, let name): name
        }
    }

    var span: Span {
        switch self {
        case .local(let name): name.span
        case .foreign(let package, let name): package.span.through(name.span)
        }
    }
}

/// `use path as name;` outside of interfaces and worlds.
struct TopLevelUse: Sendable {
    let path: UsePath
    let alias: Identifier?
}

/// `use path.{a, b as c};`
struct UseSyntax: Sendable {
    let preamble: Preamble
    let path: UsePath
    let names: [(name: Identifier, alias: Identifier?)]
}

/// `interface name { ... }`; without a name inside a world.
struct InterfaceSyntax: Sendable {
    let preamble: Preamble
    let name: Identifier?
    let span: Span
    var uses: [UseSyntax] = []
    var types: [TypeDefinitionSyntax] = []
    var functions: [FunctionSyntax] = []
}

/// `world name { ... }`
struct WorldSyntax: Sendable {
    let preamble: Preamble
    let name: Identifier
    var uses: [UseSyntax] = []
    var types: [TypeDefinitionSyntax] = []
    var items: [WorldItemSyntax] = []
    var includes: [IncludeSyntax] = []
}

/// One `import` or `export`.
struct WorldItemSyntax: Sendable {
    enum Kind: Sendable {
        case path(UsePath)
        case function(Identifier, FunctionTypeSyntax)
        case interface(Identifier, InterfaceSyntax)
        case named(Identifier, UsePath)
    }

    let preamble: Preamble
    let isExport: Bool
    let kind: Kind
    let span: Span
}

/// `include path with { a as b };`
struct IncludeSyntax: Sendable {
    let preamble: Preamble
    let path: UsePath
    let renames: [(name: Identifier, alias: Identifier)]
}

/// A named type.
struct TypeDefinitionSyntax: Sendable {
    enum Kind: Sendable {
        case alias(TypeSyntax)
        case record([MemberSyntax])
        case variant([MemberSyntax])
        case enumeration([MemberSyntax])
        case flags([MemberSyntax])
        case resource([FunctionSyntax])
    }

    let preamble: Preamble
    let name: Identifier
    let kind: Kind
}

/// A field, case, flag or parameter; what has no type has none.
struct MemberSyntax: Sendable {
    let docs: Documentation
    let name: Identifier
    let type: TypeSyntax?
}

/// A function with its name.
struct FunctionSyntax: Sendable {
    enum Kind: Sendable {
        case plain, method, staticMethod, constructor
    }

    let preamble: Preamble
    let name: Identifier
    let kind: Kind
    let type: FunctionTypeSyntax
}

/// Parameters and result.
struct FunctionTypeSyntax: Sendable {
    let isAsync: Bool
    let parameters: [MemberSyntax]
    let result: TypeSyntax?
}

/// A type where it is used.
struct TypeSyntax: Sendable {
    indirect enum Kind: Sendable {
        case primitive(WITType)
        case named(Identifier)
        case list(TypeSyntax, count: UInt32?)
        case map(TypeSyntax, TypeSyntax)
        case tuple([TypeSyntax])
        case option(TypeSyntax)
        case result(TypeSyntax?, TypeSyntax?)
        case future(TypeSyntax?)
        case stream(TypeSyntax?)
        case own(Identifier)
        case borrow(Identifier)
    }

    let kind: Kind
    let span: Span
}

extension TypeDefinitionSyntax.Kind {
    /// The names of types that the definition mentions; those in a resource's functions are not part of it.
    var names: [Identifier] {
        switch self {
        case .alias(let target): target.names
        case .record(let members), .variant(let members): members.flatMap { $0.type?.names ?? [] }
        case .enumeration, .flags, .resource: []
        }
    }
}

extension TypeSyntax {
    /// The names of types that the type mentions.
    var names: [Identifier] {
        switch kind {
        case .primitive: []
        case .named(let name), .own(let name), .borrow(let name): [name]
        case .list(let inner, _), .option(let inner): inner.names
        case .map(let key, let value): key.names + value.names
        case .tuple(let elements): elements.flatMap(\.names)
        case .result(let ok, let error): (ok?.names ?? []) + (error?.names ?? [])
        case .future(let payload), .stream(let payload): payload?.names ?? []
        }
    }
}
