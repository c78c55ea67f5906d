/// The files that spans point into.
public struct SourceMap: Sendable {
    /// The files, in the order in which they were added.
    public private(set) var files: [SourceFile] = []

    /// Makes an empty map.
    public init() {}

    /// Adds a file.
    ///
    /// - Parameter file: The file.
    /// - Returns: The number that spans of this file carry.
    public mutating func add(_ file: SourceFile) -> Int {
        files.append(file)
        return files.count - 1
    }

    /// Where a span starts, as compilers print it: `path:line:column`.
    ///
    /// - Parameter span: A span of one of the files.
    /// - Returns: The text.
    public func location(of span: Span) -> String {
        let file = files[span.file]
        let position = file.position(of: span.start)
        return "\(file.path):\(position.line):\(position.column)"
    }

    /// The text that a span covers.
    func text(of span: Span) -> String {
        String(decoding: files[span.file].bytes[span.start..<span.end], as: UTF8.self)
    }
}
