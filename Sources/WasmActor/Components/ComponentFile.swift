#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// Reads the file of a component.
enum ComponentFile {
    /// Why a file cannot be read.
    struct Failure: Error {
        private let code = errno

        /// Whether there is no such file.
        var isMissing: Bool { code == ENOENT }
        /// The system's word on it.
        var text: String { String(cString: strerror(code)) }
    }

    /// All bytes of a file.
    static func read(_ path: String) throws(Failure) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw Failure() }
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
            guard count >= 0 else { throw Failure() }
            bytes.removeLast(chunk - count)
            if count == 0 { return bytes }
        }
    }
}
