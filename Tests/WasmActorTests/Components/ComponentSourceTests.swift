import TestSupport
import Testing
import WasmCore

@testable import WasmActor

/// Components by name.
@Suite struct ComponentSourceTests {
    private static func refusal(_ source: any ComponentSource, _ name: String) async -> ComponentSourceError? {
        do throws(ComponentSourceError) {
            _ = try await source.component(named: name)
            return nil
        } catch {
            return error
        }
    }

    @Test func aFolderGivesTheFilesThatLieInIt() async throws {
        let source = DirectoryComponentSource(path: Golden.root + "Fixtures")
        #expect(try await source.component(named: "counter") == Fixture.bytes("counter"))
        #expect(await Self.refusal(source, "nobody") == .notFound("nobody"))
    }

    @Test(arguments: [
        "", ".", "..", "../Fixtures/counter", "invalid/stream", "/etc/passwd", "counter.wasm/../counter", "Counter",
        "counter\0", "a b", String(repeating: "a", count: 65),
    ])
    func noNameLeadsOutOfTheFolder(_ name: String) async throws {
        let source = DirectoryComponentSource(path: Golden.root + "Fixtures")
        guard case .invalidName = await Self.refusal(source, name) else {
            Issue.record("\(name) was taken for a name")
            return
        }
    }

    @Test func memoryGivesWhatLiesInIt() async throws {
        let source = MemoryComponentSource(["a": [1, 2]])
        #expect(try await source.component(named: "a") == [1, 2])
        #expect(await Self.refusal(source, "b") == .notFound("b"))
    }
}
