public import WasmCore

/// Components that lie in memory, by name.
public struct MemoryComponentSource: ComponentSource {
    /// The components' binaries by name.
    public var components: [String: [UInt8]]

    /// Makes a source.
    ///
    /// - Parameter components: The components' binaries by name [none].
    public init(_ components: [String: [UInt8]] = [:]) {
        self.components = components
    }

    /// Finds a component.
    ///
    /// - Parameter name: Its name.
    /// - Returns: Its binary.
    /// - Throws: `ComponentSourceError.notFound`.
    public func component(named name: String) async throws(ComponentSourceError) -> [UInt8] {
        guard let bytes = components[name] else { throw .notFound(name) }
        return bytes
    }
}
