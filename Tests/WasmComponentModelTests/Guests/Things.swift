import WasmComponentModel

/// An instance of `Guest.things` and typed calls of its exports.
final class Things: Sendable {
    let store: Store
    private let instance: Instance
    private let makeFunction: TypedFunc

    /// The number of a thing whose destructor traps.
    static let trapping: UInt32 = 4_000_000_001
    /// The number of a thing whose destructor takes for ever.
    static let spinning: UInt32 = 4_000_000_002
    static let own = ValueType.own(ResourceType(name: "thing"))
    static let borrow = ValueType.borrow(ResourceType(name: "thing"))

    init(
        _ harness: Harness? = nil,
        _ kind: StoreConfiguration.Kind = .async,
        _ change: (inout StoreConfiguration) -> Void = { _ in }
    ) async throws {
        let harness = try harness ?? Harness(Guest.things)
        let store = try harness.store(kind, change)
        let instance =
            switch kind {
            case .async: try await store.instantiateAsync(harness.component, linker: harness.linker)
            case .sync: try store.instantiate(harness.component, linker: harness.linker)
            }
        let type = FunctionType(parameters: [.init(name: "x", type: .u32)], result: Self.own)
        makeFunction = try store.typedFunction(instance, "make", type: type)
        self.instance = instance
        self.store = store
    }

    func function(_ name: String) throws(WasmError) -> Func {
        try store.function(instance, name)
    }

    func typedFunction(_ name: String, _ type: FunctionType) throws(WasmError) -> TypedFunc {
        try store.typedFunction(instance, name, type: type)
    }

    /// Calls an export with values.
    @discardableResult
    func call(_ name: String, _ arguments: Value...) async throws(WasmError) -> Value? {
        switch store.kind {
        case .async: try await store.callAsync(try function(name), arguments)
        case .sync: try store.call(try function(name), arguments)
        }
    }

    func make(_ x: UInt32) async throws(WasmError) -> OwnedResource {
        switch store.kind {
        case .async:
            try await store.callAsync(makeFunction) {
                $0.next { $0.u32(x) }
            } result: { (reader) throws(WasmError) in
                try reader.ownedResource()
            }
        case .sync:
            try store.call(makeFunction) {
                $0.next { $0.u32(x) }
            } result: { (reader) throws(WasmError) in
                try reader.ownedResource()
            }
        }
    }

    /// Makes a thing unless the store runs something at this moment.
    func makeIfIdle(_ x: UInt32) async throws(WasmError) -> OwnedResource? {
        do {
            return try await make(x)
        } catch {
            guard error.code == .storeBusy else { throw error }
            await Task.yield()
            return nil
        }
    }

    /// How often the destructor ran, after what waits for it was dropped.
    var dropped: Value? {
        get async throws { try await call("dropped") }
    }
}
