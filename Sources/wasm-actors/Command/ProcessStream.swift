import Foundation
import Synchronization

/// A stream of the process that commands write to. What cannot be written ends nothing: the work goes on without it,
/// and at the end it is known why.
final class ProcessStream: Sendable {
    private let descriptor: Int32
    /// The system's error of the first write that failed; nothing is written after it, for output with a gap is no use.
    private let error = Mutex<Int32?>(nil)

    init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Writes, and waits for whoever reads.
    func write(_ bytes: [UInt8]) {
        error.withLock { error in
            if error == nil { error = Descriptor.write(bytes, to: descriptor) }
        }
    }

    /// Why something was not written; nil where all was, or where whoever read a pipe has read enough.
    var failure: String? {
        guard let error = error.withLock({ $0 }), error != EPIPE else { return nil }
        return String(cString: strerror(error))
    }

    /// Has the streams of the process be ones to which writing does no harm. To be called before any file is opened.
    static func prepare() {
        // A write into a pipe that nobody reads any more is to fail, not to end the process in the middle of its work.
        signal(SIGPIPE, SIG_IGN)
        // The number of a stream that is closed would be the next file's, and output would go there. Opened for reading
        // alone, it says that it cannot be written.
        for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) < 0 { _ = open("/dev/null", O_RDONLY) }
    }
}
