import Synchronization
import Testing
import WasmCore

@testable import WasmRuntime

@Suite("SystemClock")
struct SystemClockTests {
    @Test("timers run in the order of their deadlines, equal ones in the order of their making")
    func order() {
        var heap = DeadlineHeap()
        let ran = Mutex<[Int]>([])
        for (number, delay) in [50, 10, 30, 10, 20].enumerated() {
            heap.insert(number: UInt64(number), deadline: .milliseconds(delay)) {}
        }
        var order: [Duration] = []
        while let deadline = heap.firstDeadline {
            order.append(deadline)
            #expect(heap.popDue(deadline - .nanoseconds(1)) == nil)
            heap.popDue(deadline)?()
            ran.withLock { $0.append(order.count) }
        }
        #expect(order == [10, 10, 20, 30, 50].map { Duration.milliseconds($0) })
    }

    @Test("a removed timer never runs and does not stay in the way")
    func removal() {
        var heap = DeadlineHeap()
        for number in 0..<1000 {
            heap.insert(number: UInt64(number), deadline: .milliseconds(1000 - number)) {}
        }
        for number in 0..<999 { heap.remove(UInt64(number)) }
        #expect(heap.count == 1)
        #expect(heap.firstDeadline == .milliseconds(1))
        heap.remove(999)
        #expect(heap.firstDeadline == nil)
        heap.remove(999)
        #expect(heap.count == 0)
    }

    @Test("a timer of the clock runs, in order, and stop ends the thread")
    func runs() async {
        let clock = SystemClock()
        let end = OneShot<[Int]>()
        let ran = Box<[Int]>([])
        _ = clock.schedule(after: .milliseconds(20)) { end.resolve(ran.update { $0 + [2] }) }
        _ = clock.schedule(after: .milliseconds(1)) { _ = ran.update { $0 + [1] } }
        let cancelled = clock.schedule(after: .milliseconds(5)) { _ = ran.update { $0 + [9] } }
        clock.cancel(cancelled)
        #expect(await end.value() == [1, 2])
        #expect(clock.pendingTimers == 0)
        clock.stop()
        _ = clock.schedule(after: .zero) { _ = ran.update { $0 + [3] } }
        #expect(clock.pendingTimers == 0)
    }

    @Test("an earlier timer that comes later is not overslept")
    func earlier() async {
        let clock = SystemClock()
        let end = OneShot<Bool>()
        _ = clock.schedule(after: .seconds(3600)) {}
        _ = clock.schedule(after: .milliseconds(1)) { end.resolve(true) }
        #expect(await end.value())
        clock.stop()
    }
}

/// A value that several threads change.
final class Box<Value: Sendable>: Sendable {
    private let value: Mutex<Value>

    init(_ value: Value) {
        self.value = Mutex(value)
    }

    func update(_ change: (Value) -> Value) -> Value {
        value.withLock { value in
            value = change(value)
            return value
        }
    }

    var current: Value { value.withLock { $0 } }
}
