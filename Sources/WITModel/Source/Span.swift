/// A stretch of one source file.
public struct Span: Sendable, Hashable {
    /// Which file of the `SourceMap`.
    public let file: Int
    /// The offset of the first byte.
    public let start: Int
    /// The offset after the last byte.
    public let end: Int

    /// Makes a span.
    ///
    /// - Parameters:
    ///   - file: Which file of the source map.
    ///   - start: The offset of the first byte.
    ///   - end: The offset after the last byte.
    public init(file: Int, start: Int, end: Int) {
        self.file = file
        self.start = start
        self.end = max(start, end)
    }

    /// The span from the start of this one to the end of the other.
    func through(_ other: Span) -> Span {
        Span(file: file, start: start, end: other.end)
    }
}
