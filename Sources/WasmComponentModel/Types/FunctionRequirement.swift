/// A function that a world names: where it stands and what type it has. Generated bindings list theirs, so that a
/// component can be checked by reflection before it runs.
public struct FunctionRequirement: Hashable, Sendable {
    /// The interface, as in `wasm-actors:actor/lifecycle@0.1.0`; `nil` for a function at the top level.
    public let interface: String?
    /// The function's name in WIT spelling.
    public let name: String
    /// The function's type.
    public let type: FunctionType

    /// Makes a requirement.
    ///
    /// - Parameters:
    ///   - interface: the interface; `nil` for a function at the top level.
    ///   - name: the function's name in WIT spelling.
    ///   - type: the function's type.
    public init(interface: String?, name: String, type: FunctionType) {
        self.interface = interface
        self.name = name
        self.type = type
    }
}

extension Store {
    /// Finds a function that an instance exports and compares its type with the required one, exactly.
    ///
    /// - Parameters:
    ///   - instance: an instance in this store.
    ///   - requirement: the function and its type.
    /// - Returns: the function.
    /// - Throws: what `typedFunction(_:_:_:type:)` throws.
    public borrowing func typedFunction(
        _ instance: Instance,
        _ requirement: FunctionRequirement
    ) throws(WasmError) -> TypedFunc {
        try typedFunction(instance, requirement.interface, requirement.name, type: requirement.type)
    }
}

extension LinkerInstance {
    /// Defines a function of the interface that this instance stands for.
    ///
    /// - Parameters:
    ///   - requirement: the function and its type; its interface is not looked at.
    ///   - body: serves a call.
    /// - Throws: what `defineTyped(_:type:_:)` throws.
    public mutating func defineTyped(
        _ requirement: FunctionRequirement,
        _ body: @escaping @Sendable (HostCall, borrowing ArgumentReader, inout ResultWriter) throws(WasmError) -> Void
    ) throws(WasmError) {
        try defineTyped(requirement.name, type: requirement.type, body)
    }

    /// Defines an asynchronous function of the interface that this instance stands for.
    ///
    /// - Parameters:
    ///   - requirement: the function and its type; its interface is not looked at.
    ///   - body: reads the arguments of a call and returns what is still to do.
    /// - Throws: what `defineTypedAsync(_:type:_:)` throws.
    public mutating func defineTypedAsync(
        _ requirement: FunctionRequirement,
        _ body: @escaping @Sendable (HostCall, borrowing ArgumentReader) throws(WasmError) -> PendingHostCall
    ) throws(WasmError) {
        try defineTypedAsync(requirement.name, type: requirement.type, body)
    }
}
