internal import Synchronization
public import WasmCore

/// Random bytes that a seed says: for guests, and for the jitter of pauses. Not for secrets.
public final class SeededRandom: RandomSource {
    private let generator: Mutex<SplitMix64>

    /// Makes a source.
    ///
    /// - Parameter seed: Where it begins; equal seeds give equal bytes.
    public convenience init(seed: UInt64) {
        self.init(SplitMix64(seed: seed))
    }

    init(_ generator: SplitMix64) {
        self.generator = Mutex(generator)
    }

    /// The next bytes: those of the generator's numbers, the lowest first.
    ///
    /// - Parameter count: How many.
    /// - Returns: That many bytes.
    public func bytes(_ count: Int) -> [UInt8] {
        generator.withLock { generator in
            var bytes: [UInt8] = []
            bytes.reserveCapacity(count)
            while bytes.count < count {
                let word = generator.next()
                for shift in stride(from: 0, to: 64, by: 8).prefix(count - bytes.count) {
                    bytes.append(UInt8(truncatingIfNeeded: word >> shift))
                }
            }
            return bytes
        }
    }
}
