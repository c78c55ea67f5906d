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

    /// What becomes of functions that use what bindings cannot carry: streams, futures, error contexts and lists of a
    /// fixed length.
    public enum Unsupported: String, Sendable, CaseIterable {
        /// An error for each of them, at its place in the WIT.
        case error
        /// They are left out, and the documentation of their interface names them.
        case skip
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

    /// `"wit"`: the WIT file or folder, relative to the configuration's folder; `wit` where it is not set.
    public var wit = "wit"
    /// `"worlds"`: the worlds, by name; all of the package where it is not set.
    public var worlds: [Located] = []
    /// `"side"`: `"host"`, which it is where it is not set, or `"guest"`.
    public var side = Side.host
    /// `"access"`: `"public"`, `"package"` or `"internal"`, which it is where it is not set.
    public var access = Access.internal
    /// `"async"`: the imported functions that the host implements as `async`: `interface.function`,
    /// `interface.resource.method`, `interface.*`, `function` for one of the world's own, or `*` for all. The name of an
    /// interface may stand there in full, as in `acme:shop/things.echo`. Of patterns that fit one function the most
    /// specific counts.
    public var asyncImports: [Located] = []
    /// `"sync"`: the imported functions that the host does not implement as `async`, which is what it does with all where
    /// `"async"` names none: exceptions from a wider pattern there.
    public var syncImports: [Located] = []
    /// `"exports"`: how exported functions are called: `"async"`, which it is where it is not set, `"sync"` or `"both"`.
    /// An object says so by patterns: `{"*": "async", "math.*": "sync"}`.
    public var exports = ExportCalls.async
    /// The patterns of `"exports"`, where it is an object.
    public var exportCalls: [(pattern: Located, calls: ExportCalls)] = []
    /// `"unsupported"`: what becomes of functions that bindings cannot carry: `"error"`, which it is where it is not set,
    /// or `"skip"`.
    public var unsupported = Unsupported.error
    /// `"features"`: the `@unstable` features to let in; none where it is not set.
    public var features: [String] = []
    /// `"imports"`: the modules that mapped types need.
    public var imports: [String] = []
    /// `"types"`: the mapped types, by `namespace:package/interface.type`.
    public var types: [String: Mapping] = [:]
    /// `"provided"`: packages, as `namespace:package`, that another module has bindings for, such as
    /// `{"wasm-actors:actor": "WasmBindings"}`: their types come from there, and their interfaces are not generated again.
    public var provided: [(package: Located, module: String)] = []
    /// How those modules generate their bindings: what their own `wit-swift.json` says, by module.
    public var providers: [String: BindingsConfiguration] = [:]
    /// `"names"`: Swift names for what the WIT names otherwise: by `interface`, `interface.type`, `interface.type.case`
    /// (or field, or flag), `interface.function`, `interface.resource.method`, `interface.function.parameter`, or
    /// `world`.
    public var names: [String: Located] = [:]
    /// `"prefix"`: stands in front of the names of all interfaces and worlds that `"names"` does not name; empty where it
    /// is not set.
    public var prefix = ""
    /// Whether to write a host for each world whose functions end the process.
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
