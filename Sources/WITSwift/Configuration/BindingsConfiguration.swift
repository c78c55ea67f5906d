public import WITModel

/// What `wit-swift.json` says.
public struct BindingsConfiguration: Sendable {
    /// Which side of a component boundary the bindings are for.
    public enum Side: String, Sendable, CaseIterable {
        /// The program that runs components.
        case host
        /// The component.
        case guest
    }

    /// How exported functions are called.
    public enum ExportCalls: String, Sendable, CaseIterable {
        /// By `async` methods, for asynchronous stores.
        case async
        /// By plain methods, for synchronous stores.
        case sync
        /// By both: Swift takes the one that fits the place of the call.
        case both
    }

    /// How visible the generated declarations are.
    public enum Access: String, Sendable, CaseIterable {
        case `public`
        case package
        case `internal`
    }

    /// A WIT type that is an existing Swift type.
    public struct Mapping: Sendable {
        /// The Swift type, qualified by its module.
        public var swift: String
        /// The labels of its initializer, in the order of the fields; nil where they are called as the fields are.
        public var labels: [String]?
        /// The properties, in the order of the fields; nil where they are called as the fields are.
        public var properties: [String]?
        /// The cases, in the order of the cases; nil where they are called alike.
        public var cases: [String]?
        /// Where the mapping stands.
        public var span: Span?
    }

    /// A choice that stands at a place of the configuration.
    public struct Located: Sendable {
        /// The text.
        public var text: String
        /// Where it stands.
        public var span: Span?

        /// Makes a choice.
        ///
        /// - Parameters:
        ///   - text: The text.
        ///   - span: Where it stands.
        public init(text: String, span: Span?) {
            self.text = text
            self.span = span
        }
    }

    /// The WIT file or folder, relative to the configuration's folder.
    public var wit = "wit"
    /// The worlds, by name; empty for all of the package.
    public var worlds: [Located] = []
    /// The side.
    public var side = Side.host
    /// How visible the generated declarations are.
    public var access = Access.internal
    /// The imported functions that the host implements as `async`: `interface.function`, `interface.*`, or `*`.
    public var asyncImports: [Located] = []
    /// How exported functions are called.
    public var exports = ExportCalls.async
    /// The `@unstable` features to let in.
    public var features: [String] = []
    /// The modules that mapped types need.
    public var imports: [String] = []
    /// The mapped types, by `namespace:package/interface.type`.
    public var types: [String: Mapping] = [:]
    /// Whether an implementation is written besides whose every function is a stub.
    public var stubs = false
    /// The file that the configuration was read from.
    public var source: SourceFile?

    /// Makes the configuration that an empty file stands for.
    public init() {}

    /// Reads a configuration.
    ///
    /// - Parameters:
    ///   - path: The path that diagnostics print.
    ///   - bytes: The text of a `wit-swift.json`.
    /// - Throws: What is wrong with it, and where.
    public init(path: String, bytes: [UInt8]) throws(WITError) {
        let source = SourceFile(path: path, bytes: bytes)
        var sources = SourceMap()
        let file = sources.add(source)
        do {
            self = try ConfigurationReader.read(JSONReader.read(source, file: file))
            self.source = source
        } catch {
            throw WITError(diagnostics: [error.diagnostic], sources: sources)
        }
    }

    /// Mistakes of the configuration as an error.
    func error(_ mistakes: [Diagnostic]) -> WITError {
        var sources = SourceMap()
        if let source { _ = sources.add(source) }
        return WITError(diagnostics: mistakes, sources: sources)
    }
}
