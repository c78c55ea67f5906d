import Foundation
import Testing

/// Where tasks, threads and timers come from: executor and clock are given to the system, and nothing else makes any.
@Suite struct ConcurrencyTests {
    /// What code can create.
    enum Creation {
        case task, thread, timer

        /// What `source` creates, whatever stands in its comments and literals.
        static func all(in source: String) -> Set<Creation> {
            let task = /\bTask\s*(?:<[^{}()\n]*>\s*)?(?:[{(]|\.\s*(?:init|detached|immediate|immediateDetached)\b)/
            let group = /\bwith(?:Throwing|Discarding|ThrowingDiscarding)?TaskGroup\b|\basync\s+let\b/
            // `WorkerThread` is the wrapper of `pthread_create`.
            let thread = /\b(?:pthread_create\b|thrd_create\b|Dispatch[A-Z]\w*|Thread\s*[(.]|WorkerThread\s*[({])/
            let timer = /\b(?:timer_create|timerfd_create|setitimer)\b/
            let pause = /\.\s*sleep\s*\(\s*(?:for|until|nanoseconds)\b/
            let code = SwiftText(source).code
            var found: Set<Creation> = []
            let patterns = [(task, Creation.task), (group, .task), (thread, .thread), (timer, .timer), (pause, .timer)]
            for (pattern, creation) in patterns where code.contains(pattern.wordBoundaryKind(.simple)) {
                found.insert(creation)
            }
            return found
        }
    }

    /// The targets that are held to the table.
    static let targets = [
        "WasmCore", "WasmComponentModel", "WasmBindings", "WasmRuntime", "WasmActor", "WasmActorTestKit", "WasmStorage",
    ]

    /// The files that create anything, all of them.
    static let creators: [String: Set<Creation>] = [
        "WasmActor/System/TaskSpawner.swift": [.task],
        "WasmActorTestKit/Scheduler/SeededScheduler+Run.swift": [.task],
        "WasmRuntime/Threads/GuestExecutor.swift": [.thread],
        "WasmRuntime/Threads/InterruptibleTask.swift": [.task],
        "WasmRuntime/Threads/SystemClock.swift": [.thread],
        "WasmRuntime/Threads/ThreadTicker.swift": [.thread],
        "WasmRuntime/Threads/WorkerThread.swift": [.thread],
        "WasmStorage/SQLiteQueue.swift": [.thread],
    ]

    @Test func nothingElseCreatesATaskThreadOrTimer() throws {
        let sources = Repository.root.appending(path: "Sources")
        var found: [String: Set<Creation>] = [:]
        for target in Self.targets {
            for url in Repository.swiftFiles(below: sources.appending(path: target)) {
                let creations = Creation.all(in: try String(contentsOf: url, encoding: .utf8))
                if !creations.isEmpty { found[url.path.replacing(sources.path + "/", with: "")] = creations }
            }
        }
        #expect(found == Self.creators)
    }

    @Test(arguments: [
        ("Task { work() }", Creation.task), ("Task<Void, Never> { work() }", .task), ("Task(priority: .low) {}", .task),
        ("_Concurrency.Task.detached {}", .task), ("Task.immediate {}", .task), ("Task\n{ }", .task),
        ("await withTaskGroup(of: Int.self) {}", .task), ("try await withThrowingTaskGroup {}", .task),
        ("async let a = b()", .task), ("try WorkerThread { work() }", .thread), ("Thread(block: work)", .thread),
        ("pthread_create(&thread, nil, start, nil)", .thread), ("DispatchQueue.global().async {}", .thread),
        ("try await Task.sleep(for: .seconds(1))", .timer), ("try await clock.sleep(until: end)", .timer),
    ])
    func everyFormIsSeen(source: String, expected: Creation) {
        #expect(Creation.all(in: source) == [expected])
    }

    @Test(arguments: [
        "await Task.yield()", "Task.isCancelled", "var thread: WorkerThread?", "TaskSpawner(executor: e)",
        "startTask {}", "// Task { }", "let text = \"Task { }\"", "func sleep(_ time: UInt64)", "pthread_equal(a, b)",
    ])
    func nothingElseIsTakenForOne(source: String) {
        #expect(Creation.all(in: source).isEmpty)
    }
}
