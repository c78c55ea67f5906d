import Foundation
import Testing

@testable import wasm_actors

@Suite(.timeLimit(.minutes(10))) struct ResidencyTests {
    private let good = {
        var figures = ResidencyFigures(actors: 100, resident: 32, messages: 50, largestMemory: 2 << 20)
        (figures.counted, figures.mostInstances, figures.mostMemory) = (50, 34, 2 << 20)
        return figures
    }()

    private func failure(_ change: (inout ResidencyFigures) -> Void) -> String? {
        var figures = good
        change(&figures)
        return figures.failure
    }

    @Test func whatBreaksTheRunIsNamed() {
        #expect(good.failure == nil)
        #expect(failure { $0.wrong = 1 } == "1 of 100 counts were wrong")
        #expect(failure { $0.counted = 49 } == "50 messages were sent, and 49 were counted")
        #expect(failure { $0.deadLetters = 2 } == "2 messages were dead letters")
        #expect(failure { $0.mostInstances = 35 } == "35 actors were in memory, and no more than 34 may be")
        #expect(failure { $0.mostMemory = 3 << 20 } == "the process had 3 MiB in memory, and may have 2")
    }

    @Test func everyCountIsFoundAndFewAreInMemory() async throws {
        let recording = RecordingConsole()
        #expect(await recording.run("residency", "--actors", "60", "--resident", "6", "--messages", "90") == .success)
        let line = try JSONSerialization.jsonObject(with: Data(recording.out.utf8)) as? [String: Any]
        #expect(line?["counted"] as? Int == 90 && line?["wrong"] as? Int == 0)
        let most = try #require(line?["most_instances"] as? Int)
        #expect((1...7).contains(most))
    }

    @Test func aProcessThatTakesTooMuchIsAFailure() async {
        let recording = RecordingConsole()
        #expect(
            await recording.run("residency", "--actors", "2", "--resident", "1", "--memory", "1") == .failure
        )
        #expect(recording.error.contains("and may have 1"))
    }
}
