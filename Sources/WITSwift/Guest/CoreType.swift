/// A value type of core WebAssembly, as the canonical ABI flattens component values into them.
enum CoreType: String, Hashable, Sendable {
    case i32 = "Swift.Int32"
    case i64 = "Swift.Int64"
    case f32 = "Swift.Float"
    case f64 = "Swift.Double"

    /// The Swift type that carries it.
    var swift: String { rawValue }

    /// The type that carries either of two values, as the cases of a variant share their places.
    ///
    /// - Parameter other: The type that another case has in the same place.
    /// - Returns: The joined type (`join` of the canonical ABI).
    func joined(with other: CoreType) -> CoreType {
        if self == other { return self }
        let narrow: Set<CoreType> = [.i32, .f32]
        return narrow.contains(self) && narrow.contains(other) ? .i32 : .i64
    }

    /// A Swift expression that puts a value of this type into a place of a joined type.
    ///
    /// - Parameters:
    ///   - expression: The value.
    ///   - place: The joined type of the place.
    /// - Returns: The converted value.
    func widening(_ expression: String, to place: CoreType) -> String {
        switch (self, place) {
        case (.i32, .i64): "Swift.Int64(Swift.UInt32(bitPattern: \(expression)))"
        case (.f32, .i32): "Swift.Int32(bitPattern: \(expression).bitPattern)"
        case (.f32, .i64): "Swift.Int64(\(expression).bitPattern)"
        case (.f64, .i64): "Swift.Int64(bitPattern: \(expression).bitPattern)"
        default: expression
        }
    }

    /// A Swift expression that takes a value of this type out of a place of a joined type.
    ///
    /// - Parameters:
    ///   - expression: What lies in the place.
    ///   - place: The joined type of the place.
    /// - Returns: The value.
    func narrowing(_ expression: String, from place: CoreType) -> String {
        switch (place, self) {
        case (.i64, .i32): "Swift.Int32(truncatingIfNeeded: \(expression))"
        case (.i32, .f32): "Swift.Float(bitPattern: Swift.UInt32(bitPattern: \(expression)))"
        case (.i64, .f32): "Swift.Float(bitPattern: Swift.UInt32(truncatingIfNeeded: \(expression)))"
        case (.i64, .f64): "Swift.Double(bitPattern: Swift.UInt64(bitPattern: \(expression)))"
        default: expression
        }
    }
}
