public import WasmCore

/// What an actor is doing.
@nonexhaustive public enum ActorStatus: Hashable, Sendable, CustomStringConvertible {
    /// Its first instance is being made; messages wait.
    case starting
    /// It takes messages.
    case running
    /// Its state is kept and its instance is not in memory, or is on its way back; the next message brings it.
    case passive
    /// It fell and comes back; messages wait.
    case restarting
    /// It is about to end and takes no more messages.
    case stopping
    /// It is gone.
    case ended(ExitReason)

    /// The status in words.
    public var description: String {
        switch self {
        case .starting: "starting"
        case .running: "running"
        case .passive: "passive"
        case .restarting: "restarting"
        case .stopping: "stopping"
        case .ended(let reason): "ended (\(reason))"
        }
    }

    var isEnded: Bool {
        if case .ended = self { true } else { false }
    }
}
