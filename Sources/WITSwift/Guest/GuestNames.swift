import WITModel

/// How WIT types are written in the Swift of a guest.
struct GuestNames: Sendable {
    let resolve: Resolve

    /// The namespace of an interface, such as `Messaging`.
    func namespace(_ id: InterfaceID) -> String {
        SwiftName.type(resolve[id].name ?? "interface")
    }

    /// A named type with the interface that it stands in, such as `Types.ActorID`.
    func qualified(_ id: TypeID) -> String {
        let definition = resolve[resolve.definition(id)]
        let name = SwiftName.type(definition.name)
        return switch definition.owner {
        case .interface(let owner): "\(namespace(owner)).\(SwiftName.member(name))"
        case .world: SwiftName.escaped(name)
        }
    }

    /// A type where it is used.
    func swift(_ type: WITType) -> String {
        switch type {
        case .bool: "Bool"
        case .s8: "Int8"
        case .u8: "UInt8"
        case .s16: "Int16"
        case .u16: "UInt16"
        case .s32: "Int32"
        case .u32: "UInt32"
        case .s64: "Int64"
        case .u64: "UInt64"
        case .f32: "Float"
        case .f64: "Double"
        case .char: "Unicode.Scalar"
        case .string: "String"
        case .list(let element), .fixedLengthList(let element, _): "[\(swift(element))]"
        case .map(let key, let value): "[(\(swift(key)), \(swift(value)))]"
        case .tuple(let elements): "(\(elements.map(swift).joined(separator: ", ")))"
        case .option(let some): "\(swift(some))?"
        case .result(let ok, let error): "Swift.Result<\(swift(ok)), \(swift(error))>"
        case .own(let id), .borrow(let id), .named(let id): qualified(id)
        case .future, .stream, .errorContext: "Never"
        }
    }

    private func swift(_ part: WITType?) -> String {
        part.map(swift) ?? "Void"
    }

    /// Whether a type can conform to `Hashable`: tuples and `Void` cannot.
    func isHashable(_ type: WITType) -> Bool {
        switch resolve.underlying(type) {
        case .tuple, .map: false
        case .list(let element), .fixedLengthList(let element, _), .option(let element): isHashable(element)
        case .result(let ok?, let error?): isHashable(ok) && isHashable(error)
        case .result: false
        case .named(let id): isHashable(resolve[id].kind)
        default: true
        }
    }

    func isHashable(_ kind: TypeDefinition.Kind) -> Bool {
        switch kind {
        case .record(let fields): fields.allSatisfy { isHashable($0.type) }
        case .variant(let cases): cases.allSatisfy { $0.payload.map(isHashable) ?? true }
        case .alias(let target): isHashable(target)
        case .enumeration, .flags, .resource: true
        }
    }
}
