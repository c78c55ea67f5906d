internal import Synchronization

/// Runs the turns of guests on threads of their own, so that a guest or a blocking host function stops no timer and no
/// supervisor.
///
/// A thread that runs out of work looks for more during a moment before it sleeps: waking a sleeping thread costs far
/// more than a turn. Keep the executor until `shutdown()`; its threads keep it alive until then.
public final class GuestExecutor: TaskExecutor {
    private struct State: Sendable {
        var threads: [WorkerThread] = []
        var isStopped = false
    }

    private let jobs = JobQueue()
    private let state = Mutex(State())
    private let sleep = ConditionLock()
    private let sleepers = Atomic<Int>(0)
    private let isStopping = Atomic<Bool>(false)
    private let spins: Int

    /// How many threads there are.
    public let threadCount: Int

    /// Starts the threads.
    ///
    /// - Parameters:
    ///   - threads: How many; at least 1.
    ///   - spins: How often an idle thread looks for work before it sleeps [2,000: some tens of microseconds].
    /// - Throws: `RuntimeError.threadsExhausted` where the system gives no more threads.
    public init(threads: Int, spins: Int = 2000) throws(RuntimeError) {
        self.threadCount = max(1, threads)
        self.spins = spins
        for _ in 0..<threadCount {
            do throws(RuntimeError) {
                let thread = try WorkerThread { self.work() }
                state.withLock { $0.threads.append(thread) }
            } catch {
                shutdown()
                throw error
            }
        }
    }

    /// Takes a job; runs it on the calling thread where the executor has been shut down, so that none is lost.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if isStopping.load(ordering: .sequentiallyConsistent) {
            job.runSynchronously(on: asUnownedTaskExecutor())
            return
        }
        jobs.append(job)
        // A shutdown that began meanwhile may have looked for the last time already.
        if isStopping.load(ordering: .sequentiallyConsistent) { return runRemainingJobs() }
        if sleepers.load(ordering: .sequentiallyConsistent) > 0 {
            sleep.withLock { sleep.signal() }
        }
    }

    /// Ends the threads after the jobs that are queued.
    ///
    /// - Parameter waiting: Whether this waits for the threads, but for one of them that calls [true]. Without it a thread
    ///   that a job does not give back is left to that job.
    public func shutdown(waiting: Bool = true) {
        isStopping.store(true, ordering: .sequentiallyConsistent)
        sleep.withLock { sleep.broadcast() }
        let threads = state.withLock { state in
            defer { state.threads = [] }
            return state.threads
        }
        for thread in threads {
            if waiting && !thread.isCurrent { thread.join() } else { thread.detach() }
        }
        runRemainingJobs()
    }

    private func runRemainingJobs() {
        while let job = jobs.popFirst() {
            job.runSynchronously(on: asUnownedTaskExecutor())
        }
    }

    private func work() {
        while true {
            if let job = nextJob() {
                job.runSynchronously(on: asUnownedTaskExecutor())
            } else if isStopping.load(ordering: .sequentiallyConsistent) {
                return
            } else {
                sleepUntilWork()
            }
        }
    }

    private func nextJob() -> UnownedJob? {
        for _ in 0..<max(1, spins) {
            if !jobs.isEmpty, let job = jobs.popFirst() { return job }
            if isStopping.load(ordering: .relaxed) { return jobs.popFirst() }
            spinWait()
        }
        return nil
    }

    private func sleepUntilWork() {
        sleep.lock()
        sleepers.add(1, ordering: .sequentiallyConsistent)
        // Looked at again after the count is up: an `enqueue` either sees the sleeper or is seen here.
        if jobs.isEmpty && !isStopping.load(ordering: .sequentiallyConsistent) {
            sleep.wait()
        }
        sleepers.subtract(1, ordering: .sequentiallyConsistent)
        sleep.unlock()
    }

    private func spinWait() {
        // A read that the compiler must keep: it paces the loop without a system call.
        for _ in 0..<4 { _ = sleepers.load(ordering: .sequentiallyConsistent) }
    }
}

/// Jobs in the order of their arrival.
private final class JobQueue: Sendable {
    private struct State {
        var items: [UnownedJob] = []
        var head = 0
    }

    private let state = Mutex(State())
    private let count = Atomic<Int>(0)

    var isEmpty: Bool { count.load(ordering: .sequentiallyConsistent) == 0 }

    func append(_ job: UnownedJob) {
        state.withLock { state in
            state.items.append(job)
            count.add(1, ordering: .sequentiallyConsistent)
        }
    }

    func popFirst() -> UnownedJob? {
        state.withLock { state in
            guard state.head < state.items.count else { return nil }
            let job = state.items[state.head]
            state.head += 1
            count.subtract(1, ordering: .sequentiallyConsistent)
            if state.head == state.items.count {
                state.items.removeAll(keepingCapacity: true)
                state.head = 0
            } else if state.head >= 1024 && state.head * 2 >= state.items.count {
                state.items.removeFirst(state.head)
                state.head = 0
            }
            return job
        }
    }
}
