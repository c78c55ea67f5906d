import WasmCore

/// The life of one actor as a value: its mailbox, its phase, and who holds the right to the next turn.
///
/// Every event is a `mutating func` that returns what is to be done; the cell does it after its lock is dropped. The
/// right to turns is held by one task at a time, and by none while an actor waits for room in memory: whatever brings
/// something to do gives it out, and it goes back in `next`, `isDone`, `beginPause`, `returnFailed`, `crashed` and `finished`.
struct ActorMachine {
    /// What the actor is doing.
    enum Phase: Equatable {
        /// Being started, or about to be.
        case starting
        /// Taking messages.
        case running
        /// Waiting for the moment of its restart.
        case pausing
        /// Out of memory: its state is kept, and the next message brings it back.
        case passive
        /// Without an instance, until its parent says what becomes of it; messages wait.
        case halted
        /// Gone.
        case ended(ExitReason)
    }

    /// An end that the host asked for.
    enum Request: Equatable {
        /// After the current turn and the guest's `shutdown`.
        case stop
        /// Now.
        case kill

        var reason: ExitReason { self == .kill ? .killed : .shutdown }
    }

    /// Answers to one health question.
    typealias HealthReply = OneShot<Result<ActorHealth, MessagingError>>

    /// What is known of the actor's past.
    struct Counters: Hashable {
        var accepted: UInt64 = 0
        var handled: UInt64 = 0
        var dropped: UInt64 = 0
        var expired: UInt64 = 0
        /// Messages that lie in storage, for the next actor of the id.
        var kept: UInt64 = 0
        var guestErrors: UInt64 = 0
        var crashes: UInt64 = 0
        var restarts: UInt64 = 0

        mutating func add(_ other: Counters) {
            accepted += other.accepted
            handled += other.handled
            dropped += other.dropped
            expired += other.expired
            kept += other.kept
            guestErrors += other.guestErrors
            crashes += other.crashes
            restarts += other.restarts
        }
    }

    let id: ActorID
    /// Whether a parent decides on its falls, and not its own restart policy.
    let hasParent: Bool
    var phase = Phase.starting
    var generation: UInt64 = 1
    var request: Request?
    /// A halt that the parent asked for.
    var haltRequest: Request?
    /// The reason with which the parent gave the halted actor up.
    @Rare var conclusion: ExitReason?
    var counters = Counters()
    var isHeld = true
    var hasStarted = false
    var isSettled = false
    private var refusesHost = false
    private var lastCorrelation: CorrelationID = 0
    var mailbox: Mailbox
    /// Messages that gave way to others and that nobody has been told of yet.
    private var displaced: [Envelope] = []
    private let policy: Shared<RestartPolicy>
    /// Its restarts that still count; nil before the first.
    @Rare var window: RestartWindow?
    let retry: RetryPolicy
    var healthQueue = Ring<HealthReply>()
    var openRequests: [CorrelationID: Envelope] = [:]
    /// The open requests by where their answer goes.
    var openReplies: [ObjectIdentifier: CorrelationID] = [:]
    /// The message whose turn this is.
    @Rare var current: Envelope?
    /// Whether its guest has answered that with an error.
    var hasRefusedCurrent = false
    var downs = Ring<Notice>()
    var responses = Ring<Notice>()
    var pendingRequests: [CorrelationID: PendingRequest] = [:]
    var lastRequest: CorrelationID = 0
    /// How the actor is to end after its current turn.
    @Rare var exitReason: ExitReason?
    /// Whether every start takes up the state that is kept, and not the return into memory alone.
    var isPersistent: Bool
    /// Whether the next start takes up the state that is kept.
    var restores: Bool
    /// How often in a row the storage could not give the state with which the actor comes back into memory.
    var failedReturns: UInt32 = 0
    /// Who waits for the actor to leave memory.
    var passivation: OneShot<Bool>?
    /// The upgrade that waits for its turn.
    @Rare var upgrade: PendingUpgrade?
    var idleWaiters: [OneShot<Void>] = []
    var endWaiters: [OneShot<ExitReason?>] = []

