/// A WIT text, or several, that could not be read: everything that is wrong with them.
public struct WITError: Error, Sendable, CustomStringConvertible {
    /// What is wrong, in the order of files and lines.
    public let diagnostics: [Diagnostic]
    /// The files that the diagnostics point into.
    public let sources: SourceMap

    /// Makes an error.
    ///
    /// - Parameters:
    ///   - diagnostics: What is wrong.
    ///   - sources: The files that the diagnostics point into.
    public init(diagnostics: [Diagnostic], sources: SourceMap) {
        let ordered = diagnostics.enumerated().sorted { left, right in
            let first = (left.element.span?.file ?? -1, left.element.span?.start ?? -1, left.offset)
            let second = (right.element.span?.file ?? -1, right.element.span?.start ?? -1, right.offset)
            return first < second
        }
        self.diagnostics = ordered.map(\.element)
        self.sources = sources
    }

    /// Every diagnostic as compilers print it.
    public var description: String {
        diagnostics.map { $0.rendered(with: sources) }.joined(separator: "\n")
    }
}
