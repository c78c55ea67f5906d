import Foundation
import TestSupport
import Testing
import WasmActor
import WasmCore

@Suite("The README's example")
struct ReadmeExampleTests {
    // The lines between the marks stand in the README as they stand here.
    // README begin
    func visits(of folder: String) async throws -> String {
        let system = try ActorSystem()

        // An actor may do what it is granted: this one may use its own storage area, and nothing else.
        let counter = try await system.spawn(
            ActorID("shop/visits/main"), path: "\(folder)/counter.wasm",
            options: ActorOptions(grants: .privateStorage)
        )
        try await counter.tell(Array("increment 41".utf8))
        let visits = try await counter.ask(Array("increment".utf8), timeout: .seconds(1))

        // This one may send requests to the first; it has a tenth of a second of execution for each message.
        let relay = try await system.spawn(
            ActorID("shop/relay/main"), path: "\(folder)/relay.wasm",
            options: ActorOptions(
                grants: [Grant(.request, to: "shop/visits/*")], limits: ResourceLimits(cpuTime: 100_000_000)
            )
        )
        let relayed = try await relay.ask(Array("ask shop/visits/main get".utf8))

        do {
            _ = try await counter.ask(Array("fly".utf8))
        } catch .guestError(let error) {
            print("the guest says: \(error)")
        }

        await system.shutdown(grace: .seconds(2))
        return String(decoding: visits + [UInt8(ascii: " ")] + relayed, as: UTF8.self)
    }
    // README end

    @Test("it runs, and the README shows it as it is")
    func example() async throws {
        #expect(try await visits(of: Fixture.folderPath) == "42 42")

        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
        let source = try String(contentsOfFile: #filePath, encoding: .utf8)
        let begin = try #require(source.range(of: "    // README begin\n"))
        let end = try #require(source.range(of: "    // README end\n"))
        let lines = source[begin.upperBound..<end.lowerBound].split(separator: "\n", omittingEmptySubsequences: false)
        let example = lines.map { $0.hasPrefix("    ") ? $0.dropFirst(4) : $0 }.joined(separator: "\n")
        #expect(readme.contains(example))
    }
}
