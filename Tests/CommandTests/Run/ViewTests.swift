import Testing

@testable import wasm_actors

@Suite struct ViewRendererTests {
    private static func row(
        _ branch: String,
        _ name: String,
        _ status: String = "running",
        mailbox: Int? = 0,
        restarts: UInt64 = 0
    ) -> RunView.Row {
        RunView.Row(
            branch: branch,
            name: name,
            status: .init(text: status, mood: status == "running" ? .good : .changing),
            mailbox: mailbox,
            rate: mailbox.map { $0 * 10 },
            restarts: restarts,
            generation: restarts + 1
        )
    }

    private static var view: RunView {
        var view = RunView()
        view.title = "shop"
        view.figures = ["3 actors", "120 msg/s", "12 waiting", "45.2 MiB"]
        view.rows = [
            row("", "shop (oneForOne)", mailbox: nil), row("├─ ", "shop/stock/main", mailbox: 12),
            row("└─ ", "carts (restForOne)", mailbox: nil, restarts: 3),
            row("   ├─ ", "shop/cart/1", "restarting", restarts: 3), row("   └─ ", "shop/cart/2"),
        ]
        view.log = [.init(text: "09:30:00 shop/cart/1 generation 3 crashed (trap: unreachable)", mood: .bad)]
        view.input = "ask shop/ca"
        return view
    }

    private func lines(_ columns: Int, _ rows: Int, of view: RunView = view, color: Bool = false) -> [String] {
        ViewRenderer(size: ScreenSize(columns: columns, rows: rows), hasColor: color).lines(view)
    }

    @Test func everythingIsShownWhereThereIsRoom() {
        #expect(
            lines(80, 14).map { line in String(line.reversed().drop { $0 == " " }.reversed()) } == [
                "shop · 3 actors · 120 msg/s · 12 waiting · 45.2 MiB",
                "ACTOR                               STATE       MAILBOX    MSG/S  RESTARTS   GEN",
                "shop (oneForOne)                    running                              0     1",
                "├─ shop/stock/main                  running          12      120         0     1",
                "└─ carts (restForOne)               running                              3     4",
                "   ├─ shop/cart/1                   restarting        0        0         3     4",
                "   └─ shop/cart/2                   running           0        0         0     1",
                "",
                String(repeating: "─", count: 80),
                "09:30:00 shop/cart/1 generation 3 crashed (trap: unreachable)",
                "", "", "",
                "> ask shop/ca_",
            ]
        )
    }

    @Test func aSmallWindowShowsWhatMattersMost() {
        let lines = lines(40, 5)
        #expect(lines[0] == "shop · 3 actors · 120 msg/s · 12 waiting")
        #expect(lines[1].hasPrefix("ACTOR") && lines[1].contains("STATE") && !lines[1].contains("RESTARTS"))
        #expect(lines[2].hasPrefix("shop (oneForOne)"))
        #expect(lines[3] == "… 4 more below")
        #expect(lines[4] == "> ask shop/ca_")
    }

    @Test func scrollingShowsTheRest() {
        var view = Self.view
        view.scroll = 3
        let lines = lines(40, 5, of: view)
        #expect(lines[2].hasPrefix("   ├─ shop/cart/1") && lines[3].hasPrefix("   └─ shop/cart/2"))
    }

    /// The text without the colours.
    private func plain(_ line: String) -> String { line.replacing(/\u{1B}\[[0-9;]*m/, with: "") }

    @Test func anyWindowIsFilledAndNoLineIsTooLong() {
        var view = Self.view
        view.log.append(.init(text: String(repeating: "漢字 e\u{301} 😀 ", count: 15), mood: .idle))
        view.input = String(repeating: "漢😀x", count: 50)
        view.rows.append(Self.row("", String(repeating: "n", count: 200), "restarting", mailbox: 123_456_789_012))
        for columns in Array(0...30) + [45, 60, 77, 100, 130] {
            for rows in [0, 1, 2, 3, 4, 5, 7, 8, 9, 12, 20, 40] {
                view.scroll = (columns * 7 + rows) % 9
                let lines = lines(columns, rows, of: view, color: true)
                #expect(lines.count == (columns == 0 ? 0 : rows))
                #expect(lines.allSatisfy { TextWidth.columns(plain($0)) <= max(columns, 3) }, "\(columns) x \(rows)")
            }
        }
    }

    @Test func coloursDoNotChangeTheText() {
        #expect(lines(80, 14, color: true).map(plain).dropLast() == lines(80, 14).dropLast())
        #expect(lines(80, 14, color: true)[5].contains("\u{1B}[33mrestarting"))
        #expect(!lines(80, 14).joined().contains("\u{1B}"))
    }
}

@Suite struct ScreenTests {
    private let size = ScreenSize(columns: 10, rows: 3)

    @Test func onlyLinesThatChangeAreWritten() {
        var screen = Screen()
        let first = screen.update(to: ["a", "b", "c"], size: size)
        #expect(first.contains("\u{1B}[2J") && first.contains("\u{1B}[3;1H\u{1B}[2Kc"))
        #expect(screen.update(to: ["a", "B", "c"], size: size) == "\u{1B}[?2026h\u{1B}[2;1H\u{1B}[2KB\u{1B}[?2026l")
        #expect(screen.update(to: ["a", "B", "c"], size: size) == "")
    }

    @Test func anotherSizeOrALostScreenDrawsAllAnew() {
        var screen = Screen()
        _ = screen.update(to: ["a"], size: size)
        #expect(screen.update(to: ["a"], size: ScreenSize(columns: 9, rows: 3)).contains("\u{1B}[2J"))
        screen.forget()
        #expect(screen.update(to: ["a"], size: ScreenSize(columns: 9, rows: 3)).contains("\u{1B}[1;1H\u{1B}[2Ka"))
    }
}

@Suite struct TextWidthTests {
    @Test(arguments: [("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("漢字", 4), ("😀", 2), ("├─", 2), ("\u{200B}", 0)])
    func charactersTakeTheirColumns(text: String, columns: Int) {
        #expect(TextWidth.columns(text) == columns)
    }

    @Test func textIsCutAtEitherEnd() {
        #expect(TextWidth.cut("abcdef", to: 4) == "abc…")
        #expect(TextWidth.cut("漢字漢字", to: 4) == "漢…")
        #expect(TextWidth.cutLeft("abcdef", to: 4) == "…def")
        #expect(TextWidth.cut("abc", to: 3) == "abc")
        #expect(TextWidth.cut("abc", to: 0) == "")
    }
}

@Suite struct ViewSamplerTests {
    @Test(arguments: [(UInt64(0), "0.0 MiB"), (1 << 20, "1.0 MiB"), (47_400_000, "45.2 MiB"), (3 << 30, "3.0 GiB")])
    func sizesHaveOneDigitBehindThePoint(bytes: UInt64, text: String) {
        #expect(ViewSampler.size(bytes) == text)
    }

    @Test func timesAreHoursMinutesAndSeconds() {
        #expect(ViewSampler.clock(.seconds(3_725)) == "01:02:05")
        #expect(ViewSampler.clock(.seconds(400_000)) == "111:06:40")
    }
}
