/// Draws a view into the lines of a screen, all of them and none too long.
struct ViewRenderer {
    let size: ScreenSize
    let hasColor: Bool

    /// A column of figures behind the names, and how wide it is with the space before it.
    private enum Column: Int, CaseIterable {
        case status, mailbox, rate, restarts, generation

        var title: String {
            switch self {
            case .status: "STATE"
            case .mailbox: "MAILBOX"
            case .rate: "MSG/S"
            case .restarts: "RESTARTS"
            case .generation: "GEN"
            }
        }

        var width: Int {
            switch self {
            case .status: 12
            case .mailbox, .rate: 9
            case .restarts: 10
            case .generation: 6
            }
        }
    }

    /// The lines, as many as the screen has rows, with their colours.
    func lines(_ view: RunView) -> [String] {
        guard size.rows > 0, size.columns > 0 else { return [] }
        var lines = [styled(header(view), .title)]
        let below = foot(view, rows: max(0, size.rows - lines.count))
        let room = size.rows - lines.count - below.count
        if room > 1 { lines += table(view, rows: room) }
        lines = Array(lines.prefix(max(1, size.rows - below.count)))
        lines += Array(repeating: "", count: max(0, size.rows - lines.count - below.count))
        return Array((lines + below).prefix(size.rows))
    }

    /// How many rows of the table are seen.
    func visibleRows(_ view: RunView) -> Int {
        max(0, size.rows - 2 - foot(view, rows: size.rows - 1).count)
    }

    private func header(_ view: RunView) -> String {
        var text = view.title
        for figure in view.figures where TextWidth.columns(text) + 3 + TextWidth.columns(figure) <= size.columns {
            text += " · " + figure
        }
        return TextWidth.cut(text, to: size.columns)
    }

    private func table(_ view: RunView, rows: Int) -> [String] {
        // What does not fit beside a name of some length is left out, from the right.
        var columns = Column.allCases
        while !columns.isEmpty, size.columns - columns.reduce(0, { $0 + $1.width }) < (columns.count > 1 ? 24 : 8) {
            columns.removeLast()
        }
        let nameWidth = max(1, size.columns - columns.reduce(0) { $0 + $1.width })
        let titles = columns.map { column in
            column == .status
                ? "  " + TextWidth.padded(column.title, to: column.width - 2) : right(column.title, column)
        }
        var lines = [
            styled(TextWidth.cut(TextWidth.padded("ACTOR", to: nameWidth) + titles.joined(), to: size.columns), .dim)
        ]
        let room = rows - 1
        let first = max(0, min(view.scroll, view.rows.count - room))
        let fits = view.rows.count - first <= room
        for row in view.rows[first...].prefix(fits ? room : max(0, room - 1)) {
            lines.append(line(row, columns, nameWidth))
        }
        if !fits {
            lines.append(
                styled(TextWidth.cut("… \(view.rows.count - first - room + 1) more below", to: size.columns), .dim)
            )
        }
        return lines
    }

    private func line(_ row: RunView.Row, _ columns: [Column], _ nameWidth: Int) -> String {
        var line = TextWidth.padded(TextWidth.cut(row.branch + row.name, to: nameWidth), to: nameWidth)
        for column in columns {
            switch column {
            case .status:
                let text = TextWidth.padded(TextWidth.cut(row.status.text, to: column.width - 2), to: column.width - 2)
                line += "  " + styled(text, Style(row.status.mood))
            case .mailbox: line += right(row.mailbox.map { "\($0)" } ?? "", column)
            case .rate: line += right(row.rate.map { "\($0)" } ?? "", column)
            case .restarts: line += right("\(row.restarts)", column)
            case .generation: line += right("\(row.generation)", column)
            }
        }
        return line
    }

    private func right(_ text: String, _ column: Column) -> String {
        let text = TextWidth.cut(text, to: column.width - 1)
        return String(repeating: " ", count: max(0, column.width - TextWidth.columns(text))) + text
    }

    /// The log, and the line that is being typed.
    private func foot(_ view: RunView, rows: Int) -> [String] {
        var lines: [String] = []
        // What the table does not need is the log's, and some rows are in any case.
        let logRows = rows < 8 ? 0 : max(min(12, rows / 3), rows - view.rows.count - 3)
        if logRows > 1 {
            lines.append(styled(String(repeating: "─", count: size.columns), .dim))
            let log = view.log.suffix(logRows - 1)
            lines += log.map { styled(TextWidth.cut($0.text, to: size.columns), Style($0.mood)) }
            lines += Array(repeating: "", count: logRows - 1 - log.count)
        }
        if let input = view.input, rows > 1, size.columns > 3 {
            // The end of what is typed is what one looks at.
            let room = size.columns - 3
            lines.append(styled("> ", .dim) + TextWidth.cutLeft(input, to: room) + styled(" ", .cursor))
        }
        return lines
    }
}

// MARK: - Colours

extension ViewRenderer {
    private enum Style {
        case title, dim, good, warm, bad, cursor

        init(_ mood: RunView.Status.Mood) {
            switch mood {
            case .good: self = .good
            case .changing: self = .warm
            case .bad: self = .bad
            case .idle: self = .dim
            }
        }

        var code: String {
            switch self {
            case .title: "1"
            case .dim: "2"
            case .good: "32"
            case .warm: "33"
            case .bad: "31"
            case .cursor: "7"
            }
        }
    }

    private func styled(_ text: String, _ style: Style) -> String {
        // Where there are no colours, a cursor that is not drawn would be none.
        guard hasColor else { return style == .cursor ? "_" : text }
        return text.isEmpty ? "" : "\u{1B}[\(style.code)m\(text)\u{1B}[0m"
    }
}
