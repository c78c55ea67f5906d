import Testing
import WasmActorTestKit

/// Numbers that a seed says.
@Suite struct RandomTests {
    /// The first numbers of the reference implementation for the seed 1234567.
    @Test func theNumbersAreThoseOfTheReference() {
        var generator = SplitMix64(seed: 1_234_567)
        let expected: [UInt64] = [
            6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
            4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
        ]
        #expect(expected.map { _ in generator.next() } == expected)
    }

    @Test func bytesAreThoseOfTheNumbersHoweverTheyAreAskedFor() {
        var generator = SplitMix64(seed: 9)
        let word = generator.next()
        let bytes = SeededRandom(seed: 9).bytes(8)
        #expect(bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) } == word)
        #expect(SeededRandom(seed: 9).bytes(3) == Array(bytes.prefix(3)))
        #expect(SeededRandom(seed: 10).bytes(8) != bytes)
    }

    @Test func everyNumberBelowABoundComes() {
        var generator = SplitMix64(seed: 1)
        let seen = Set((0..<1000).map { _ in generator.next(below: 7) })
        #expect(seen == Set(0..<7))
    }
}
