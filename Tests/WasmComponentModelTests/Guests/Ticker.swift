import Synchronization
import WasmComponentModel

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A thread that advances an engine's epoch as fast as it can, while a test runs a guest.
enum Ticker {
    private final class Run: Sendable {
        let engine: Engine
        let stop = Atomic<Bool>(false)

        init(_ engine: Engine) {
            self.engine = engine
        }
    }

    static func during<R>(_ engine: Engine, _ body: () throws -> R) throws -> R {
        let run = Run(engine)
        let thread = start(run)
        defer { finish(run, thread) }
        return try body()
    }

    static func during<R>(_ engine: Engine, _ body: () async throws -> R) async throws -> R {
        let run = Run(engine)
        let thread = start(run)
        defer { finish(run, thread) }
        return try await body()
    }

    private static func finish(_ run: Run, _ thread: pthread_t) {
        run.stop.store(true, ordering: .relaxed)
        pthread_join(thread, nil)
    }

    private static func start(_ run: Run) -> pthread_t {
        #if canImport(Darwin)
            var thread: pthread_t?
        #else
            var thread = pthread_t()
        #endif
        pthread_create(
            &thread,
            nil,
            { argument in
                #if canImport(Darwin)
                    let run = Unmanaged<Run>.fromOpaque(argument).takeRetainedValue()
                #else
                    guard let argument else { return nil }
                    let run = Unmanaged<Run>.fromOpaque(argument).takeRetainedValue()
                #endif
                while !run.stop.load(ordering: .relaxed) {
                    run.engine.incrementEpoch()
                    sched_yield()
                }
                return nil
            },
            Unmanaged.passRetained(run).toOpaque()
        )
        #if canImport(Darwin)
            return thread!
        #else
            return thread
        #endif
    }
}
