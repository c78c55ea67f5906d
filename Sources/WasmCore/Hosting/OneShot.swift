import Synchronization

/// A value that comes once, and one task that waits for it. The first value stays; later ones are not taken.
package final class OneShot<Value: Sendable>: Sendable {
    private enum State {
        case empty
        case waiting(UnsafeContinuation<Value, Never>)
        case observed(@Sendable (Value) -> Void)
        case resolved(Value)
        case done
    }

    private let state = Mutex(State.empty)

    /// Makes one without a value.
    package init() {}

    /// Gives the value.
    ///
    /// - Parameter value: The value.
    /// - Returns: Whether it was the first.
    @discardableResult
    package func resolve(_ value: Value) -> Bool {
        let before = state.withLock { state in
            let before = state
            switch state {
            case .empty: state = .resolved(value)
            case .waiting, .observed: state = .done
            case .resolved, .done: break
            }
            return before
        }
        switch before {
        case .empty: return true
        case .resolved, .done: return false
        case .waiting(let continuation): continuation.resume(returning: value)
        case .observed(let action): action(value)
        }
        return true
    }

    /// Whether the value has come.
    package var isResolved: Bool {
        state.withLock { state in
            switch state {
            case .empty, .waiting, .observed: false
            case .resolved, .done: true
            }
        }
    }

    /// Takes the value where it is there; nobody can wait for it then.
    package func takeIfResolved() -> Value? {
        state.withLock { state in
            guard case .resolved(let value) = state else { return nil }
            state = .done
            return value
        }
    }

    /// Has an action run with the value when it comes, by whoever brings it; nobody can wait for it then. To be called
    /// once.
    package func whenResolved(_ action: @escaping @Sendable (Value) -> Void) {
        let value = state.withLock { state -> Value? in
            switch state {
            case .empty:
                state = .observed(action)
                return nil
            case .resolved(let value):
                state = .done
                return value
            case .waiting, .observed, .done:
                preconditionFailure("a OneShot has one waiter, and a second one came")
            }
        }
        if let value { action(value) }
    }

    /// Waits for the value. To be called once.
    package func value() async -> Value {
        await withUnsafeContinuation { continuation in
            let value = state.withLock { state -> Value? in
                switch state {
                case .empty:
                    state = .waiting(continuation)
                    return nil
                case .resolved(let value):
                    state = .done
                    return value
                case .waiting, .observed, .done:
                    preconditionFailure("a OneShot has one waiter, and a second one came")
                }
            }
            if let value { continuation.resume(returning: value) }
        }
    }
}
