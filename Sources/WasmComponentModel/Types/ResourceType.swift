/// The type of a resource, identified by where a component imports or exports it.
///
/// See `wasmtime/component/types/resource.h`.
public struct ResourceType: Hashable, Sendable {
    /// The interface that holds the resource, as in `wasi:io/poll@0.2.0`; `nil` at the top level of a component.
    public var interface: String?
    /// The resource's name in WIT spelling.
    public var name: String

    /// Makes a resource type.
    ///
    /// - Parameters:
    ///   - interface: the interface that holds it; `nil` at the top level of a component.
    ///   - name: the name in WIT spelling.
    public init(interface: String? = nil, name: String) {
        self.interface = interface
        self.name = name
    }
}
