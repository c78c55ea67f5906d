import Synchronization

/// A copyable owner of a resource, for places that need copyable elements: lists, records, variants, maps.
///
/// The resource is dropped with the last reference to its box, unless it was taken.
@safe public final class ResourceBox<Resource: ~Copyable & Sendable>: Sendable {
    /// How many use the resource; `taken` once it is gone.
    private let users = Atomic<Int>(0)
    /// Initialized until `users` is `taken`; moved from by who set that, while nobody else uses it.
    nonisolated(unsafe) private let storage: UnsafeMutablePointer<Resource>

    private static var taken: Int { .min }

    /// Makes a box.
    ///
    /// - Parameter resource: the resource.
    public init(_ resource: consuming Resource) {
        unsafe storage = .allocate(capacity: 1)
        unsafe storage.initialize(to: resource)
    }

    deinit {
        if users.load(ordering: .acquiring) != Self.taken { unsafe storage.deinitialize(count: 1) }
        unsafe storage.deallocate()
    }

    /// Takes the resource out of the box, to give it away or to drop it.
    ///
    /// - Returns: the resource.
    /// - Throws: `WasmError.Code.invalidValue` where it was taken already or is in use.
    public func take() throws(WasmError) -> Resource {
        let (isTaken, users) = users.compareExchange(
            expected: 0,
            desired: Self.taken,
            ordering: .acquiringAndReleasing
        )
        guard isTaken else {
            throw users == Self.taken
                ? Self.gone
                : WasmError(.invalidValue, "the resource is in use; take it out of its box when the call has ended")
        }
        return unsafe storage.move()
    }

    /// Uses the resource where it is.
    ///
    /// - Parameter body: uses it; it may be lent to any number of users at once.
    /// - Returns: what `body` returns.
    /// - Throws: `WasmError.Code.invalidValue` where the resource was taken, and what `body` throws.
    public func with<R: ~Copyable>(_ body: (borrowing Resource) throws(WasmError) -> R) throws(WasmError) -> R {
        try enter()
        defer { users.wrappingSubtract(1, ordering: .releasing) }
        return try body(unsafe storage.pointee)
    }

    /// Uses the resource where it is, for as long as a call takes.
    ///
    /// - Parameter body: uses it; it may be lent to any number of users at once.
    /// - Returns: what `body` returns.
    /// - Throws: `WasmError.Code.invalidValue` where the resource was taken, and what `body` throws.
    public func with<R: ~Copyable>(
        _ body: (borrowing Resource) async throws(WasmError) -> R
    ) async throws(WasmError) -> R {
        try enter()
        defer { users.wrappingSubtract(1, ordering: .releasing) }
        return try await body(unsafe storage.pointee)
    }

    private func enter() throws(WasmError) {
        var users = users.load(ordering: .relaxed)
        while users != Self.taken {
            let result = self.users.compareExchange(expected: users, desired: users + 1, ordering: .acquiring)
            if result.exchanged { return }
            users = result.original
        }
        throw Self.gone
    }

    private static var gone: WasmError {
        WasmError(.invalidValue, "the resource was taken out of its box already; a resource is given away once")
    }
}
