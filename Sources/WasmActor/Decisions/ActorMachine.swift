import WasmCore

/// The life of one actor as a value: its mailbox, its phase, and who holds the right to the next turn.
///
/// Every event is a `mutating func` that returns what is to be done; the cell does it after its lock is dropped. The
/// right to turns is held by one task at a time: it is given out by `offer`, `ask(forHealth:)`, `end` and
/// `pauseEnded`, and goes back in `next`, `isDone`, `crashed` and `finished`.
struct ActorMachine {
    /// What the actor is doing.
    enum Phase: Equatable {
        /// Being started, or about to be.
        case starting
        /// Taking messages.
        case running
        /// Waiting for the moment of its restart.
        case pausing
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
        var guestErrors: UInt64 = 0
        var crashes: UInt64 = 0
        var restarts: UInt64 = 0

        mutating func add(_ other: Counters) {
            accepted += other.accepted
            handled += other.handled
            guestErrors += other.guestErrors
            crashes += other.crashes
            restarts += other.restarts
        }
    }

    let id: ActorID
    var phase = Phase.starting
    var generation: UInt64 = 1
    var request: Request?
    var counters = Counters()
    var isHeld = true
    var hasStarted = false
    var isSettled = false
    private var refusesHost = false
    private var lastCorrelation: CorrelationID = 0
    var mailbox: Mailbox
    var window: RestartWindow
    let backOff: BackOff
    var healthQueue = Ring<HealthReply>()
    var openRequests: [CorrelationID: Envelope] = [:]
    /// The open requests by where their answer goes.
    var openReplies: [ObjectIdentifier: CorrelationID] = [:]
    /// The message whose turn this is.
    var current: Envelope?
    var downs = Ring<Notice>()
    var responses = Ring<Notice>()
    var pendingRequests: [CorrelationID: PendingRequest] = [:]
    var lastRequest: CorrelationID = 0
    /// How the actor is to end after its current turn.
    var exitReason: ExitReason?
    var idleWaiters: [OneShot<Void>] = []
    var endWaiters: [OneShot<ExitReason>] = []

    /// Makes the machine of an actor that is being started; the caller holds the right to turns.
    init(id: ActorID, capacity: Int, overflow: OverflowPolicy, restart: RestartPolicy) {
        self.id = id
        mailbox = Mailbox(capacity: capacity, policy: overflow)
        window = RestartWindow(restart)
        backOff = restart.backOff
    }

    /// Messages that wait for their turn.
    var depth: Int { mailbox.count }

    /// The phase as users see it.
    var status: ActorStatus {
        switch phase {
        case .ended(let reason): .ended(reason)
        case _ where request != nil: .stopping
        case .starting: hasStarted ? .restarting : .starting
        case .pausing: .restarting
        case .running: .running
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
        if !envelope.isAnswered, admission == nil, mailbox.mustWait { return .needsAdmission }
        var envelope = envelope
        if envelope.reply != nil {
            lastCorrelation += 1
            envelope.number(lastCorrelation)
        }
        let isIdle = phase == .running && !isHeld
        if isIdle {
            isHeld = true
            if runsAtOnce {
                counters.accepted += 1
                current = envelope
                return .run(envelope)
            }
        }
        switch mailbox.put(envelope, admission: admission) {
        case .stored:
            counters.accepted += 1
            return isIdle ? .activate : .queued
        case .waits(let ticket):
            return .waits(ticket)
        case .full:
            return .refused(.mailboxFull(id))
        }
    }

    private func refusal(of envelope: Envelope) -> MessagingError? {
        if case .ended(let reason) = phase { return .died(reason) }
        if let request { return .died(request.reason) }
        // A call comes from the host.
        if refusesHost, envelope.message?.sender == nil { return .died(.shutdown) }
        return nil
    }

    /// A sender no longer waits for room; nil where its message got in already.
    mutating func withdraw(_ ticket: Mailbox.Ticket) -> Mailbox.Waiter? {
        mailbox.withdraw(ticket)
    }

    /// Takes no more messages from the host, only from other actors.
    mutating func refuseHost() { refusesHost = true }
}

// MARK: - Turns

extension ActorMachine {
    /// What the holder of the right to turns does next.
    enum Step {
        /// Makes the instance of this generation.
        case start(UInt64)
        /// Has the guest handle a message; tells who got into the mailbox by that.
        case handle(Envelope, admitted: Admission?)
        /// Tells the guest what it waits for.
        case notice(Notice)
        /// Asks the guest for its health.
        case health(HealthReply)
        /// The actor ends of itself, or with one that it is linked to.
        case exit(ExitReason)
        /// Calls the guest's `shutdown`, then finishes.
        case shutDown(ExitReason)
        /// Drops the instance and ends the actor.
        case finish(ExitReason)
        /// Nothing: the right is given back.
        case park(idle: [OneShot<Void>])
    }

    /// What is to be done next. To be called by the holder of the right to turns.
    mutating func next() -> Step {
        switch phase {
        case .starting, .pausing:
            if let request { return .finish(request.reason) }
            return .start(generation)
        case .running:
            switch request {
            case .kill: return .finish(.killed)
            case .stop: return .shutDown(.shutdown)
            case nil: break
            }
            if let exitReason { return .exit(exitReason) }
            if let notice = nextNotice() { return .notice(notice) }
            if let reply = healthQueue.popFirst() { return .health(reply) }
            if let taken = mailbox.take() {
                if taken.letIn != nil { counters.accepted += 1 }
                current = taken.envelope
                return .handle(taken.envelope, admitted: taken.letIn?.admission)
            }
            return park()
        case .ended:
            return park()
        }
    }

    /// Gives the right to turns back where nothing is left to do; says whether something is. Nobody waits for the
    /// actor to fall idle then: `next` tells those.
    mutating func isDone() -> Bool {
        guard phase == .running, request == nil, exitReason == nil, mailbox.isEmpty, healthQueue.isEmpty,
            downs.isEmpty, responses.isEmpty, idleWaiters.isEmpty
        else { return false }
        isHeld = false
        return true
    }

    private mutating func park() -> Step {
        isHeld = false
        defer { idleWaiters = [] }
        return .park(idle: idleWaiters)
    }

    /// The instance runs.
    mutating func started() {
        phase = .running
        hasStarted = true
    }

    /// A turn ended well.
    mutating func handled(_ envelope: Envelope, _ result: Result<[UInt8]?, ActorError>) {
        counters.handled += 1
        current = nil
        switch result {
        case .success(nil):
            // Who gave up before the turn was over has been forgotten already.
            guard let id = envelope.message?.correlationID, let reply = envelope.reply, !reply.isResolved else { break }
            openRequests[id] = envelope.withoutPayload
            openReplies[ObjectIdentifier(reply)] = id
        case .success: break
        case .failure: counters.guestErrors += 1
        }
    }

    /// The turn of a call ended well.
    mutating func handledCall() {
        counters.handled += 1
        current = nil
    }

    /// Nobody waits for this answer any more.
    mutating func forget(_ reply: Reply) {
        guard let id = openReplies.removeValue(forKey: ObjectIdentifier(reply)) else { return }
        openRequests[id] = nil
    }

    /// Somebody asks for the actor's health; says what the caller does.
    mutating func ask(forHealth reply: HealthReply) -> Offer {
        if case .ended(let reason) = phase { return .refused(.died(reason)) }
        if let request { return .refused(.died(request.reason)) }
        healthQueue.append(reply)
        guard phase == .running, !isHeld else { return .queued }
        isHeld = true
        return .activate
    }
}
