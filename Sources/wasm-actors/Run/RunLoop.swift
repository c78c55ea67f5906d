import Foundation
import WasmActor
import WasmCore
import WasmRuntime

/// One run of a tree, from its start to the report of its end.
struct RunLoop {
    /// Why a run comes to its end.
    private enum End {
        case quit
        case signal(Int32)
        case treeEnded(ExitReason)
        case startFailed(ActorSystemError)
    }

    let options: RunOptions
    let spec: SupervisorSpec
    let system: ActorSystem
    let journal: RunJournal
    let isView: Bool
    let readsInput: Bool
    /// Whether somebody types at a terminal, and does not want to wait for anything.
    let isTyped: Bool
    /// Hands on what the reader of the lines has left, waiting for it no longer than so many milliseconds; below 0, for
    /// as long as it takes.
    let flush: @Sendable (Int32) -> Void
    /// Whether anybody reads the lines.
    let hasReader: @Sendable () -> Bool

    let inputs = RunInputs()
    /// Listens from the beginning, so that no event is missed.
    private let events: ActorEvents
    private let session: RunSession
    private var queue = ActionQueue()
    /// The actions that are being done.
    private var running: [Int: Task<RunReply, Never>] = [:]
    private var hasStarted = false
    private var hasInputEnded = false
    private var hasFailed = false
    /// Whether the command line itself has said `quit`.
    private var isScriptOver = false
    /// Whether the end is near, and no more lines are taken.
    private(set) var isQuitting = false
    /// Whether what was asked for before the end had its time.
    private var hasWaited = false
    private var toldDropped: UInt64 = 0

    // What `RunLoop+Lines` and `RunLoop+Looking` keep.
    var hasLostReader = false
    var unfinishedLine: [UInt8] = []
    var editor = LineEditor()
    var sampler = ViewSampler(start: .now)
    var screen = Screen()
    var view = RunView()
    var nextMetrics = ContinuousClock.now

    init(
        options: RunOptions,
        spec: SupervisorSpec,
        system: ActorSystem,
        journal: RunJournal,
        isView: Bool,
        readsInput: Bool,
        flush: @escaping @Sendable (Int32) -> Void,
        hasReader: @escaping @Sendable () -> Bool
    ) {
        self.options = options
        self.spec = spec
        self.system = system
        self.journal = journal
        self.isView = isView
        self.readsInput = readsInput
        self.flush = flush
        self.hasReader = hasReader
        // Asked now: a terminal that hangs up is none any more.
        isTyped = readsInput && Terminal.hasKeys
        events = system.events
        session = RunSession(system: system)
    }

    /// Runs the tree.
    ///
    /// - Parameter takesSignals: Whether the signals of the process are this run's.
    /// - Returns: What was ended and what was cut off; and a failure where the tree could not be started, or ended of
    ///   itself and abnormally, or was cut off, or where an action failed of a run that ends after its actions.
    mutating func run(takesSignals: Bool) async -> (report: ShutdownReport, failure: CommandError?) {
        let (system, journal, inputs, spec, events) = (system, journal, inputs, spec, events)
        let listener = Task { for await event in events { journal.tell(event) } }
        if takesSignals { inputs.takeSignals(isView: isView) }
        if isView { Terminal.enter() }
        let starter = Task {
            do throws(ActorSystemError) {
                let root = try await system.start(spec)
                inputs.add(.started)
                inputs.add(.ended(await root.ended()))
            } catch {
                inputs.add(.startFailed(error))
            }
        }
        inputs.add(.tick)
        let end = await react()
        starter.cancel()
        let report = await system.shutdown(grace: options.grace)
        await listener.value
        tellDropped()
        await tellUndone()
        try? writeMetrics()
        if isView { Terminal.leave() }
        // Without a view the report follows on the same way, and would have to wait as well.
        flush(isView ? 5000 : -1)
        return (report, failure(end, report))
    }

