/// Everything that the live view shows at one moment.
struct RunView: Equatable {
    /// A supervisor or an actor.
    struct Row: Equatable {
        /// The lines that lead to it from its parent.
        let branch: String
        let name: String
        let status: Status
        /// Nil for a supervisor, which has no mailbox.
        let mailbox: Int?
        /// Messages handled in the last second; nil for a supervisor.
        let rate: Int?
        let restarts: UInt64
        let generation: UInt64
    }

    /// What a row is doing, and how that looks.
    struct Status: Equatable {
        enum Mood: Equatable { case good, changing, bad, idle }

        let text: String
        let mood: Mood
    }

    /// A line of the log.
    struct Line: Equatable {
        let text: String
        let mood: Status.Mood
    }

    /// What runs.
    var title = ""
    /// Figures of the whole, most important first.
    var figures: [String] = []
    var rows: [Row] = []
    /// The latest last.
    var log: [Line] = []
    /// What is being typed; nil where nobody types.
    var input: String?
    /// How many rows are scrolled out at the top.
    var scroll = 0
}

/// The size of a terminal, in characters.
struct ScreenSize: Equatable, Sendable {
    var columns: Int
    var rows: Int
}
