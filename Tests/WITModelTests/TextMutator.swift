import TestSupport

/// Makes damaged texts of the fixtures: the same ones for the same seed.
struct TextMutator {
    private var state: UInt64
    private let texts: [[UInt8]]
    private let tokens: [[ArraySlice<UInt8>]]

    init(seed: UInt64) throws {
        state = seed
        var texts: [[UInt8]] = []
        for folder in ["accepted", "refused"] {
            for name in Golden.cases(in: folder, suffix: ".wit") {
                texts.append(try Golden.bytes("\(folder)/\(name).wit"))
            }
        }
        self.texts = texts
        tokens = texts.map(Self.split)
    }

    /// The next text: bytes or tokens of one fixture changed, or two fixtures put together.
    mutating func next() -> [UInt8] {
        switch random(below: 10) {
        case 0...2: return changedBytes()
        case 3...7: return Array(changedTokens(of: random(below: tokens.count)).joined())
        case 8: return changedLines()
        default:
            let first = tokens[random(below: tokens.count)]
            let second = tokens[random(below: tokens.count)]
            return Array(
                (first.prefix(random(below: first.count + 1)) + second.suffix(random(below: second.count + 1))).joined()
            )
        }
    }

    private mutating func random(below bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(bound))
    }

    private mutating func changedBytes() -> [UInt8] {
        var bytes = texts[random(below: texts.count)]
        for _ in 0...random(below: 3) where !bytes.isEmpty {
            let place = random(below: bytes.count)
            switch random(below: 5) {
            case 0: bytes[place] = UInt8(random(below: 256))
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(bytes[random(below: bytes.count)], at: place)
            case 3: bytes.removeSubrange(place..<min(bytes.count, place + random(below: 20)))
            default: bytes.removeSubrange(place...)
            }
        }
        return bytes
    }

    private mutating func changedTokens(of text: Int) -> [ArraySlice<UInt8>] {
        var list = tokens[text]
        for _ in 0...random(below: 3) where !list.isEmpty {
            let place = random(below: list.count)
            let other = random(below: list.count)
            switch random(below: 6) {
            case 0: list.remove(at: place)
            case 1: list.insert(list[place], at: place)
            case 2: list.swapAt(place, other)
            case 3: list[place] = list[other]
            case 4: list.insert(Self.words[random(below: Self.words.count)], at: place)
            default: list[place] = Self.words[random(below: Self.words.count)]
            }
        }
        return list
    }

    private mutating func changedLines() -> [UInt8] {
        var lines = texts[random(below: texts.count)].split(separator: 0x0A, omittingEmptySubsequences: false)
        let place = random(below: lines.count)
        switch random(below: 3) {
        case 0: lines.remove(at: place)
        case 1: lines.insert(lines[random(below: lines.count)], at: place)
        default: lines.swapAt(place, random(below: lines.count))
        }
        return Array(lines.joined(separator: [0x0A]))
    }

    /// Cuts a text into words, stretches of white space and single bytes.
    private static func split(_ text: [UInt8]) -> [ArraySlice<UInt8>] {
        func kind(_ byte: UInt8) -> Int {
            switch byte {
            case 0x20, 0x0A: 0
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x80...: 1
            default: 2
            }
        }
        var parts: [ArraySlice<UInt8>] = []
        var start = text.startIndex
        for index in text.indices where index > start {
            if kind(text[index]) == kind(text[index - 1]), kind(text[index]) != 2 { continue }
            parts.append(text[start..<index])
            start = index
        }
        parts.append(text[start...])
        return parts
    }

    private static let words: [ArraySlice<UInt8>] = [
        " u8 ", " string ", " list<u8> ", " list<u8, 3> ", " map<string, u8> ", " borrow<r> ", " own<r> ", " tuple<t> ",
        " result<_, t> ", " stream<u8> ", " t ", " r ", " a ", " A ", " % ", " _ ", " use i.{t}; ", " include w; ",
        " include w with { a as b } ", " import f: func(); ", " export f: func(); ", " import i; ", " export i; ",
        " import i: interface {} ", " type t = u8; ", " resource r { constructor(); m: func(); } ",
        " record a { b: t } ",
        " enum e { a, b } ", " interface i {} ", " world w {} ", " package a:b; ", " package c:d { interface i {} } ",
        " use c:d/i; ", " @since(version = 1.0.0) ", " @unstable(feature = x) ", " @external-id(\"x\") ", " /// a\n ",
        " /* ", " */ ", " \" ", " \\ ", " async ", " static ", " func ", " -> ", " 1.0.0 ", " { ", " } ", " < ", " > ",
        " ( ", " ) ", " , ", " ; ", " : ", " . ", " / ", " \u{202E} ", " \u{0} ", " é ", " 4294967296 ",
    ].map { Array($0.utf8)[...] }
}
