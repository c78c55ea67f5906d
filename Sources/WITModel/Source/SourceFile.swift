/// One WIT text in memory, with the path that diagnostics name.
public struct SourceFile: Sendable, Hashable {
    /// The path as diagnostics print it.
    public let path: String
    /// The text as bytes, which spans count in.
    public let bytes: [UInt8]
    /// Where each line starts, as an offset into `bytes`.
    let lineStarts: [Int]

    /// Makes a file of bytes that were read.
    ///
    /// - Parameters:
    ///   - path: The path that diagnostics print.
    ///   - bytes: The text; bytes that are not UTF-8 become a diagnostic of the lexer.
    public init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
        var starts = [0]
        for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
            starts.append(offset + 1)
        }
        self.lineStarts = starts
    }

    /// Makes a file of a text.
    ///
    /// - Parameters:
    ///   - path: The path that diagnostics print.
    ///   - text: The text.
    public init(path: String, text: String) {
        self.init(path: path, bytes: Array(text.utf8))
    }

    /// The line and column of an offset, both counted from 1, the column in Unicode scalars.
    func position(of offset: Int) -> (line: Int, column: Int) {
        let offset = min(max(offset, 0), bytes.count)
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return (low + 1, scalars(from: lineStarts[low], to: offset) + 1)
    }

    /// How many Unicode scalars start in a stretch of the text.
    func scalars(from start: Int, to end: Int) -> Int {
        bytes[start..<max(start, end)].reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
    }

    /// The text of a line, counted from 1, without its end; nil where it has more bytes than that.
    func line(_ number: Int, upTo limit: Int) -> String? {
        let start = lineStarts[number - 1]
        var end = number < lineStarts.count ? lineStarts[number] - 1 : bytes.count
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return end - start <= limit ? String(decoding: bytes[start..<end], as: UTF8.self) : nil
    }
}
