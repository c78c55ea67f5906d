import Testing

@testable import wasm_actors

@Suite struct BenchTests {
    @Test func aFigureIsOneLineOfJSON() {
        let figure = BenchFigure(name: "call", ours: [300, 100, 200.04], floor: [100, 150, 50], received: 30)
        #expect(figure.line == #"{"name":"call","ours_ns":200.0,"floor_ns":100.0,"ratio":2.0,"received":30}"#)
    }

    @Test func theMedianIsTheMiddle() {
        #expect(BenchFigure.median([1]) == 1)
        #expect(BenchFigure.median([3, 1, 2]) == 2)
        #expect(BenchFigure.median([4, 1, 2, 3]) == 2.5)
    }

    @Test func bothSidesOfACallAreMeasuredAndCounted() async throws {
        let bench = CallBench(runner: BenchRunner(rounds: 1))
        for figure in [try await bench.sync(), try await bench.async()] {
            #expect(figure.received > 0)
            #expect(figure.ours.count == 1 && figure.floor.count == 1)
            #expect(figure.ratio > 0)
        }
    }

    @Test func anUnknownFigureListsThem() async {
        let recording = RecordingConsole()
        #expect(await recording.run("bench", "--only", "calls") == .usage)
        #expect(recording.error.contains("call-sync, call-async, ask, tell"))
    }
}
