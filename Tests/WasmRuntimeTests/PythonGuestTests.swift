import TestSupport
import Testing
import WasmCore

@testable import WasmRuntime

/// The same world in another language, and WASI p2 underneath.
///
/// The component is too large to be kept in the repository: `Scripts/build-fixtures --python` builds it.
@Suite(
    "A guest in Python",
    .enabled(if: Fixture.exists("python/build/words"), "run Scripts/build-fixtures --python to build the component")
)
struct PythonGuestTests {
    /// One engine for the suite: compiling the component takes seconds.
    private static let engine = Result { try Harness.ownEngine() }

    private func guest(
        grants: Grants = .none,
        limits: ResourceLimits = .init(),
        router: RecordingRouter = RecordingRouter()
    ) async throws -> Harness {
        try await Harness(
            "python/build/words",
            grants: grants,
            limits: limits,
            engine: Self.engine.get(),
            router: router
        )
    }

    @Test("it answers, and keeps state between messages")
    func answers() async throws {
        let guest = try await guest()
        #expect(try await guest.ask("words one two three") == "3")
        #expect(try await guest.ask("increment") == "1")
        #expect(try await guest.ask("increment") == "2")
        #expect(try await guest.answer("error sorry") == .failure(.failed("sorry")))
        #expect(try await guest.engine.metadata(guest.handle).name == "words")
    }

    @Test("its component says that it may block, because it imports WASI")
    func mayBlock() async throws {
        #expect(try Self.engine.get().compile(Fixture.bytes("python/build/words")).mayBlock)
        #expect(try !Self.engine.get().compile(Fixture.bytes("counter")).mayBlock)
    }

    @Test("an uncaught exception ends the instance")
    func exception() async throws {
        let guest = try await guest()
        let error = try #require(await guest.failure("raise oops"))
        #expect(error.code == .trap)
        #expect(error.exitReason != nil)
    }

    @Test("what it prints becomes log entries")
    func prints() async throws {
        let guest = try await guest()
        #expect(try await guest.ask("print hello") == "printed")
        #expect(guest.log.messages.contains("hello"), "\(guest.log.messages)")
    }

    @Test("its WASI world has clocks and randomness")
    func clock() async throws {
        let guest = try await guest()
        #expect(try #require(UInt64(try await guest.ask("clock") ?? "")) > 1_700_000_000_000_000_000)
        #expect(try await guest.ask("random 8") != guest.ask("random 8"))
    }

    @Test("its WASI world has no files and no environment")
    func empty() async throws {
        let guest = try await guest()
        #expect(try await guest.ask("open /etc/passwd") == "refused")
        #expect(try await guest.ask("env PATH") == "none")
    }

    @Test("it reaches the contract's host functions, each behind the gate")
    func hostFunctions() async throws {
        let guest = try await guest(grants: .all)
        #expect(try await guest.ask("set k v") == "stored")
        #expect(try await guest.ask("get k") == "v")
        #expect(try await guest.ask("ask a/b/c hello") == "hello")
        let denied = try await self.guest()
        _ = try? await denied.ask("get k")
        #expect(denied.audit.denialCount == 1)
    }
}
