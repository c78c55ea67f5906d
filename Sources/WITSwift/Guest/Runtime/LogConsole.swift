/// Where the text goes that Swift prints, one line at a time: into the host's log.
///
/// `print` writes entries of the level `info`. What `fatalError`, `precondition` and Swift's own checks say before they
/// trap becomes an entry of the level `error`, so that the reason of a trap is not lost.
private enum LogConsole {
    static let capacity = 1024
    /// The line so far. It is never grown or freed, so that a failing guest can still speak. As all of a guest it is reached
    /// by one call at a time on one thread, which is why nothing guards it.
    nonisolated(unsafe) static var line: UnsafeMutablePointer<UInt8>?
    nonisolated(unsafe) static var count = 0

    static func write(_ byte: UInt8) {
        let line = self.line ?? .allocate(capacity: capacity)
        self.line = line
        if byte == 0x0A || count == capacity { flush(line) }
        if byte != 0x0A {
            line[count] = byte
            count += 1
        }
    }

    private static func flush(_ line: UnsafeMutablePointer<UInt8>) {
        let text = UnsafeBufferPointer(start: line, count: count)
        let level: LogLevel = contains(text, "Fatal error") ? .error : .info
        count = 0
        // A log that refuses more text cannot be told so.
        try? Services.log(level: level, message: String(decoding: text, as: UTF8.self), fields: [])
    }

    private static func contains(_ text: UnsafeBufferPointer<UInt8>, _ part: StaticString) -> Bool {
        let size = part.utf8CodeUnitCount
        guard text.count >= size else { return false }
        return (0...text.count - size).contains { start in
            (0..<size).allSatisfy { text[start + $0] == part.utf8Start[$0] }
        }
    }
}

/// As in C: what `print` and Swift's failure messages go through.
@_cdecl("putchar")
func guestPutCharacter(_ character: Int32) -> Int32 {
    LogConsole.write(UInt8(truncatingIfNeeded: character))
    return character
}

/// As in BSD: the seeds of hashing, from the host.
@_cdecl("arc4random_buf")
func guestRandom(_ target: UnsafeMutableRawPointer, _ byteCount: Int) {
    guard let bytes = try? Services.randomBytes(count: UInt32(byteCount)) else { return }
    bytes.withUnsafeBytes {
        target.copyMemory(from: $0.baseAddress.unsafelyUnwrapped, byteCount: min(byteCount, $0.count))
    }
}
