/// A number that stands for all that happened in a run, in its order; the same in every process.
struct TraceDigest {
    private(set) var value: UInt64 = 0x243f_6a88_85a3_08d3

    mutating func add(_ word: UInt64) {
        value = SplitMix64.mixed(value ^ word &+ 0x9e37_79b9_7f4a_7c15)
    }

    mutating func add(_ text: String) {
        var word: UInt64 = 0
        var count: UInt64 = 0
        for byte in text.utf8 {
            word = word << 8 | UInt64(byte)
            count += 1
            if count.isMultiple(of: 8) { add(word) }
        }
        add(word ^ count)
    }
}
