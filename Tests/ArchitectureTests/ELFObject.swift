/// The symbol table of one 64-bit little-endian ELF object file: what it defines and what the linker has to find.
struct ELFObject {
    let defined: Set<String>
    let undefined: Set<String>

    /// Reads the table.
    ///
    /// - Parameter bytes: The whole object file.
    ///
    init?(_ bytes: [UInt8]) {
        let file = Bytes(all: bytes)
        guard bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46, 2, 1]), bytes.count >= 64 else { return nil }
        // The ELF header: where the section headers are, how long each is, how many there are.
        guard let table = file.integer(at: 0x28, count: 8), let size = file.integer(at: 0x3A, count: 2),
            let stored = file.integer(at: 0x3C, count: 2),
            // Past 65,279 sections the header's count is 0 and the first section's size has it.
            let count = stored != 0 ? stored : file.integer(at: table + 0x20, count: 8)
        else { return nil }
        let headers = (0..<count).map { table + $0 * size }
        guard let symbols = headers.first(where: { file.integer(at: $0 + 4, count: 4) == Self.symbolTable }),
            let strings = file.integer(at: symbols + 0x28, count: 4).flatMap({ $0 < count ? headers[$0] : nil }),
            let stringsStart = file.integer(at: strings + 0x18, count: 8),
            let start = file.integer(at: symbols + 0x18, count: 8),
            let length = file.integer(at: symbols + 0x20, count: 8)
        else { return nil }

        var defined: Set<String> = []
        var undefined: Set<String> = []
        for entry in stride(from: start, to: start + length, by: 24) {
            guard let offset = file.integer(at: entry, count: 4), let section = file.integer(at: entry + 6, count: 2)
            else { return nil }
            let name = file.string(at: stringsStart + offset)
            if name.isEmpty { continue }
            if section == 0 { undefined.insert(name) } else { defined.insert(name) }
        }
        self.defined = defined
        self.undefined = undefined
    }

    /// `SHT_SYMTAB`.
    private static let symbolTable = 2

    private struct Bytes {
        let all: [UInt8]

        func integer(at offset: Int, count: Int) -> Int? {
            guard offset >= 0, offset + count <= all.count else { return nil }
            return all[offset..<offset + count].reversed().reduce(0) { $0 << 8 | Int($1) }
        }

        /// The text up to the next zero byte, empty where none follows.
        func string(at offset: Int) -> String {
            guard offset >= 0, offset < all.count, all.last == 0 || all[offset...].contains(0) else { return "" }
            return all.withUnsafeBytes { bytes in
                // A zero byte follows, as was just seen, so that this reads no further than the file.
                bytes.baseAddress.map { String(cString: ($0 + offset).assumingMemoryBound(to: UInt8.self)) } ?? ""
            }
        }
    }
}
