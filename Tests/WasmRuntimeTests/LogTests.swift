import Foundation
import Synchronization
import Testing
import WasmCore

@testable import WasmRuntime

/// A pipe that nobody reads but the test.
private final class TestPipe: Sendable {
    let reading: Int32
    let writing: Int32

    init() {
        var ends: [Int32] = [0, 0]
        // A process that can open no pipe can run no test.
        precondition(pipe(&ends) == 0)
        (reading, writing) = (ends[0], ends[1])
    }

    deinit {
        close(reading)
        close(writing)
    }

    /// All that can be read now.
    func read() -> String {
        var bytes: [UInt8] = []
        var request = pollfd(fd: reading, events: Int16(POLLIN), revents: 0)
        while poll(&request, 1, 0) == 1 {
            var chunk = [UInt8](repeating: 0, count: 65_536)
            let count = Foundation.read(reading, &chunk, chunk.count)
            guard count > 0 else { break }
            bytes += chunk.prefix(count)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

@Suite(.timeLimit(.minutes(2))) struct DescriptorWriterTests {
    private let pipe = TestPipe()

    private func writer(capacity: Int) -> DescriptorWriter {
        DescriptorWriter(pipe.writing, capacity: capacity) { "\($0) dropped\n" }
    }

    @Test func aLineIsThereWhenWriteReturns() {
        let writer = writer(capacity: 100)
        writer.write("one\n")
        #expect(pipe.read() == "one\n")
    }

    @Test func aReaderThatDoesNotReadHoldsNobodyUpAndTheLossIsTold() {
        let writer = writer(capacity: 10_000)
        let line = String(repeating: "x", count: 999) + "\n"
        // Far more than a pipe and the capacity take; a writer that waits would never come to the end.
        for _ in 0..<1000 { writer.write(line) }
        #expect(writer.dropped > 0)
        let dropped = writer.dropped
        var received = ""
        while true {
            let part = pipe.read()
            if part.isEmpty { break }
            received += part
            writer.flush()
        }
        writer.write("after\n")
        received += pipe.read()
        #expect(received == String(repeating: line, count: 1000 - Int(dropped)) + "\(dropped) dropped\nafter\n")
    }

    @Test func aReaderThatIsGoneLosesWhatIsWritten() {
        signal(SIGPIPE, SIG_IGN)
        var ends: [Int32] = [0, 0]
        #expect(Foundation.pipe(&ends) == 0)
        close(ends[0])
        let writer = DescriptorWriter(ends[1], capacity: 100) { "\($0) dropped\n" }
        for _ in 0..<100 { writer.write("one\n") }
        #expect(writer.dropped == 0)
        close(ends[1])
    }
}

@Suite struct JSONLinesLogTests {
    private func entry(_ message: String, _ fields: [Field] = []) throws -> LogEntry {
        LogEntry(
            actor: try ActorID("a/b/c"),
            level: .warning,
            message: message,
            fields: fields,
            time: 1_769_851_800_000_000_000
        )
    }

    private func object(_ line: String) throws -> [String: Any] {
        #expect(line.hasSuffix("}\n"))
        #expect(line.filter { $0 == "\n" }.count == 1)
        let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        return try #require(object)
    }

    @Test func everyPartOfAnEntryIsThere() throws {
        let line = JSONLinesLog.line(
            LogEntry(
                actor: try ActorID("a/b/c"),
                level: .warning,
                message: "low",
                fields: [
                    Field(name: "left", value: "3"), Field(name: "of", value: "9"), Field(name: "left", value: "2"),
                ],
                time: 1_769_851_800_000_000_007
            )
        )
        #expect(
            line == #"{"time":"2026-01-31T09:30:00.000000007Z","level":"warning","actor":"a/b/c","message":"low","#
                + #""fields":{"left":["3","2"],"of":"9"}}"# + "\n"
        )
    }

    @Test func everyScalarComesBackFromALine() throws {
        for range in [0...0x2FF, 0x2000...0x20FF, 0xFFF0...0x1_00FF] {
            let text = String(String.UnicodeScalarView(range.compactMap { Unicode.Scalar(UInt32($0)) }))
            let object = try object(JSONLinesLog.line(try entry(text, [Field(name: text, value: text)])))
            #expect((object["message"] as? String)?.unicodeScalars.elementsEqual(text.unicodeScalars) == true)
            let fields = try #require(object["fields"] as? [String: String])
            #expect(fields.first?.key.unicodeScalars.elementsEqual(text.unicodeScalars) == true)
        }
    }

    @Test func nothingInALineSteersATerminal() throws {
        let line = JSONLinesLog.line(try entry("\u{1B}[2J\u{9B}31m\u{202E}\u{7F}\r"))
        #expect(!line.dropLast().unicodeScalars.contains { Printable.isControl($0) })
    }

    @Test func aSinkWritesOneLineForEachEntry() throws {
        let pipe = TestPipe()
        let log = JSONLinesLog(descriptor: pipe.writing)
        for number in 1...3 { log.log(try entry("\(number)")) }
        let lines = pipe.read().split(separator: "\n")
        #expect(try lines.map { try object("\($0)\n")["message"] as? String } == ["1", "2", "3"])
    }

    @Test(arguments: [
        (Array("txt".utf8), #"{"p":"txt"}"#), ([0xFF, 0x00], #"{"pBase64":"/wA="}"#), ([], #"{"p":""}"#),
        (Array("aé".utf8) + [0x61], #"{"p":"aé","pBytes":4}"#), (Array("aaé".utf8), #"{"p":"aa","pBytes":4}"#),
        ([0x61, 0x61, 0x61, 0xFF], #"{"p":"aaa","pBytes":4}"#),
        ([0xFF, 1, 2, 3], #"{"pBase64":"/wEC","pBytes":4}"#),
        ([0x61, 0x62, 0xFF, 3], #"{"pBase64":"YWL/","pBytes":4}"#),
    ])
    func bytesAreTextWhereTheyAreOne(bytes: [UInt8], expected: String) {
        var line = JSONLine()
        line.add("p", bytes: bytes, limit: 3)
        #expect(line.object == expected)
    }
}

@Suite struct LogTextTests {
    @Test func aTimestampIsTheOneOfFoundation() throws {
        let formatter = ISO8601DateFormatter()
        for _ in 0..<2000 {
            let seconds = UInt64.random(in: 0...18_446_744_073)
            let expected = formatter.string(from: Date(timeIntervalSince1970: Double(seconds))).dropLast()
            #expect(Timestamp.text(seconds * 1_000_000_000 + 5) == expected + ".000000005Z")
        }
    }

    @Test func base64IsTheOneOfFoundation() throws {
        for count in 0..<100 {
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255) }
            let text = Data(bytes).base64EncodedString()
            #expect(Base64.text(bytes) == text)
            #expect(Base64.bytes(text) == bytes)
        }
    }

    @Test(arguments: ["a", "ab=", "ab==cd==", "a===", "====", "YQ=a", "YR==", "Y Q=", "é==="])
    func whatIsNotBase64IsNone(text: String) {
        #expect(Base64.bytes(text) == nil)
    }
}

@Suite struct FilteredLogTests {
    private final class Kept: LogSink {
        let entries = Mutex<[LogEntry]>([])
        func log(_ entry: LogEntry) { entries.withLock { $0.append(entry) } }
    }

    @Test func levelsPassByActor() throws {
        let kept = Kept()
        let noisy = try Pattern("noisy/*/*")
        let log = FilteredLog(kept, minimum: .warning, exceptions: [(noisy, .error), (try Pattern("**"), .info)])
        for (actor, level) in [
            ("noisy/a/1", LogLevel.warning), ("noisy/a/1", .error), ("b/c/d", .debug), ("b/c/d", .info),
        ] {
            log.log(LogEntry(actor: try ActorID(actor), level: level, message: "", fields: [], time: 0))
        }
        #expect(kept.entries.withLock { $0.map { "\($0.actor) \($0.level)" } } == ["noisy/a/1 error", "b/c/d info"])
    }

    @Test func withoutExceptionsTheMinimumCounts() throws {
        let kept = Kept()
        for level in LogLevel.allCases {
            FilteredLog(kept).log(LogEntry(actor: try ActorID("a/b/c"), level: level, message: "", fields: [], time: 0))
        }
        #expect(kept.entries.withLock { $0.map(\.level) } == [.info, .warning, .error])
    }
}
