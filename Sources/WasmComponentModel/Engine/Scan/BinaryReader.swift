/// Reads the component binary format within bounds.
///
/// The bytes are a stranger's: every read is checked, and what is unknown ends the reading.
///
/// See `Binary.md` of the component model.
struct BinaryReader {
    /// The bytes end early, or hold something that this package does not know.
    struct Unreadable: Error {}

    private let bytes: [UInt8]
    private(set) var position: Int
    private let end: Int

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        position = 0
        end = bytes.count
    }

    private init(_ bytes: [UInt8], _ range: Range<Int>) {
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
    }

    var isAtEnd: Bool { position == end }

    mutating func byte() throws(Unreadable) -> UInt8 {
        guard position < end else { throw Unreadable() }
        defer { position += 1 }
        return bytes[position]
    }

    /// The next byte, which stays to be read.
    func peek() throws(Unreadable) -> UInt8 {
        guard position < end else { throw Unreadable() }
        return bytes[position]
    }

    mutating func skip(_ count: Int) throws(Unreadable) {
        guard count >= 0, count <= end - position else { throw Unreadable() }
        position += count
    }

    mutating func skipToEnd() {
        position = end
    }

    /// A number of at most 32 bits in LEB128.
    mutating func number() throws(Unreadable) -> Int {
        var result: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 35, by: 7) {
            let byte = try byte()
            result |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 {
                guard result <= UInt64(UInt32.max) else { throw Unreadable() }
                return Int(result)
            }
        }
        throw Unreadable()
    }

    /// A text with its length before it.
    mutating func text() throws(Unreadable) -> String {
        let count = try number()
        let start = position
        try skip(count)
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    /// A vector: calls the closure once per element.
    mutating func vector(_ element: (inout BinaryReader) throws(Unreadable) -> Void) throws(Unreadable) {
        for _ in 0..<(try number()) {
            try element(&self)
        }
    }

    /// A reader of the next bytes, which are skipped here.
    mutating func part(_ count: Int) throws(Unreadable) -> BinaryReader {
        let start = position
        try skip(count)
        return BinaryReader(bytes, start..<position)
    }
}