    private func failure(_ end: End, _ report: ShutdownReport) -> CommandError? {
        switch end {
        case .startFailed(let error): return .failure("the tree could not be started: \(error)")
        case .treeEnded(let reason) where reason.isAbnormal:
            return .failure("the tree \(spec.name) ended (\(reason))", hint: "The log above says what fell.")
        case .quit where hasFailed && options.exits:
            return .failure("an action failed", hint: "Its reply says why.")
        case .quit, .signal, .treeEnded: break
        }
        guard !report.cutOff.isEmpty else { return nil }
        let cutOff = report.cutOff.sorted { $0.key < $1.key }
        let names = cutOff.prefix(5).map { "\($0.key) (\($0.value))" }.joined(separator: ", ")
        return .failure(
            "cut off at the end: \(names)\(cutOff.count > 5 ? ", ..." : "")",
            hint: "Give them more time: --grace TIME, or `shutdown` in the tree."
        )
    }

    private mutating func react() async -> End {
        for await input in inputs.stream {
            switch input {
            case .started: start()
            case .startFailed(let error): return .startFailed(error)
            case .ended(let reason): return .treeEnded(reason)
            case .bytes(let bytes):
                take(bytes)
                inputs.makeRoom()
            case .endOfInput: endInput()
            case .done(let item, let reply):
                running[item.number] = nil
                finish(item, reply)
            case .waited: hasWaited = true
            case .signal(let number):
                guard number == SIGWINCH else { return .signal(number) }
                redraw()
            case .tick: tick()
            }
            // What the command line asks for is still done for nobody.
            if hasLostReader, hasStarted || options.actions.isEmpty, !queue.hasScript { quit() }
            if isOver { return .quit }
        }
        return .quit
    }

    /// Whether there is nothing left to wait for.
    private var isOver: Bool {
        if isQuitting { return queue.isEmpty || hasWaited }
        return options.exits && queue.isEmpty && (hasInputEnded || !options.actions.isEmpty && hasStarted)
    }

    private mutating func start() {
        hasStarted = true
        for action in options.actions { add(action, isScripted: true) }
        let isReading = readsInput && !(options.exits && !options.actions.isEmpty)
        if isReading { inputs.readStandardInput() } else { hasInputEnded = true }
    }

    private mutating func endInput() {
        if isView && isTyped { quit() } else { finishLine() }
        hasInputEnded = true
    }
}

// MARK: - Actions

extension RunLoop {
    /// Takes an action on, and begins it as soon as it may.
    mutating func add(_ action: RunAction, isScripted: Bool) {
        if let item = queue.add(action, isScripted: isScripted) { begin([item]) }
    }

    private mutating func begin(_ items: [ActionQueue.Item]) {
        let (session, inputs) = (session, inputs)
        var items = items[...]
        while let item = items.popFirst() {
            let reply = session.answer(item.action)
            if isScriptOver && item.isScripted {
                items += queue.finish(item.number)
            } else if let reply {
                if item.action.kind == .quit {
                    isScriptOver = isScriptOver || item.isScripted
                    quit()
                }
                tell(reply)
                items += queue.finish(item.number)
            } else {
                running[item.number] = Task {
                    let reply = await session.perform(item.action)
                    inputs.add(.done(item, reply))
                    return reply
                }
            }
        }
    }

    private mutating func finish(_ item: ActionQueue.Item, _ reply: RunReply) {
        tell(reply)
        begin(queue.finish(item.number))
    }

    /// Takes no more lines. What came before has the grace time, for lines from a file or a program are there to be
    /// done; whoever types wants to go.
    private mutating func quit() {
        guard !isQuitting else { return }
        isQuitting = true
        if isTyped { hasWaited = true } else { inputs.add(.waited, after: options.grace) }
    }

    /// Tells what became of the actions that were not done when the end came.
    private mutating func tellUndone() async {
        for (_, task) in running.sorted(by: { $0.key < $1.key }) {
            // Whomever it waited for is gone.
            task.cancel()
            tell(await task.value)
        }
        for item in queue.waiting where !(isScriptOver && item.isScripted) {
            tell(.failed(item.action.line, "not done: the run ended before its turn came"))
        }
    }

    mutating func tell(_ reply: RunReply) {
        if !reply.isDone { hasFailed = true }
        journal.tell(reply)
        redraw()
    }

    /// Says how many events are missing, where some are that it has not said of.
    mutating func tellDropped() {
        let dropped = events.dropped
        guard dropped > toldDropped else { return }
        journal.tell(dropped: dropped - toldDropped, total: dropped)
        toldDropped = dropped
    }
}
