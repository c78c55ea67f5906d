/// The type of a function of the component model.
///
/// Equality is exact: parameter names, their order, every type, and whether the function is `async`.
///
/// See `wasmtime/component/types/func.h`.
public struct FunctionType: Hashable, Sendable {
    /// A parameter: its name and type.
    public struct Parameter: Hashable, Sendable {
        /// The parameter's name in WIT spelling.
        public var name: String
        /// The parameter's type.
        public var type: ValueType

        /// Makes a parameter.
        ///
        /// - Parameters:
        ///   - name: the name in WIT spelling.
        ///   - type: the parameter's type.
        public init(name: String, type: ValueType) {
            self.name = name
            self.type = type
        }
    }

    /// The parameters in order.
    public var parameters: [Parameter]
    /// The result's type; `nil` for a function without one.
    public var result: ValueType?
    /// Whether WIT declares the function `async`.
    public var isAsync: Bool

    /// Makes a function type.
    ///
    /// - Parameters:
    ///   - parameters: the parameters in order.
    ///   - result: the result's type.
    ///   - isAsync: whether WIT declares the function `async`.
    public init(parameters: [Parameter] = [], result: ValueType? = nil, isAsync: Bool = false) {
        self.parameters = parameters
        self.result = result
        self.isAsync = isAsync
    }
}

extension FunctionType: CustomStringConvertible {
    /// The type as WIT text, as in `func(a: u32) -> string`.
    public var description: String {
        let parameters = parameters.map { "\($0.name): \($0.type)" }.joined(separator: ", ")
        return "\(isAsync ? "async " : "")func(\(parameters))\(result.map { " -> \($0)" } ?? "")"
    }
}

extension FunctionType {
    /// The parameter and result types.
    var valueTypes: [ValueType] {
        parameters.map(\.type) + (result.map { [$0] } ?? [])
    }

    /// Whether an argument or the result can hold a resource handle.
    var holdsResources: Bool {
        valueTypes.contains { $0.holdsResources }
    }

    /// Refuses a host function that libwasmtime's C API cannot define.
    func requireImportable(_ name: String) throws(WasmError) {
        if isAsync {
            throw WasmError(
                .unsupportedType,
                "\(name) is an async function, which no host function can be; declare it without async in its WIT"
            )
        }
        try requireSupported(name)
    }

    /// Refuses what this module cannot carry: libwasmtime ends the process over a stream or future that reaches it.
    func requireSupported(_ name: String) throws(WasmError) {
        for type in valueTypes {
            if let unsupported = type.firstUnsupported {
                throw WasmError(
                    .unsupportedType,
                    "\(name) uses \(unsupported), which cannot be carried; use list, string or a resource instead"
                )
            }
            if type.depth > ValueType.maximumDepth {
                throw WasmError(
                    .unsupportedType,
                    "\(name) nests types more than \(ValueType.maximumDepth) deep; flatten them"
                )
            }
        }
    }
}
