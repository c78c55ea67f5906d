package import WasmCore

/// What tests of actors reach: stand-ins for components, and a look at what goes on.
extension ActorSystem {
    /// Time and timers of this system.
    package var clock: any ActorClock { environment.clock }

    /// Has a function called with every event, at once and by whoever makes it; it must be short.
    ///
    /// - Parameter observer: The function.
    /// - Returns: A name for `endObservation`.
    package func observe(_ observer: @escaping @Sendable (ActorEvent) -> Void) -> UInt64 {
        environment.hub.observe(observer)
    }

    /// Calls an observer no more.
    package func endObservation(_ id: UInt64) { environment.hub.remove(id) }

    /// Whom an actor's guest waits for in a host call; nil where it waits for nobody.
    package func waitedFor(by id: ActorID) -> ActorID? { environment.registry[id]?.wait?.target.id }
}
