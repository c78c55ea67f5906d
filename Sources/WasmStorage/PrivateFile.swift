#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// A file that its owner alone may read.
enum PrivateFile {
    /// Makes an empty file where there is none. SQLite gives the two files beside it the rights that it finds on it; what
    /// cannot be made SQLite reports.
    static func make(_ path: String) {
        let file = unsafe open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        if file >= 0 { close(file) }
    }
}
