public import WasmCore
import WasmRuntime

/// What became of one actor's upgrade.
public struct UpgradeReport: Hashable, Sendable {
    /// What became of it.
    @nonexhaustive public enum Outcome: Hashable, Sendable, CustomStringConvertible {
        /// The new component runs, as this generation.
        case upgraded(generation: UInt64)
        /// The new component's instance could not take over, for this reason; the old one goes on. What the new one sent,
        /// stored, subscribed to, watched, linked and spawned by then stays.
        case rolledBack(ExitReason)
        /// The state could not be saved, for this reason; the old instance goes on.
        case notSaved(ActorError)
        /// One of the components is not durable: the state cannot be carried over.
        case notDurable
        /// The old instance fell as its state was to be saved, for this reason; what follows is as after every fall.
        case fell(ExitReason)
        /// Another upgrade of this actor is under way.
        case busy
        /// The actor ended before its upgrade, or in it.
        case ended(ExitReason)

        /// The outcome in words.
        public var description: String {
            switch self {
            case .upgraded(let generation): "upgraded; generation \(generation) runs"
            case .rolledBack(let reason): "rolled back: the new instance could not take over (\(reason))"
            case .notSaved(let error): "not upgraded: the state could not be saved (\(error))"
            case .notDurable:
                "not upgraded: a component does not export snapshot; build it against durable-actor, or give up the state"
            case .fell(let reason): "not upgraded: the actor fell in its save (\(reason))"
            case .busy: "not upgraded: another upgrade of the actor is under way"
            case .ended(let reason): "not upgraded: the actor ended (\(reason))"
            }
        }
    }

    /// The actor.
    public let actor: ActorID
    /// What became of it.
    public let outcome: Outcome
    /// How long the actor took no messages; they waited in its mailbox.
    public let pause: Duration

    /// Whether the new component runs.
    public var isUpgraded: Bool {
        if case .upgraded = outcome { true } else { false }
    }
}

/// What an upgrade does with the state of the old instance.
public struct StateTransfer: Hashable, Sendable {
    private enum Kind: Hashable { case carried, dropped }

    private let kind: Kind

    /// The old instance saves it, and the new one takes it up.
    public static let carried = StateTransfer(kind: .carried)
    /// It is given up: the new instance begins afresh. For components that are not durable.
    public static let dropped = StateTransfer(kind: .dropped)
}

/// An upgrade that waits for its turn.
struct PendingUpgrade: Sendable {
    let component: CompiledComponent
    let transfer: StateTransfer
    let report = OneShot<UpgradeReport>()
}
