import Foundation
import Synchronization

/// The terminal while the live view has it: its other screen, no cursor, keys as they are typed. However the process ends,
/// short of `kill -9`, the terminal is as it was before.
enum Terminal {
    private static let isEntered = Atomic(false)
    /// How the terminal was; written once, before `isEntered` is set for the first time, and only read afterwards, by
    /// signal handlers too.
    nonisolated(unsafe) private static let saved = UnsafeMutablePointer<termios>.allocate(capacity: 1)
    private static let isRedrawn = Atomic(true)
    // Written by signal handlers, so they lie in memory as bytes from the beginning.
    private static let entry: StaticString = "\u{1B}[?1049h\u{1B}[?25l\u{1B}[2J"
    private static let exit: StaticString = "\u{1B}[?2026l\u{1B}[0m\u{1B}[?25h\u{1B}[?1049l"

    /// Whether standard output is a terminal that a view can be drawn on.
    static var isThere: Bool {
        isatty(1) == 1 && ProcessInfo.processInfo.environment["TERM"].map { $0 != "dumb" && !$0.isEmpty } == true
    }

    /// Whether keys can be read from it.
    static var hasKeys: Bool { isatty(0) == 1 }

    /// The size of the window; 80 to 24 where it is not told.
    static var size: ScreenSize {
        var window = winsize()
        guard ioctl(1, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0, window.ws_row > 0 else {
            return ScreenSize(columns: 80, rows: 24)
        }
        return ScreenSize(columns: Int(window.ws_col), rows: Int(window.ws_row))
    }

    /// Sees to it that the terminal is given back at every end of the process. To be called once, before libwasmtime
    /// installs its own handlers, which pass on what is not theirs.
    static func guardEnds() {
        if tcgetattr(0, saved) != 0 { _ = tcgetattr(1, saved) }
        atexit { Terminal.leave() }
        for number in [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT, SIGQUIT] {
            signal(number) { number in
                Terminal.leave()
                signal(number, SIG_DFL)
                raise(number)
            }
        }
        // Ctrl-Z: the shell gets its terminal, and when somebody has the process go on the view comes back.
        signal(SIGTSTP) { _ in
            Terminal.leave()
            raise(SIGSTOP)
            Terminal.enter()
        }
    }

    /// Whether what stood on the screen is gone since this was last asked.
    static var needsRedraw: Bool { !isRedrawn.exchange(true, ordering: .acquiringAndReleasing) }

    /// Takes the terminal over. Takes no lock and no memory: a signal handler calls it.
    static func enter() {
        guard !isEntered.exchange(true, ordering: .acquiringAndReleasing) else { return }
        var mode = saved.pointee
        // Signals stay keys, so that Ctrl-C and Ctrl-Z do what they do.
        mode.c_lflag &= ~tcflag_t(ICANON | ECHO | IEXTEN)
        if hasKeys { tcsetattr(0, TCSADRAIN, &mode) }
        _ = Foundation.write(1, entry.utf8Start, entry.utf8CodeUnitCount)
        isRedrawn.store(false, ordering: .releasing)
    }

    /// Gives it back. Takes no lock and no memory: signal handlers call it.
    static func leave() {
        guard isEntered.exchange(false, ordering: .acquiringAndReleasing) else { return }
        _ = Foundation.write(1, exit.utf8Start, exit.utf8CodeUnitCount)
        if hasKeys { tcsetattr(0, TCSADRAIN, saved) }
    }

    /// Draws, where the terminal is taken over.
    static func draw(_ text: String) {
        guard isEntered.load(ordering: .acquiring) else { return }
        _ = Descriptor.write(Array(text.utf8), to: 1)
    }
}

/// What stands on the screen: only the lines that change are written.
struct Screen {
    private var shown: [String] = []
    private var size = ScreenSize(columns: 0, rows: 0)

    /// The text that brings the screen to new lines.
    mutating func update(to lines: [String], size: ScreenSize) -> String {
        var text = ""
        if size != self.size {
            // What the terminal made of the old lines is not known.
            (shown, self.size) = ([], size)
            text += "\u{1B}[2J"
        }
        for (index, line) in lines.enumerated() where index >= shown.count || shown[index] != line {
            // Erased first: behind a line that fills the row, the end of the row is its last character.
            text += "\u{1B}[\(index + 1);1H\u{1B}[2K\(line)"
        }
        shown = lines
        // Terminals that know it show all of this at once.
        return text.isEmpty ? "" : "\u{1B}[?2026h\(text)\u{1B}[?2026l"
    }

    /// Forgets what stands there.
    mutating func forget() { shown = [] }
}
