import Testing
import WasmCore

@Suite("ResourceLimits")
struct ResourceLimitsTests {
    @Test("the defaults are valid")
    func defaults() throws {
        try ResourceLimits().validate()
    }

    @Test(
        "an impossible figure is named",
        arguments: [
            ("memoryBytes", ResourceLimits(memoryBytes: 1)),
            ("tableElements", ResourceLimits(tableElements: 0)),
            ("instances", ResourceLimits(instances: 0)),
            ("turnTime", ResourceLimits(turnTime: 0)),
            ("cpuTime", ResourceLimits(cpuTime: 0)),
            ("fuelPerTurn", ResourceLimits(fuelPerTurn: 0)),
            ("messageBytes", ResourceLimits(messageBytes: 2 << 20 + 1)),
            ("hostCallBytes", ResourceLimits(hostCallBytes: 0)),
            ("mailboxMessages", ResourceLimits(mailboxMessages: 0)),
            ("storageBytes", ResourceLimits(storageBytes: .max)),
        ]
    )
    func named(field: String, limits: ResourceLimits) {
        let error = #expect(throws: InvalidLimit.self) { try limits.validate() }
        #expect(error?.field == field)
        #expect(error?.description.contains(field) == true)
    }

    @Test("a message may have 2 MiB and no more")
    func boundary() throws {
        try ResourceLimits(messageBytes: 2 << 20).validate()
        #expect(throws: InvalidLimit.self) { try ResourceLimits(messageBytes: (2 << 20) + 1).validate() }
    }
}
