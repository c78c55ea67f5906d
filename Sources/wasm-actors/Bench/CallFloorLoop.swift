import CallFloor

/// One loop of `CallFloor`, opened once and run in rounds.
struct CallFloorLoop: ~Copyable {
    private let floor: OpaquePointer

    /// Opens a loop.
    ///
    /// - Parameters:
    ///   - kind: What it calls.
    ///   - component: The component, as binary or as text.
    ///   - interface: The exported interface.
    ///   - function: The function in it.
    ///   - payload: What each message carries, where it sends messages.
    /// - Throws: A failure with the library's text.
    init(
        _ kind: call_floor_kind_t,
        component: [UInt8],
        interface: String,
        function: String,
        payload: [UInt8] = []
    ) throws(CommandError) {
        var message = [CChar](repeating: 0, count: 512)
        let opened = call_floor_open(
            kind,
            component,
            component.count,
            interface,
            function,
            payload,
            payload.count,
            &message,
            message.count
        )
        guard let opened else {
            let end = message.firstIndex(of: 0) ?? message.endIndex
            let text = String(decoding: message[..<end].map { UInt8(bitPattern: $0) }, as: UTF8.self)
            throw .failure("the C loop could not be opened: \(text)")
        }
        floor = opened
    }

    deinit { call_floor_close(floor) }

    /// Makes calls, one after the other.
    ///
    /// - Parameter calls: How many.
    /// - Returns: What that took, and how many answers were right.
    func run(_ calls: Int) -> BenchRound {
        var received: UInt64 = 0
        let elapsed = call_floor_run(floor, UInt64(calls), &received)
        return BenchRound(nanoseconds: elapsed / Double(calls), received: Int(received))
    }
}
