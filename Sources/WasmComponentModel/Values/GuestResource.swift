import CWasmtime
import Synchronization

/// A guest's resource in the host's hands: inert without the guest's store.
///
/// One that the host owns ends exactly once: given away as an argument, dropped, or, when the last reference goes before
/// that, on the drop list of its store.
@safe final class GuestResource: Sendable, Hashable {
    /// What became of the resource.
    private enum State {
        static let live: UInt8 = 0
        static let given: UInt8 = 1
        static let dropped: UInt8 = 2
    }

    let dropList: DropList
    private let isOwned: Bool
    private let state = Atomic<UInt8>(State.live)
    /// Read by the C functions that copy it, by whoever holds the store, while the resource is live.
    nonisolated(unsafe) let pointer: OpaquePointer

    init(copying pointer: OpaquePointer, isOwned: Bool, _ dropList: DropList) {
        self.dropList = dropList
        self.isOwned = isOwned
        // A clone is never null.
        unsafe self.pointer = wasmtime_component_resource_any_clone(pointer)!
        if isOwned { dropList.count(1) }
    }

    deinit {
        if isOwned, state.load(ordering: .acquiring) == State.live {
            unsafe dropList.add(pointer)
        } else if state.load(ordering: .acquiring) != State.dropped {
            unsafe wasmtime_component_resource_any_delete(pointer)
        }
    }

    /// The store that the resource belongs to.
    var storeID: UInt64 { dropList.storeID }

    /// Whether the resource can be lent and given away.
    var isLive: Bool { state.load(ordering: .acquiring) == State.live }

    /// Marks the resource as given away; false where it is not the host's to give.
    func give() -> Bool {
        isOwned && exchange(State.live, State.given)
    }

    /// Takes back what `give()` did, for a call that is not made.
    func keep() {
        _ = exchange(State.given, State.live)
    }

    /// Puts the resource on its store's drop list; false where it is not the host's to drop.
    @discardableResult
    func abandon() -> Bool {
        guard isOwned, exchange(State.live, State.dropped) else { return false }
        unsafe dropList.add(pointer)
        return true
    }

    private func exchange(_ expected: UInt8, _ desired: UInt8) -> Bool {
        state.compareExchange(expected: expected, desired: desired, ordering: .acquiringAndReleasing).exchanged
    }

    static func == (left: GuestResource, right: GuestResource) -> Bool {
        left === right
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(self))
    }
}
