import CWasmtime
import Synchronization

/// The guest's resources of one store that the host owns: how many there are, and which wait for their destructor.
///
/// The resources go when their last owner does, on any thread and while the store runs something else; whoever takes the
/// store next runs their destructors.
final class DropList: Sendable {
    let storeID: UInt64
    private let state: Mutex<State>
    /// Whether a resource waits: read at every call without taking the lock.
    private let waits = Atomic<Bool>(false)
    private let number = Atomic<Int>(0)

    private struct State {
        /// Weak, so that a resource that is kept keeps no memory of a guest; unset until there is a resource, because an
        /// object with weak references is slower to retain.
        weak var core: StoreCore?
        var pending: [Pending] = []
        /// Those that are handed out first, the next one last.
        var taken: [Pending] = []
        var isClosed = false
    }

    /// libwasmtime's handle of a resource that waits.
    ///
    /// `@unchecked Sendable` because it has one owner, the list or who takes it from there, and is plain heap memory.
    @safe private struct Pending: @unchecked Sendable {
        let pointer: OpaquePointer
    }

    init(storeID: UInt64) {
        self.storeID = storeID
        state = Mutex(State())
    }

    deinit {
        close()
    }

    /// The store; `nil` when it is gone.
    var core: StoreCore? {
        get { state.withLock { $0.core } }
        set { state.withLock { $0.core = newValue } }
    }

    /// How many resources the host owns, those that wait included.
    var count: Int { state.withLock { $0.isClosed } ? 0 : number.load(ordering: .relaxed) }

    /// Whether a resource waits for its destructor.
    var isWaiting: Bool { waits.load(ordering: .relaxed) }

    /// Counts resources that came or went.
    func count(_ change: Int) {
        number.wrappingAdd(change, ordering: .relaxed)
    }

    /// Takes over a handle whose resource is to be dropped.
    func add(_ pointer: OpaquePointer) {
        let pending = unsafe Pending(pointer: pointer)
        let isClosed = state.withLock { state in
            if !state.isClosed {
                state.pending.append(pending)
                waits.store(true, ordering: .relaxed)
            }
            return state.isClosed
        }
        if isClosed { unsafe wasmtime_component_resource_any_delete(pending.pointer) }
    }

    /// Hands out the handle that has waited longest; the caller deletes it.
    func next() -> OpaquePointer? {
        let pending = state.withLock { state in
            if state.taken.isEmpty {
                state.taken = state.pending.reversed()
                state.pending = []
            }
            let next = state.taken.popLast()
            if state.taken.isEmpty, state.pending.isEmpty { waits.store(false, ordering: .relaxed) }
            return next
        }
        return unsafe pending?.pointer
    }

    /// Forgets everything: the store is finished, and the resources with it.
    func close() {
        let pending = state.withLock { state in
            state.isClosed = true
            defer { (state.pending, state.taken) = ([], []) }
            waits.store(false, ordering: .relaxed)
            return state.taken + state.pending
        }
        for entry in pending {
            unsafe wasmtime_component_resource_any_delete(entry.pointer)
        }
    }
}
