import WITModel

/// Writes the Swift that lifts and lowers values of WIT types, and remembers which named types need functions of their
/// own for that.
///
/// Lifting is an expression throughout; lowering is a run of statements. The memory that is lifted from or lowered into
/// starts at an expression, its base.
struct GuestCodec {
    /// A function that a named type needs.
    enum Operation: Int, Comparable, Hashable, Sendable {
        case liftFlat, read, lowerFlat, write

        static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    /// A function that was asked for.
    struct Need: Hashable, Sendable {
        var type: TypeID
        var operation: Operation
    }

    /// The names that the code of every function uses for itself.
    private static let locals: Set<String> = ["area", "arena", "base", "parameters", "result"]

    let layout: CanonicalLayout
    let names: GuestNames
    /// What was asked for, in order.
    private(set) var needs: [Need] = []
    private var known: Set<Need> = []
    /// Whether the function being written lowers something that needs memory.
    var usesArena = false
    private var scope = NameScope()

    init(names: GuestNames) {
        self.names = names
        layout = CanonicalLayout(types: names.types)
    }

    mutating func need(_ operation: Operation, of type: TypeID) {
        let need = Need(type: type, operation: operation)
        if known.insert(need).inserted { needs.append(need) }
    }

    /// Begins a function.
    ///
    /// - Parameter labels: The names of its parameters, not escaped.
    /// - Returns: What the parameters are called inside of the function, escaped.
    @discardableResult
    mutating func beginFunction(_ labels: [String] = []) -> [String] {
        scope = NameScope(taken: Self.locals)
        usesArena = false
        return labels.map { SwiftName.escaped(scope.take($0)) }
    }

    /// A local name that nothing else in the function has.
    mutating func temporary(_ stem: String) -> String {
        var number = 1
        while scope.contains("\(stem)\(number)") { number += 1 }
        return scope.take("\(stem)\(number)")
    }

    /// An address some bytes behind another.
    static func address(_ base: String, _ offset: Int) -> String {
        offset == 0 ? base : "\(base) + \(offset)"
    }

    /// An expression that loads a number from memory.
    static func load(_ type: String, _ base: String, _ offset: Int) -> String {
        "\(base).load(\(offset == 0 ? "" : "fromByteOffset: \(offset), ")as: \(type).self)"
    }

    /// A statement that stores a number into memory.
    static func store(_ value: String, _ type: String, _ base: String, _ offset: Int) -> Statement {
        "\(base).storeBytes(of: \(value), \(offset == 0 ? "" : "toByteOffset: \(offset), ")as: \(type).self)"
    }

    /// The unsigned type of this many bytes.
    static func unsigned(bytes: Int) -> String { "Swift.UInt\(bytes * 8)" }
}
