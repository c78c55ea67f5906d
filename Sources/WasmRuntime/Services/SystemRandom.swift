public import WasmCore

/// The system's own random source.
public struct SystemRandom: RandomSource {
    /// Makes the source.
    public init() {}

    /// Makes bytes with `SystemRandomNumberGenerator`.
    public func bytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}
