#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// A thread of the runtime. `join` waits for its end; that or `detach` is to be called once, `join` from another thread.
struct WorkerThread: Sendable {
    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    private let thread: pthread_t

    /// Starts a thread.
    ///
    /// - Throws: `RuntimeError.threadsExhausted` where the system gives no more threads.
    init(_ run: @escaping @Sendable () -> Void) throws(RuntimeError) {
        let body = Unmanaged.passRetained(Body(run))
        #if canImport(Darwin)
            var thread: pthread_t?
            let status = pthread_create(&thread, nil, { Self.start($0) }, body.toOpaque())
        #else
            var thread = pthread_t()
            let status = pthread_create(&thread, nil, { Self.start($0!) }, body.toOpaque())
        #endif
        guard status == 0 else {
            body.release()
            throw RuntimeError(
                .threadsExhausted,
                "the system gave no thread (error \(status)); raise its limit of threads or memory maps"
            )
        }
        #if canImport(Darwin)
            self.thread = thread!
        #else
            self.thread = thread
        #endif
    }

    private static func start(_ argument: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
        Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
        return nil
    }

    /// Whether the calling thread is this one.
    var isCurrent: Bool { pthread_equal(pthread_self(), thread) != 0 }

    func join() { pthread_join(thread, nil) }

    /// Leaves the thread to its own end, in place of `join`.
    func detach() { pthread_detach(thread) }
}
