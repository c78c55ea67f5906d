/// A value of core WebAssembly in the code being written: an expression and the type that it has.
struct FlatValue: Hashable, Sendable {
    /// The Swift expression.
    var expression: String
    /// Its type.
    var type: CoreType

    /// The value, put into a place of a joined type.
    func widened(to place: CoreType) -> String { type.widening(expression, to: place) }

    /// The value of this type that lies in the place.
    func narrowed(to type: CoreType) -> FlatValue {
        FlatValue(expression: type.narrowing(expression, from: self.type), type: type)
    }
}
