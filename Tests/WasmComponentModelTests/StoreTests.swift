import Testing
import WasmComponentModel

struct StoreTests {
    @Test func fuelIsCountedAndCanBeSet() throws {
        var configuration = Harness.engineConfiguration
        configuration.consumeFuel = true
        let harness = try Harness(Guest.many, configuration)
        let store = try harness.store(.sync) { $0.fuel = 10_000 }
        let instance = try store.instantiate(harness.component, linker: harness.linker)
        let before = try store.fuel()
        _ = try store.call(try store.function(instance, "work"), [.u32(100)])
        #expect(try store.fuel() < before)
        try store.setFuel(5)
        #expect(try store.fuel() == 5)
    }

    @Test func fuelOfAnEngineThatCountsNoneIsAnError() throws {
        let harness = try Harness(Guest.many)
        let configuration = #expect(throws: WasmError.self) { _ = try harness.store(.sync) { $0.fuel = 1 } }
        #expect(configuration?.code == .invalidConfiguration)
        let store = try harness.store(.sync)
        let reading = #expect(throws: WasmError.self) { _ = try store.fuel() }
        #expect(reading?.code == .invalidConfiguration)
    }

    @Test func secondInstanceInAStoreIsRefused() throws {
        let harness = try Harness(Guest.many)
        let store = try harness.store(.sync)
        _ = try store.instantiate(harness.component, linker: harness.linker)
        let error = #expect(throws: WasmError.self) {
            _ = try store.instantiate(harness.component, linker: harness.linker)
        }
        #expect(error?.code == .limitExceeded)
    }

    @Test func negativeLimitIsRefused() throws {
        let harness = try Harness(Guest.many)
        let error = #expect(throws: WasmError.self) { _ = try harness.store(.sync) { $0.limits.tables = -1 } }
        #expect(error?.code == .invalidConfiguration)
    }

    @Test func errorTextIsCutAndEscaped() {
        let error = WasmError(.trap, "a\n\u{1B}[31mb", details: String(repeating: "é", count: 5_000))
        #expect(!error.message.contains("\n"))
        #expect(!error.message.contains("\u{1B}"))
        #expect(error.details.utf8.count <= 4096)
    }
}
