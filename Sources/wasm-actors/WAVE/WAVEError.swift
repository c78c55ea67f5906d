/// Why a text is not a value of the type that it should have: where, and what was expected.
struct WAVEError: Error, Equatable, CustomStringConvertible {
    /// The place in characters, from 1.
    let column: Int
    /// What was expected there, and what stands there instead.
    let message: String

    var description: String { "column \(column): \(message)" }
}