    /// Makes the machine of an actor that is being started; the caller holds the right to turns.
    init(
        id: ActorID,
        mailbox: Mailbox,
        restart: Shared<RestartPolicy>,
        retry: RetryPolicy = .never,
        hasParent: Bool = false,
        isPersistent: Bool = false
    ) {
        self.id = id
        self.retry = retry
        self.hasParent = hasParent
        self.isPersistent = isPersistent
        restores = isPersistent
        self.mailbox = mailbox
        policy = restart
    }

    var restart: RestartPolicy { policy.value }

    /// Messages that wait for their turn.
    var depth: Int { mailbox.count }

    /// The phase as users see it.
    var status: ActorStatus {
        switch phase {
        case .ended(let reason): .ended(reason)
        case _ where request != nil: .stopping
        case .starting where failedReturns > 0, .pausing where failedReturns > 0: .passive
        case .starting: hasStarted ? .restarting : .starting
        case .pausing, .halted: .restarting
        case .running: .running
        case .passive: .passive
        }
    }
}

// MARK: - Messages

extension ActorMachine {
    /// What becomes of a message.
    enum Offer {
        /// The caller holds the right to turns now and runs this message at once.
        case run(Envelope)
        /// It lies in the mailbox; the caller holds the right to turns now and passes it to an activation.
        case activate
        /// It lies in the mailbox.
        case queued
        /// The mailbox is full: offer again with an admission.
        case needsAdmission
        /// It waits for room.
        case waits(Mailbox.Ticket)
        /// It was taken and dropped, for the mailbox is full: a dead letter, whose asker is to be told.
        case dropped(Envelope)
        /// It is not taken.
        case refused(MessagingError)
    }

    /// A message arrives.
    ///
    /// - Parameters:
    ///   - envelope: The message.
    ///   - runsAtOnce: Whether the caller would run it itself where the actor is idle.
    ///   - admission: What tells the sender that its message found room.
    /// - Returns: What became of it.
    mutating func offer(_ envelope: Envelope, runsAtOnce: Bool = false, admission: Admission? = nil) -> Offer {
        if let refusal = refusal(of: envelope) { return .refused(refusal) }
        if !envelope.isAnswered, admission == nil, mailbox.mustWait(for: envelope) { return .needsAdmission }
        var envelope = envelope
        if envelope.reply != nil {
            lastCorrelation += 1
            envelope.number(lastCorrelation)
        }
        let isIdle = takeRight()
        if isIdle {
            if runsAtOnce, phase == .running {
                counters.accepted += 1
                current = envelope
                return .run(envelope)
            }
        }
        displaced += mailbox.makeRoom(for: envelope)
        switch mailbox.put(envelope, admission: admission) {
        case .stored:
            counters.accepted += 1
            return isIdle ? .activate : .queued
        case .dropped:
            counters.accepted += 1
            counters.dropped += 1
            return .dropped(envelope)
        case .waits(let ticket):
            return .waits(ticket)
        case .full:
            return .refused(.mailboxFull(id))
        }
    }

    /// Why what comes is not taken, however much room there is; nil where it may be.
    func refusal(of envelope: Envelope) -> MessagingError? {
        if case .ended(let reason) = phase { return .died(reason) }
        if let request { return .died(request.reason) }
        if envelope.byteCount > mailbox.byteCapacity {
            return .tooLarge(SizeLimit(size: UInt64(envelope.byteCount), limit: UInt64(mailbox.byteCapacity)))
        }
        // A call comes from the host.
        if refusesHost, envelope.message?.sender == nil { return .died(.shutdown) }
        return nil
    }

    /// The messages that gave way to others since this was last called: dead letters, whose askers are to be told.
    mutating func takeDisplaced() -> [Envelope] {
        guard !displaced.isEmpty else { return [] }
        counters.dropped += UInt64(displaced.count)
        defer { displaced = [] }
        return displaced
    }

    /// A sender no longer waits for room; nil where its message got in already.
    ///
    /// - Returns: Who got into the mailbox by that.
    mutating func withdraw(_ ticket: Mailbox.Ticket) -> [Admission]? {
        guard let (_, letIn) = mailbox.withdraw(ticket) else { return nil }
        counters.accepted += UInt64(letIn.count)
        return letIn.compactMap(\.admission)
    }

    /// Takes no more messages from the host, only from other actors.
    mutating func refuseHost() { refusesHost = true }
}
