import WasmCore

/// What one supervisor does, as a value: its children in order, what each is doing, and what comes next.
///
/// Every event is a `mutating func` that returns what is to be done, in order. A child is named by a number; whether it
/// is an actor or a supervisor makes no difference here. Each descent of a child, whether it fell or was halted, is
/// reported once: a fall that crosses a halt stands for it.
struct SupervisorMachine {
    /// What the supervisor is doing.
    enum Phase: Equatable {
        /// Made, and not started.
        case idle
        /// Its children are being started in order: the first time, or after a fall of the supervisor's.
        case starting
        /// All of its children run, or are on their way back.
        case running
        /// Its children are being stopped.
        case stopping(Goal)
        /// It waits, with its children, for its own supervisor.
        case halted
        /// It waits for the moment at which it begins anew.
        case pausing
        /// Gone.
        case ended(ExitReason)
    }

    /// What follows once all children are down.
    enum Goal: Equatable {
        /// The children stay, without instances, until the supervisor's own one decides. `isAsked`: that one wished it.
        case halt(isAsked: Bool, ExitReason)
        /// The supervisor is gone, and its children with it.
        case end(ExitReason)
    }

    /// What is known of a child from the beginning.
    struct Rule {
        var restart = RestartPolicy.Kind.permanent
        var rules: [RestartRule] = []
        /// How it is ended; nil: it takes as long as its own children take.
        var shutdown: ChildShutdown? = .standard
        var isSignificant = false
    }

    /// What a child is doing.
    enum ChildPhase: Hashable {
        /// There is nothing of it, yet or any more.
        case absent
        /// It was started and does not run yet.
        case starting
        case running
        /// It was asked to halt.
        case halting
        /// It has no instance, and waits.
        case halted
        /// It was asked to end for good.
        case ending
    }

    struct Child {
        let number: Int
        let rule: Rule
        /// Whether it is of the specification, and so comes back with the supervisor also where it has ended.
        let isOfSpec: Bool
        var phase = ChildPhase.absent
        /// Its `spawn` waits: a first start that fails is that one's affair.
        var isNew = false
        /// It is to be started when its turn in the order comes.
        var isQueued = false
        /// It is of a group that starts anew, and has to go down first.
        var mustGoDown = false
        /// It ran, since it was made.
        var hasRun = false
        /// It ended by itself, and was let go.
        var endsByItself = false
        /// It was stopped for good, and does not come back with the supervisor.
        var isForgotten = false
        /// Why it went down last.
        var reason = ExitReason.shutdown
    }

    /// What is to be done.
    enum Action: Equatable {
        /// Makes a child that is not there, and starts it.
        case start(Int)
        /// Has a halted child go on after a pause.
        case resume(Int, after: Duration)
        /// Has a child halt; kills it where it has not after this time.
        case halt(Int, ActorMachine.Request, within: Duration?)
        /// Has a child end for good; kills it where it has not after this time.
        case end(Int, ActorMachine.Request, within: Duration?)
        /// Gives a halted child up.
        case conclude(Int, ExitReason)
        /// Begins anew after this time.
        case pause(Duration)
        /// A child has fallen, and the supervisor falls with it; `isExceeded`: one restart more would be too many.
        case escalate(Int, ExitReason, isExceeded: Bool)
        /// Tells the one above.
        case report(Report)
    }

    /// What the one above is told.
    enum Report: Equatable {
        /// All children run, the first time or again.
        case started
        /// It fell.
        case fell(ExitReason)
        /// It is halted, as it was asked to be.
        case halted(ExitReason)
        /// It is gone.
        case ended(ExitReason)
    }

    let strategy: Strategy
    let autoShutdown: AutoShutdown
    let backOff: BackOff
    /// Whether nobody is above it: where it falls it ends.
    let isRoot: Bool
    var phase = Phase.idle
    var children: [Child] = []
    /// Whether its first start went well.
    var hasRun = false
    /// How often it started children again.
    var restarts: UInt64 = 0
    /// Whether it stops children without their `shutdown` from now on.
    var kills = false
    let newWindow: RestartWindow
    var window: RestartWindow
    /// Before the next child that comes back.
    var pause = Duration.zero
    /// Whether children are to go down or up in their order.
    var isRecycling = false
    /// How many children have been asked to end, all at once, and have not yet; nil where they go one by one.
    var leaving: Int?
    var lastNumber = 0

    /// Makes the machine of a supervisor with the children of its specification, numbered from 1.
    init(_ spec: SupervisorSpec, isRoot: Bool, children rules: [Rule]) {
        strategy = spec.strategy
        autoShutdown = spec.autoShutdown
        backOff = spec.backOff
        self.isRoot = isRoot
        newWindow = RestartWindow(intensity: spec.intensity, period: spec.period)
        window = newWindow
        for rule in rules {
            lastNumber += 1
            children.append(Child(number: lastNumber, rule: rule, isOfSpec: true))
        }
    }

    /// What it is doing, as users see it.
    var status: ActorStatus {
        switch phase {
        case .ended(let reason): .ended(reason)
        case .idle: .starting
        case .starting: hasRun ? .restarting : .starting
        case .running: .running
        case .halted, .pausing, .stopping(.halt): .restarting
        case .stopping(.end): .stopping
        }
    }

    /// Where a child stands: they lie in the order of their numbers.
    func index(_ number: Int) -> Int? {
        var range = children.startIndex..<children.endIndex
        while let middle = range.isEmpty ? nil : range.lowerBound + range.count / 2 {
            let found = children[middle].number
            if found == number { return middle }
            range = found < number ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return nil
    }

    /// The child with this number.
    subscript(number: Int) -> Child? { index(number).map { children[$0] } }
}
