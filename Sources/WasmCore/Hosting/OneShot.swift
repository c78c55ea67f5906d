import Synchronization

/// A value that comes once, and one task that waits for it. The first value stays; later ones are not taken.
package final class OneShot<Value: Sendable>: Sendable {
    private enum State {
        case empty
        case waiting(UnsafeContinuation<Value, Never>)
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
        let (isFirst, continuation) = state.withLock { state -> (Bool, UnsafeContinuation<Value, Never>?) in
            switch state {
            case .empty:
                state = .resolved(value)
                return (true, nil)
            case .waiting(let continuation):
                state = .done
                return (true, continuation)
            case .resolved, .done:
                return (false, nil)
            }
        }
        continuation?.resume(returning: value)
        return isFirst
    }

    /// Whether the value has come.
    package var isResolved: Bool {
        state.withLock { state in
            switch state {
            case .empty, .waiting: false
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
                case .waiting, .done:
                    preconditionFailure("a OneShot has one waiter, and a second one came")
                }
            }
            if let value { continuation.resume(returning: value) }
        }
    }
}
