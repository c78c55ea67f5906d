import WITModel

/// How types are written in Swift where every name is qualified.
struct TypeWriter {
    /// The module that everything generated rests on.
    static let module = "WasmComponentModel"

    let types: [TypeID: BindingsTypeDefinition]

    /// A type where it is used, qualified by its module or namespace.
    func swift(_ type: BindingsType) -> String {
        switch type {
        case .primitive(let swift, _): swift
        case .bytes: "[Swift.UInt8]"
        case .list(let element): "[\(swift(element))]"
        case .tuple(let elements) where elements.count == 1: swift(elements[0])
        case .tuple(let elements): "(\(elements.map(swift).joined(separator: ", ")))"
        case .option(let some): isExistential(some) ? "(\(swift(some)))?" : "\(swift(some))?"
        case .result(let ok, let error): "Swift.Result<\(ok.map(swift) ?? "Swift.Void"), \(self.error(error))>"
        case .map(let key, let value): "[\(swift(key)): \(swift(value))]"
        case .named(let id), .alias(let id, _): types[id]?.qualified ?? "Swift.Never"
        case .own(let id), .borrow(let id):
            isGuests(id) ? "\(Self.module).ResourceBox<\(name(id))>" : "any \(name(id))"
        }
    }

    /// What a named type is called.
    func name(_ id: TypeID) -> String { types[id]?.qualified ?? "Swift.Never" }

    /// The `HostResourceType` of a resource of the host's.
    func resourceType(_ id: TypeID) -> String {
        guard let type = types[id] else { return "" }
        let namespace = type.qualified.split(separator: ".").first.map(String.init) ?? ""
        return "\(namespace).ResourceTypes.\(SwiftName.member(SwiftName.lowerFirst(type.name)))"
    }

    /// Whether a resource is the guest's, and its type in Swift a struct that owns it.
    func isGuests(_ id: TypeID) -> Bool {
        if case .resource(.exported)? = types[id]?.kind { true } else { false }
    }

    /// The guest's resource that a type is an owned handle of, where it is one.
    func ownedByGuest(_ type: BindingsType?) -> TypeID? {
        if case .own(let id)? = type?.resolved, isGuests(id) { id } else { nil }
    }

    private func isExistential(_ type: BindingsType) -> Bool {
        switch type {
        case .own(let id), .borrow(let id): !isGuests(id)
        case .tuple(let elements) where elements.count == 1: isExistential(elements[0])
        default: false
        }
    }

    /// The Swift error that the error of a `result` is.
    func error(_ type: BindingsType?) -> String {
        guard let type else { return "\(Self.module).ComponentFailure<Swift.Void>" }
        return isWrapped(type) ? "\(Self.module).ComponentFailure<\(swift(type))>" : swift(type)
    }

    /// Whether the error of a `result` is no Swift error itself.
    func isWrapped(_ type: BindingsType) -> Bool {
        guard case .named(let id) = type.resolved else { return true }
        // Nobody told the other module that this one would be thrown.
        return types[id].map { $0.module != nil && !$0.isError && $0.mapping == nil } ?? false
    }

    /// The type with every alias in it replaced.
    func canonical(_ type: BindingsType) -> BindingsType {
        switch type {
        case .primitive, .bytes, .named, .own, .borrow: type
        case .map(let key, let value): .map(key: canonical(key), value: canonical(value))
        case .list(let element): .list(canonical(element))
        case .tuple(let elements): .tuple(elements.map(canonical))
        case .option(let some): .option(canonical(some))
        case .result(let ok, let error): .result(ok: ok.map(canonical), error: error.map(canonical))
        case .alias(_, let target): canonical(target)
        }
    }

    /// Whether a type can be `Hashable`: tuples and `Void` cannot.
    func isHashable(_ type: BindingsType) -> Bool {
        switch type {
        case .primitive, .bytes: true
        case .own, .borrow: false
        case .map(_, let value): isHashable(value)
        case .list(let inner), .option(let inner), .alias(_, let inner): isHashable(inner)
        case .tuple(let elements): elements.count == 1 && isHashable(elements[0])
        case .result(let ok?, let error?): isHashable(ok) && isHashable(error)
        case .result: false
        case .named(let id): types[id].map(isHashable) ?? true
        }
    }

    func isHashable(_ definition: BindingsTypeDefinition) -> Bool {
        if definition.mapping != nil { return true }
        return switch definition.kind {
        case .record(let fields): fields.allSatisfy { isHashable($0.type) }
        case .variant(let cases): cases.allSatisfy { $0.payload.map(isHashable) ?? true }
        case .alias(let target): isHashable(target)
        case .enumeration, .flags: true
        case .resource: false
        }
    }
}
