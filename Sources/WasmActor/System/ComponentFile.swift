#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// Reads the file of a component.
enum ComponentFile {
    /// All bytes of a file.
    static func read(_ path: String) throws(ActorSystemError) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw unreadable(path) }
        defer { close(file) }
        var bytes: [UInt8] = []
        while true {
            let start = bytes.count
            let chunk = 1 << 20
            bytes.append(contentsOf: repeatElement(0, count: chunk))
            let count = bytes.withUnsafeMutableBytes { buffer in
                #if canImport(Darwin)
                    Darwin.read(file, buffer.baseAddress! + start, chunk)
                #elseif canImport(Musl)
                    Musl.read(file, buffer.baseAddress! + start, chunk)
                #else
                    Glibc.read(file, buffer.baseAddress! + start, chunk)
                #endif
            }
            guard count >= 0 else { throw unreadable(path) }
            bytes.removeLast(chunk - count)
            if count == 0 { return bytes }
        }
    }

    private static func unreadable(_ path: String) -> ActorSystemError {
        ActorSystemError(.unreadableFile, "\(path) cannot be read: \(String(cString: strerror(errno)))")
    }
}
