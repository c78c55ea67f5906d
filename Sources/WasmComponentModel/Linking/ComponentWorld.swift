/// A world as generated bindings have it: what its components import and export, and an instance's bound exports.
public protocol ComponentWorld: Sendable {
    /// Every function that a component of this world imports.
    static var imports: [FunctionRequirement] { get }
    /// Every function that a component of this world exports.
    static var exports: [FunctionRequirement] { get }

    /// Looks the exports up and compares their types with the expected ones, once.
    ///
    /// - Parameters:
    ///   - store: the store of the instance.
    ///   - instance: the instance.
    /// - Throws: what is missing, or of another type.
    init(store: borrowing Store, instance: Instance) throws(WasmError)
}
