import Foundation
import Testing
import WasmActorTestKit

/// A seed means the same in every process, though each hashes in its own way.
@Suite(.timeLimit(.minutes(10))) struct ProcessTests {
    @Test func aSeedIsTheSameRunInAnotherProcess() async throws {
        let digests = try await (0..<2).asyncMap { _ in
            let result = try await #require(processExitsWith: .success, observing: [\.standardOutputContent]) {
                let engine = try SeededEngine()
                let components = try Scenario.Components(engine)
                let digests = try (0..<3).map { seed in
                    try SeededScheduler.run(seed: seed, .init(engine: engine)) { scheduler in
                        try await Scenario(scheduler, components).run()
                    }.digest
                }
                print("digests \(digests), hash \("a".hashValue) end")
            }
            let output = String(decoding: result.standardOutputContent, as: UTF8.self)
            return try #require(output.firstMatch(of: /digests (.*), hash (.*) end/)).output
        }
        #expect(digests[0].1 == digests[1].1)
        // Else it would say nothing: the processes do hash in different ways.
        #expect(digests[0].2 != digests[1].2)
    }
}

extension Sequence {
    /// The elements transformed, one after the other.
    fileprivate func asyncMap<Value>(_ transform: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await transform(element)) }
        return values
    }
}
