#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// Tells one thread from another.
struct ThreadMark: Hashable, Sendable {
    private let word: UInt

    /// The calling thread's.
    static var current: ThreadMark {
        #if canImport(Darwin)
            ThreadMark(word: UInt(bitPattern: pthread_self()))
        #else
            ThreadMark(word: UInt(pthread_self()))
        #endif
    }
}

/// A variable of the process's environment.
func environmentVariable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
}

/// Holds the calling thread up for a millisecond.
func pauseThread() {
    var time = timespec(tv_sec: 0, tv_nsec: 1_000_000)
    nanosleep(&time, nil)
}
