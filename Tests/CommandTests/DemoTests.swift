import TestSupport
import Testing

@testable import wasm_actors

@Suite struct DemoTests {
    private let recording = RecordingConsole()

    @Test(.timeLimit(.minutes(10)))
    func everyStepDoesWhatItSays() async {
        #expect(await recording.run("demo") == .success)
        #expect(recording.error.isEmpty)
        for step in DemoScript.steps {
            #expect(recording.out.contains(". \(step.title)\n"))
            #expect(recording.out.contains("\n\(step.title)  "))
        }
    }

    @Test func whereTheComponentsAreMissingTheFolderIsNamed() async {
        #expect(await recording.run("demo", "--fixtures", "/nowhere") == .failure)
        #expect(recording.error.contains("no counter.wasm in /nowhere"))
        #expect(recording.error.contains("--fixtures DIR"))
    }

    @Test func aStepThatFailsEndsTheDemo() async throws {
        let folder = try TemporaryFolder(files: [
            "counter.wasm": Fixture.bytes("counter"), "relay.wasm": Fixture.bytes("counter"),
            "chaos.wasm": Fixture.bytes("chaos"),
        ])
        #expect(await recording.run("demo", "--fixtures", folder.path) == .failure)
        #expect(recording.error.contains("the demo stopped: "))
        #expect(!recording.out.contains("what happened"))
    }

    @Test func argumentsThatAreNoOptionsAreRefused() async {
        #expect(await recording.run("demo", "now") == .usage)
    }
}

@Suite struct DemoTableTests {
    @Test(arguments: [
        (Duration.nanoseconds(900), "0 us"), (.microseconds(999), "999 us"), (.microseconds(1250), "1.25 ms"),
        (.microseconds(40_730), "40.7 ms"), (.milliseconds(438), "438 ms"), (.milliseconds(1005), "1.01 s"),
    ])
    func timesHaveThreeDigitsThatCount(duration: Duration, text: String) {
        #expect(DemoTable.text(of: duration) == text)
    }

    @Test func columnsAreAligned() {
        var table = DemoTable()
        table.add("a", "long outcome", .microseconds(5))
        table.add("longer", "b", .milliseconds(12))
        #expect(
            table.lines == [
                "step    what happened     time",
                "------  -------------  -------",
                "a       long outcome      5 us",
                "longer  b              12.0 ms",
            ]
        )
    }
}
