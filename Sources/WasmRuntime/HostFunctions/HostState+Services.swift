internal import WasmBindings
internal import WasmCore

extension HostState: ServicesImports {
    func log(level: LogLevel, message: String, fields: [Field]) throws(ServiceError) {
        let bytes = fields.reduce(message.utf8.count) { $0 + $1.name.utf8.count + $1.value.utf8.count }
        guard carry(bytes: bytes) else { throw .quota("host-call bytes of this turn") }
        let size = bytes + (1 + fields.count) * LogQuota.bytesPerPart
        guard logQuota.take(size, now: services.clock.now) else {
            throw .quota("log bytes: \(limits.logBytesPerSecond) per second")
        }
        services.log.log(
            LogEntry(actor: id, level: level, message: message, fields: fields, time: services.clock.wallTime)
        )
    }

    func wallTime() -> UInt64 { services.clock.wallTime }

    func monotonicTime() -> UInt64 {
        let (seconds, attoseconds) = services.clock.now.components
        return UInt64(seconds) &* 1_000_000_000 &+ UInt64(attoseconds / 1_000_000_000)
    }

    func sleep(duration: UInt64) async throws(ServiceError) {
        let end = OneShot<Bool>()
        let wait = interruption.beginWait { end.resolve(false) }
        let timer = services.clock.schedule(after: .nanoseconds(Int64(clamping: duration))) { end.resolve(true) }
        let sleptThrough = await end.value()
        services.clock.cancel(timer)
        interruption.endWait(wait)
        guard sleptThrough else { throw .cancelled }
    }

    func randomBytes(count: UInt32) throws(ServiceError) -> [UInt8] {
        guard count <= Self.largestRandom else {
            throw .tooLarge(SizeLimit(size: UInt64(count), limit: UInt64(Self.largestRandom)))
        }
        return services.random.bytes(Int(count))
    }

    private static let largestRandom: UInt32 = 1 << 20
}
