/// Why a file does not describe a tree: every mistake that was found.
public struct TreeFileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// One mistake.
    public struct Mistake: Hashable, Sendable {
        /// The way to the value, such as `children[2].restart`; empty for the whole.
        public let path: String
        /// The line of the file, from 1; 0 where the file could not be read.
        public let line: Int
        /// The column, in bytes from 1; 0 where the file could not be read.
        public let column: Int
        /// What is wrong, and what is allowed.
        public let message: String
    }

    /// The file, as it was named.
    public let file: String
    /// The mistakes, 20 at the most, at least one.
    public let mistakes: [Mistake]

    /// One line for each mistake: the file, the place, the way to the value, what is wrong and what is allowed.
    public var description: String {
        mistakes.map { mistake in
            let place = mistake.line > 0 ? "\(file):\(mistake.line):\(mistake.column)" : file
            return "\(place): " + (mistake.path.isEmpty ? "" : "\(mistake.path): ") + mistake.message
        }.joined(separator: "\n")
    }
}

/// What a specification says that a file cannot: components that are no files and no names, worlds, two environment
/// variables of one name.
public struct UnwritableSpec: Error, Hashable, Sendable, CustomStringConvertible {
    /// What it is.
    public let message: String

    /// What it is.
    public var description: String { message }
}
