/// One command of the tool.
protocol Subcommand: SendableMetatype {
    /// The word that selects it.
    static var name: String { get }
    /// One line for the list of commands.
    static var summary: String { get }
    /// What `--help` prints.
    static var help: String { get }
    /// Does the work; the arguments are those after the command's name.
    static func run(_ arguments: [String], console: Console) async throws(CommandError)
}
