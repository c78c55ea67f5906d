/// The destructor of a host resource behind libwasmtime's callback, which retains it until the linker's finalizer runs.
final class HostDestructor: Sendable {
    private enum Implementation: Sendable {
        case function(@Sendable (HostCall, UInt32) -> Void)
        case table(HostResourceType)
    }

    private let implementation: Implementation

    init(_ body: @escaping @Sendable (HostCall, UInt32) -> Void) {
        implementation = .function(body)
    }

    /// The destructor of a type whose objects stand in the store's table.
    init(removing type: HostResourceType) {
        implementation = .table(type)
    }

    static func call(_ env: UnsafeMutableRawPointer?, _ context: OpaquePointer?, _ representation: UInt32)
        -> OpaquePointer?
    {
        guard let env = unsafe env, let store = unsafe StoreCore.of(context)?.takeUnretainedValue() else { return nil }
        let destructor = unsafe Unmanaged<HostDestructor>.fromOpaque(env).takeUnretainedValue()
        switch destructor.implementation {
        case .function(let body):
            body(HostCall(data: store.data, interruptHandle: store.interruptHandle), representation)
        case .table(let type):
            _ = store.hostResources.remove(representation, type)
        }
        return nil
    }

    static func release(_ env: UnsafeMutableRawPointer?) {
        guard let env = unsafe env else { return }
        unsafe Unmanaged<HostDestructor>.fromOpaque(env).release()
    }
}
