/// The lines that a run takes, from a terminal or from anywhere else.
extension RunLoop {
    private static let longestLine = 1 << 20

    /// Takes bytes of standard input.
    mutating func take(_ bytes: [UInt8]) {
        guard isView, isTyped else { return takeLines(bytes) }
        for result in editor.type(bytes) {
            switch result {
            case .line(let line): take(line: line)
            case .scroll(let rows): scroll(by: rows)
            case .page(let pages): scroll(by: pages * max(1, visibleRows - 2))
            case .end: take(line: "quit")
            }
        }
        redraw()
    }

    private mutating func takeLines(_ bytes: [UInt8]) {
        for byte in bytes {
            if byte == UInt8(ascii: "\n") {
                finishLine()
            } else if unfinishedLine.count < Self.longestLine {
                unfinishedLine.append(byte)
            }
        }
    }

    /// Takes what there is of a line as the whole.
    mutating func finishLine() {
        let bytes = unfinishedLine
        unfinishedLine = []
        guard bytes.count < Self.longestLine else {
            let start = String(decoding: bytes.prefix(40), as: UTF8.self)
            return tell(.failed(start, "the line is longer than \(Self.longestLine) bytes"))
        }
        let line = String(decoding: bytes, as: UTF8.self)
        take(line: line.hasSuffix("\r") ? String(line.dropLast()) : line)
    }

    private mutating func take(line: String) {
        guard !isQuitting else { return }
        do throws(RunAction.Mistake) {
            if let action = try RunAction.parse(line) { add(action, isScripted: false) }
        } catch {
            tell(.failed(line, error.message, hint: error.hint))
        }
    }
}
