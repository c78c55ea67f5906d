/// A type where it is used: a primitive, a type made of others without a name, or a named one.
public indirect enum WITType: Sendable, Hashable {
    case bool
    case s8, u8, s16, u16, s32, u32, s64, u64
    case f32, f64
    case char
    case string
    case errorContext
    /// `list<T>`.
    case list(WITType)
    /// `list<T, count>`.
    case fixedLengthList(WITType, count: UInt32)
    /// `map<K, V>`.
    case map(key: WITType, value: WITType)
    /// `tuple<A, B>`.
    case tuple([WITType])
    /// `option<T>`.
    case option(WITType)
    /// `result<T, E>`; nil for the part that carries nothing.
    case result(ok: WITType?, error: WITType?)
    /// `future<T>`.
    case future(WITType?)
    /// `stream<T>`.
    case stream(WITType?)
    /// An owned handle: the name of a resource alone, or `own<R>`.
    case own(TypeID)
    /// `borrow<R>`.
    case borrow(TypeID)
    /// A record, variant, enum, flags or alias.
    case named(TypeID)
}

extension WITType {
    /// The types that this one is made of where it is used; none for a named type and a handle.
    var parts: [WITType] {
        switch self {
        case .list(let inner), .fixedLengthList(let inner, _), .option(let inner): [inner]
        case .map(let key, let value): [key, value]
        case .tuple(let elements): elements
        case .result(let ok, let error): [ok, error].compactMap { $0 }
        case .future(let payload), .stream(let payload): [payload].compactMap { $0 }
        default: []
        }
    }

    /// The same type with other named types in it.
    ///
    /// - Parameter id: The type that stands for a type.
    /// - Returns: The type.
    func mapped(_ id: (TypeID) -> TypeID) -> WITType {
        switch self {
        case .list(let inner): .list(inner.mapped(id))
        case .fixedLengthList(let inner, let count): .fixedLengthList(inner.mapped(id), count: count)
        case .map(let key, let value): .map(key: key.mapped(id), value: value.mapped(id))
        case .tuple(let elements): .tuple(elements.map { $0.mapped(id) })
        case .option(let some): .option(some.mapped(id))
        case .result(let ok, let error): .result(ok: ok?.mapped(id), error: error?.mapped(id))
        case .future(let payload): .future(payload?.mapped(id))
        case .stream(let payload): .stream(payload?.mapped(id))
        case .own(let resource): .own(id(resource))
        case .borrow(let resource): .borrow(id(resource))
        case .named(let type): .named(id(type))
        default: self
        }
    }
}
