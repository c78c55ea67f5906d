internal import Synchronization

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// Writes lines to a file descriptor and never waits for whoever reads them: what the reader does not take is kept, up
/// to a bound, and what is beyond that is dropped and counted.
///
/// What is kept goes out with the next line, or with `flush`. A line is written in pieces that a pipe takes whole or not
/// at all, each after the system has said that there is room.
package final class DescriptorWriter: Sendable {
    private struct State {
        var kept: [UInt8] = []
        var dropped: UInt64 = 0
        /// Those dropped of which no notice was written yet.
        var unnoticed: UInt64 = 0
    }

    /// What a pipe takes whole where it takes anything.
    private static let piece = 4096

    private let descriptor: Int32
    private let capacity: Int
    private let notice: @Sendable (UInt64) -> String
    private let state = Mutex(State())

    /// Makes a writer. The descriptor stays open.
    ///
    /// - Parameters:
    ///   - descriptor: Where to write.
    ///   - capacity: How many bytes are kept for a slow reader [1 MiB].
    ///   - notice: The line, with its end, that tells of dropped lines once there is room again.
    package init(_ descriptor: Int32, capacity: Int = 1 << 20, notice: @escaping @Sendable (UInt64) -> String) {
        self.descriptor = descriptor
        self.capacity = capacity
        self.notice = notice
    }

    /// How many lines were dropped.
    package var dropped: UInt64 { state.withLock { $0.dropped } }

    /// Writes a line, which brings its end along; returns at once.
    package func write(_ line: String) {
        state.withLock { state in
            drain(&state)
            let notice = state.unnoticed > 0 ? notice(state.unnoticed) : ""
            guard state.kept.count + notice.utf8.count + line.utf8.count <= capacity else {
                state.dropped += 1
                state.unnoticed += 1
                return
            }
            state.kept += notice.utf8
            state.kept += line.utf8
            state.unnoticed = 0
            drain(&state)
        }
    }

    /// Writes what is kept, as far as the reader takes it.
    ///
    /// - Parameter milliseconds: How long to wait for the reader where it takes nothing.
    package func flush(atMost milliseconds: Int32 = 0) {
        state.withLock { drain(&$0, patience: milliseconds) }
    }

    private func drain(_ state: inout State, patience: Int32 = 0) {
        var written = 0
        while written < state.kept.count {
            var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            guard poll(&request, 1, patience) == 1 else { break }
            let count = state.kept[written...].prefix(Self.piece).withUnsafeBytes { bytes in
                system(write: bytes)
            }
            if count < 0 {
                if errno == EINTR { continue }
                if errno == EAGAIN { break }
                // Nobody will ever read it.
                written = state.kept.count
                break
            }
            written += count
        }
        state.kept.removeFirst(written)
    }

    private func system(write bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Darwin)
            Darwin.write(descriptor, bytes.baseAddress, bytes.count)
        #elseif canImport(Musl)
            Musl.write(descriptor, bytes.baseAddress, bytes.count)
        #else
            Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        #endif
    }
}
