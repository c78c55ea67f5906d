/// A Swift source file as a value.
public struct SwiftFile: Sendable {
    /// The comment lines at the top, without their slashes.
    public var header: [String]
    /// The imports, complete: `public import WasmCore`.
    public var imports: [String]
    /// What the file declares.
    public var declarations: [Declaration]

    /// Makes a file.
    ///
    /// - Parameters:
    ///   - header: The comment lines at the top, without their slashes.
    ///   - imports: The imports, complete.
    ///   - declarations: What the file declares.
    public init(header: [String], imports: [String] = [], declarations: [Declaration] = []) {
        self.header = header
        self.imports = imports
        self.declarations = declarations
    }
}

/// One declaration.
public indirect enum Declaration: Sendable {
    /// A nominal type or an extension.
    case type(TypeDeclaration)
    /// A function or initializer.
    case function(FunctionDeclaration)
    /// A stored or computed property.
    case property(PropertyDeclaration)
    /// One line, such as `case a(Int)` or `typealias A = B`, with its documentation.
    case line(docs: [String], String)
}

/// A nominal type or an extension.
public struct TypeDeclaration: Sendable {
    /// The documentation, one line each.
    public var docs: [String]
    /// Everything in front of the brace: `public struct Page: Swift.Sendable`.
    public var head: String
    /// What stands between the braces.
    public var members: [Declaration]

    /// Makes a type.
    ///
    /// - Parameters:
    ///   - docs: The documentation, one line each.
    ///   - head: Everything in front of the brace.
    ///   - members: What stands between the braces.
    public init(docs: [String] = [], head: String, members: [Declaration] = []) {
        self.docs = docs
        self.head = head
        self.members = members
    }
}

/// A function or an initializer.
public struct FunctionDeclaration: Sendable {
    /// The documentation, one line each.
    public var docs: [String]
    /// Attributes, one line each.
    public var attributes: [String]
    /// What stands in front of the parameters: `public func send` or `public init`.
    public var head: String
    /// The parameters: `target: WasmCore.ActorID`.
    public var parameters: [String]
    /// What stands behind the parameters: `async throws(E) -> Swift.Int`.
    public var effects: String
    /// The generic requirements: `Host: Swift.AnyObject`.
    public var constraints: [String]
    /// The body; nil for a requirement of a protocol.
    public var body: [Statement]?

    /// Makes a function.
    ///
    /// - Parameters:
    ///   - docs: The documentation, one line each.
    ///   - attributes: Attributes, one line each.
    ///   - head: What stands in front of the parameters.
    ///   - parameters: The parameters.
    ///   - effects: What stands behind the parameters.
    ///   - constraints: The generic requirements.
    ///   - body: The body.
    public init(
        docs: [String] = [],
        attributes: [String] = [],
        head: String,
        parameters: [String] = [],
        effects: String = "",
        constraints: [String] = [],
        body: [Statement]? = nil
    ) {
        self.docs = docs
        self.attributes = attributes
        self.head = head
        self.parameters = parameters
        self.effects = effects
        self.constraints = constraints
        self.body = body
    }
}

/// A property.
public struct PropertyDeclaration: Sendable {
    /// The documentation, one line each.
    public var docs: [String]
    /// Everything in front of the value or the braces: `public static let names: [Swift.String]`.
    public var head: String
    /// The value of a stored property: the lines behind `=`.
    public var value: [Statement]
    /// The body of a computed one.
    public var getter: [Statement]

    /// Makes a property.
    ///
    /// - Parameters:
    ///   - docs: The documentation, one line each.
    ///   - head: Everything in front of the value or the braces.
    ///   - value: The value of a stored property.
    ///   - getter: The body of a computed one.
    public init(docs: [String] = [], head: String, value: [Statement] = [], getter: [Statement] = []) {
        self.docs = docs
        self.head = head
        self.value = value
        self.getter = getter
    }
}

/// A piece of a body.
public indirect enum Statement: Sendable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    /// One line.
    case line(String)
    /// Lines between an opening and a closing one, indented: `if a {`, ..., `}`. There is no closing line where it is empty.
    case block(String, [Statement], String)
    /// A call whose last argument is a closure: what stands in front of the brace, the closure's signature and body, and
    /// the closing line. The signature stands behind the brace where it fits.
    case closure(String, String, [Statement], String)
    /// Blocks that follow each other, and the closing line: `do {`, ..., `} catch {`, ..., `}`.
    case chain([(String, [Statement])], String)

    /// A line.
    ///
    /// - Parameter value: The text.
    public init(stringLiteral value: String) {
        self = .line(value)
    }

    /// The elements of an array on lines of their own: with a comma behind each, unless it is the only one.
    static func elements(_ items: [String]) -> [Statement] {
        items.count == 1 ? [.line(items[0])] : items.map { .line($0 + ",") }
    }

    /// The arguments of a call on lines of their own.
    static func arguments(_ items: [String]) -> [Statement] {
        items.enumerated().map { index, item in .line(index + 1 < items.count ? item + "," : item) }
    }
}
