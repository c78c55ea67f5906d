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
