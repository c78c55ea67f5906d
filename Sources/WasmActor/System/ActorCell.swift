import Synchronization
import WasmCore
import WasmRuntime

/// One actor: an `ActorMachine` under a lock of its own, and the hands that do what it decides.
final class ActorCell: Sendable {
    /// What the lock guards.
    struct State {
        var machine: ActorMachine
        /// The instance that lives now.
        var instance: ComponentActor?
        var metadata: ActorMetadata?
        /// For whom this actor's guest waits in a host call.
        var waitsFor: ActorCell?
        /// The timer that ends the pause before a restart.
        var pause: TimerID?
        /// Whose end matters to this actor, and to whom its own does.
        var bonds = Bonds<ActorCell>()
        /// The timers that its guest has set.
        var timers = GuestTimers()
    }

    let id: ActorID
    let component: CompiledComponent
    let options: ActorOptions
    let environment: ActorEnvironment
    /// Whether the first start went well.
    let started = OneShot<Result<Void, ActorSystemError>>()
    let state: Mutex<State>

    /// Makes the cell of an actor that holds the right to turns: `activate()` starts it.
    init(id: ActorID, component: CompiledComponent, options: ActorOptions, environment: ActorEnvironment) {
        self.id = id
        self.component = component
        self.options = options
        self.environment = environment
        let machine = ActorMachine(
            id: id,
            capacity: Int(options.limits.mailboxMessages),
            overflow: options.overflow,
            restart: options.restart
        )
        state = Mutex(State(machine: machine))
    }

    var status: ActorStatus { state.withLock { $0.machine.status } }
    var metadata: ActorMetadata? { state.withLock { $0.metadata } }
    var waitsFor: ActorCell? { state.withLock { $0.waitsFor } }
    var counters: ActorMachine.Counters { state.withLock { $0.machine.counters } }

    /// Everything that a listing shows, of one moment.
    var summary: ActorSummary {
        state.withLock { state in
            ActorSummary(
                id: id,
                status: state.machine.status,
                metadata: state.metadata,
                generation: state.machine.generation,
                mailboxDepth: state.machine.depth,
                messagesHandled: state.machine.counters.handled,
                restarts: state.machine.counters.restarts
            )
        }
    }
}

extension ActorCell: Hashable {
    static func == (left: ActorCell, right: ActorCell) -> Bool { left === right }
    func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

// MARK: - Ends

extension ActorCell {
    /// Has the actor end.
    func end(_ wish: ActorMachine.Request) {
        let (action, instance, pause) = state.withLock { state in
            (state.machine.end(wish), state.instance, state.pause.take())
        }
        if let pause { environment.clock.cancel(pause) }
        switch action {
        case .activate: activate()
        case .interrupt: instance?.interrupt(wish.reason)
        case .wait, .ended: break
        }
    }

    /// Waits until the actor is gone.
    func ended() async -> ExitReason {
        let waiter = OneShot<ExitReason>()
        if let reason = state.withLock({ $0.machine.waitForEnd(waiter) }) { return reason }
        return await waiter.value()
    }

    /// Has a waiter told when the actor has nothing to do; false where it has nothing to do now.
    func waitForIdle(_ waiter: OneShot<Void>) -> Bool {
        state.withLock { $0.machine.waitForIdle(waiter) }
    }

    /// Takes no more messages from the host.
    func refuseHost() { state.withLock { $0.machine.refuseHost() } }
}
