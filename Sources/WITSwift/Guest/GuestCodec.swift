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

    let resolve: Resolve
    let layout: CanonicalLayout
    let names: GuestNames
    /// What was asked for, in order.
    private(set) var needs: [Need] = []
    private var known: Set<Need> = []
    private var temporaries = 0

    init(resolve: Resolve) {
        self.resolve = resolve
        names = GuestNames(resolve: resolve)
        layout = CanonicalLayout(resolve: resolve)
    }

    mutating func need(_ operation: Operation, of type: TypeID) {
        let need = Need(type: type, operation: operation)
        if known.insert(need).inserted { needs.append(need) }
    }

    /// Starts the numbering of local names again: a new function begins.
    mutating func beginFunction() { temporaries = 0 }

    /// A local name that nothing else in the function has.
    mutating func temporary(_ stem: String) -> String {
        temporaries += 1
        return "\(stem)\(temporaries)"
    }

    /// The name of a case or member behind a dot.
    static func dotted(_ name: String) -> String { "." + SwiftName.member(SwiftName.value(name)) }

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
    static func unsigned(bytes: Int) -> String { "UInt\(bytes * 8)" }

    /// The flags of one word as the raw value of the option set.
    func flagsRawType(_ count: Int) -> String {
        Self.unsigned(bytes: count <= 8 ? 1 : count <= 16 ? 2 : count <= 32 ? 4 : 8)
    }
}
