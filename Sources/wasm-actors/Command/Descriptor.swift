import Foundation

/// Reads and writes through descriptors that are shared with other processes: any of those may have made them
/// non-blocking, and may have left the other end.
enum Descriptor {
    /// Writes all bytes, and waits for whoever takes them.
    ///
    /// - Parameters:
    ///   - bytes: The bytes.
    ///   - descriptor: Where to write.
    /// - Returns: The system's error where not all of them went out; nil where they did.
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
        var written = 0
        while written < bytes.count {
            let (count, error) = bytes[written...].withUnsafeBytes { rest in
                (Foundation.write(descriptor, rest.baseAddress, rest.count), errno)
            }
            if count > 0 {
                written += count
            } else if count == 0 {
                return EIO
            } else if error == EAGAIN {
                wait(for: POLLOUT, on: descriptor)
            } else if error != EINTR {
                return error
            }
        }
        return nil
    }

    /// Reads what is there, and waits where nothing is.
    ///
    /// - Parameters:
    ///   - buffer: Where the bytes go.
    ///   - descriptor: Where to read.
    /// - Returns: How many came; 0 at the end, and where nothing can be read.
    static func read(into buffer: inout [UInt8], from descriptor: Int32) -> Int {
        while true {
            let (count, error) = buffer.withUnsafeMutableBytes { room in
                (Foundation.read(descriptor, room.baseAddress, room.count), errno)
            }
            if count >= 0 { return count }
            switch error {
            case EINTR: continue
            case EAGAIN: wait(for: POLLIN, on: descriptor)
            default: return 0
            }
        }
    }

    /// Whether a descriptor is the end of a pipe, or a socket, whose other end nobody has any more.
    static func isBrokenPipe(_ descriptor: Int32) -> Bool {
        var info = stat()
        guard fstat(descriptor, &info) == 0, [S_IFIFO, S_IFSOCK].contains(info.st_mode & S_IFMT) else { return false }
        var request = pollfd(fd: descriptor, events: 0, revents: 0)
        return poll(&request, 1, 0) == 1 && request.revents & Int16(POLLERR | POLLHUP) != 0
    }

    /// Waits until something can be done, or fails at once. A signal ends it early.
    private static func wait(for events: Int32, on descriptor: Int32) {
        var request = pollfd(fd: descriptor, events: Int16(events), revents: 0)
        _ = poll(&request, 1, -1)
    }
}
