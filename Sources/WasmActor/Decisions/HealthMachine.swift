import WasmCore

/// What an actor has answered to the question how it feels, and what follows from that.
struct HealthMachine {
    /// What an answer leads to.
    struct Action: Equatable {
        /// What the actor's health has changed to.
        var change: ActorHealth?
        /// Why the actor is to fall.
        var fall: ExitReason?
    }

    private let shared: Shared<HealthPolicy>
    /// The last answer; the actor's, in all its instances.
    private(set) var last: ActorHealth?
    private var unhealthyCount = 0
    private var degradedCount = 0

    /// Makes one without answers.
    init(_ policy: HealthPolicy) {
        shared = Shared(policy)
    }

    /// Makes one without answers, whose policy others have too.
    init(shared: Shared<HealthPolicy>) {
        self.shared = shared
    }

    private var policy: HealthPolicy { shared.value }

    /// The time between an answer and the next question; nil where it is never asked.
    var interval: Duration? { policy.interval }

    /// A fresh instance runs: what the one before it answered in a row counts no more.
    mutating func started() {
        (unhealthyCount, degradedCount) = (0, 0)
    }

    /// The actor has answered.
    mutating func answered(_ health: ActorHealth) -> Action {
        var action = Action()
        // Nobody is told that an actor of which nothing was known is healthy.
        if health != last ?? .healthy { action.change = health }
        last = health
        switch health {
        case .healthy:
            (unhealthyCount, degradedCount) = (0, 0)
        case .degraded(let text):
            unhealthyCount = 0
            degradedCount += 1
            if degradedCount == policy.degradedAnswers { action.fall = .failed("degraded: \(text)") }
        case .unhealthy(let text):
            unhealthyCount += 1
            degradedCount += 1
            if unhealthyCount == policy.unhealthyAnswers || degradedCount == policy.degradedAnswers {
                action.fall = .failed("unhealthy: \(text)")
            }
        }
        return action
    }
}
