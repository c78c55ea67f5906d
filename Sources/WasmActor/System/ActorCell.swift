import Synchronization
import WasmCore
import WasmRuntime

/// What became of an actor's first start.
struct StartOutcome: Sendable {
    /// Why it failed; nil where it did not.
    @Rare var error: ActorSystemError?
}

/// One actor: an `ActorMachine` under a lock of its own, and the hands that do what it decides.
final class ActorCell: Sendable {
    /// What the lock guards.
    struct State {
        var machine: ActorMachine
        /// What its instances are made of.
        var component: any InstanceSource
        /// The instance that lives now.
        @Rare var instance: (any ActorInstance)?
        /// The instance that is about to take over in an upgrade.
        @Rare var successor: (any ActorInstance)?
        /// Which of its instances may reach the host's functions.
        var incarnations = Incarnations()
        /// When the actor had something to do last; nil where it is not durable.
        var lastUse: LastUse?
        /// Whether it has had something to do since then.
        var wasUsed = false
        /// When it could not leave memory, as it was asked to; nil where it has had something to do since then.
        var stayed: Duration?
        /// Whether a saved state of it may lie in storage.
        var hasSavedState: Bool
        var metadata: Shared<ActorMetadata>?
        /// For whom this actor waits in its turn.
        var wait: Wait<ActorCell>?
        /// The timer that ends the pause before a restart.
        var pause: TimerID?
        /// What the actor has answered to the question how it feels.
        var health: HealthMachine
        /// The timer that ends the pause before the next such question.
        var healthTimer: TimerID?
        /// Whose end matters to this actor, and to whom its own does.
        var bonds = Bonds<ActorCell>()
        /// The timers that its guest has set; they end with the instance.
        var guestTimers = TimerTable(quota: TimerTable.Quota.guest)
        /// The timers that the host has set; they end with the actor.
        var hostTimers = TimerTable(quota: nil)
        /// The children that its guest has spawned.
        var children: GuestChildren?
        /// How many of them there are.
        var childCount = 0
        /// Its messages that lie in storage.
        var kept = KeptMessages()
        /// The instance whose guest asked for the end that is to come; nil where others did.
        var exiting: UInt64?
        /// What its last fall came of.
        @Rare var cause: RuntimeError?
    }

    let id: ActorID
    private let shared: SharedOptions
    let environment: ActorEnvironment
    /// Who decides on its falls; nil where its own restart policy does. The supervisor that owns this cell.
    let parent: (any ActorParent)?
    /// Counts the actors that live because of the one at whose beginning the host is; nil where this is that one.
    let family: Family?
    /// Whether the first start went well.
    let started = OneShot<StartOutcome>()
    let state: Mutex<State>

    /// Makes the cell of an actor that holds the right to turns: `activate()` starts it.
    init(
        id: ActorID,
        component: any InstanceSource,
        options: ActorOptions,
        environment: ActorEnvironment,
        parent: (any ActorParent)? = nil,
        family: Family? = nil
    ) {
        self.id = id
        shared = environment.share(options)
        self.environment = environment
        self.parent = parent
        self.family = family
        let machine = ActorMachine(
            id: id,
            mailbox: Mailbox(
                capacity: Int(options.limits.mailboxMessages),
                bytes: Int(clamping: options.mailboxBytes),
                policy: options.overflow
            ),
            restart: shared.restart,
            retry: options.retry,
            hasParent: parent != nil,
            isPersistent: options.keepsState(of: component)
        )
        let health = HealthMachine(shared: shared.health ?? environment.sharedHealth)
        state = Mutex(
            State(machine: machine, component: component, hasSavedState: machine.isPersistent, health: health)
        )
    }

    var options: ActorOptions { _read { yield shared.value } }
    var component: any InstanceSource { state.withLock { $0.component } }
    var status: ActorStatus { state.withLock { $0.machine.status } }
    var metadata: ActorMetadata? { state.withLock { $0.metadata }?.value }
    var wait: Wait<ActorCell>? { state.withLock { $0.wait } }
    var counters: ActorMachine.Counters { state.withLock { $0.machine.counters } }

    /// Everything that a listing shows, of one moment.
    var summary: ActorSummary {
        state.withLock { state in
            ActorSummary(
                id: id,
                status: state.machine.status,
                metadata: state.metadata?.value,
                generation: state.machine.generation,
                mailboxDepth: state.machine.depth,
                mailboxBytes: state.machine.mailbox.byteCount,
                messagesAccepted: state.machine.counters.accepted,
                messagesHandled: state.machine.counters.handled,
                messagesDropped: state.machine.counters.dropped,
                messagesExpired: state.machine.counters.expired,
                restarts: state.machine.counters.restarts,
                health: state.health.last
            )
        }
    }
}

extension ActorCell.State {
    /// Everything that may run a turn now.
    fileprivate var instances: [any ActorInstance] { [instance, successor].compactMap(\.self) }
}

extension ActorCell: Hashable {
    static func == (left: ActorCell, right: ActorCell) -> Bool { left === right }
    func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

// MARK: - Ends

extension ActorCell {
    /// Has the actor end.
    func end(_ wish: ActorMachine.Request) {
        let (action, instances, pause) = state.withLock { state in
            (state.machine.end(wish), state.instances, state.pause.take())
        }
        if let pause { environment.clock.cancel(pause) }
        environment.residency.letIn(self)
        switch action {
        case .activate: activate()
        case .interrupt: for instance in instances { instance.interrupt(wish.reason) }
        case .wait, .ended: break
        }
        if wish == .kill { killChildren() }
    }

    /// Whether the actor, or its instance alone, is to end.
    var isAskedToEnd: Bool { state.withLock { $0.machine.request != nil || $0.machine.haltRequest != nil } }

    /// Has the instance end and the actor stay, until `resume` or `conclude`; the parent is told when it has.
    func halt(_ wish: ActorMachine.Request) {
        let (action, instances, pause) = state.withLock { state in
            (state.machine.askToHalt(wish), state.instances, state.pause.take())
        }
        if let pause { environment.clock.cancel(pause) }
        environment.residency.letIn(self)
        switch action {
        case .activate: activate()
        case .interrupt: for instance in instances { instance.interrupt(wish.reason) }
        case .halted: parent?.halted(self, wish.reason)
        case .wait, .ending: break
        }
        if wish == .kill { killChildren() }
    }

    /// Has a halted actor go on, with a fresh instance after a pause.
    func resume(after pause: Duration) {
        guard let generation = state.withLock({ $0.machine.resume() }) else { return }
        environment.hub.emit(.restarting(id, generation: generation, after: pause))
        startPause(pause)
    }

    /// Ends a halted actor for good.
    func conclude(_ reason: ExitReason) {
        if state.withLock({ $0.machine.conclude(reason) }) { activate() }
    }

    /// Waits until the actor is gone.
    func ended() async -> ExitReason {
        let waiter = OneShot<ExitReason?>()
        if let reason = state.withLock({ $0.machine.waitForEnd(waiter) }) { return reason }
        // Nobody takes this wait back.
        return await waiter.value() ?? .shutdown
    }

    /// Has a waiter told when the actor has nothing to do; false where it has nothing to do now.
    func waitForIdle(_ waiter: OneShot<Void>) -> Bool {
        state.withLock { $0.machine.waitForIdle(waiter) }
    }

    /// Takes no more messages from the host.
    func refuseHost() { state.withLock { $0.machine.refuseHost() } }
}
