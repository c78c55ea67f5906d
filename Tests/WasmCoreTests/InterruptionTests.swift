import Synchronization
import Testing

@testable import WasmCore

@Suite("Interruption")
struct InterruptionTests {
    private final class Counter: Sendable {
        let value = Atomic<Int>(0)
        func add() { value.add(1, ordering: .relaxed) }
        var count: Int { value.load(ordering: .relaxed) }
    }

    @Test("the first reason stays")
    func first() {
        let interruption = Interruption()
        #expect(interruption.reason == nil)
        #expect(interruption.interrupt(.killed))
        #expect(!interruption.interrupt(.shutdown))
        #expect(interruption.reason == .killed)
        #expect(interruption.isInterrupted)
    }

    @Test("a wait is ended once")
    func wait() {
        let (interruption, counter) = (Interruption(), Counter())
        _ = interruption.beginWait { counter.add() }
        interruption.interrupt(.killed)
        interruption.interrupt(.killed)
        #expect(counter.count == 1)
    }

    @Test("a wait inside of another is ended with it, and leaves it as it was where it is over first")
    func nested() {
        let (interruption, outer, first, second) = (Interruption(), Counter(), Counter(), Counter())
        _ = interruption.beginWait { outer.add() }
        interruption.endWait(interruption.beginWait { first.add() })
        _ = interruption.beginWait { second.add() }
        interruption.interrupt(.killed)
        #expect([outer.count, first.count, second.count] == [1, 0, 1])
    }

    @Test("a wait that begins too late is ended at once")
    func late() {
        let (interruption, counter) = (Interruption(), Counter())
        interruption.interrupt(.killed)
        _ = interruption.beginWait { counter.add() }
        #expect(counter.count == 1)
    }

    @Test("a wait that is over is not ended any more")
    func over() {
        let (interruption, counter) = (Interruption(), Counter())
        interruption.endWait(interruption.beginWait { counter.add() })
        interruption.interrupt(.killed)
        #expect(counter.count == 0)
    }

    @Test("each wait has its deadline set when it begins and taken back when it ends")
    func deadline() {
        let (armed, disarmed) = (Counter(), Counter())
        let interruption = Interruption { _ in
            armed.add()
            return { disarmed.add() }
        }
        let first = interruption.beginWait {}
        #expect((armed.count, disarmed.count) == (1, 0))
        interruption.endWait(first)
        interruption.endWait(first)
        #expect((armed.count, disarmed.count) == (1, 1))
        _ = interruption.beginWait {}
        interruption.interrupt(.killed)
        #expect((armed.count, disarmed.count) == (2, 2))
        _ = interruption.beginWait {}
        #expect((armed.count, disarmed.count) == (3, 3))
    }

    @Test("an observer is told once, also where it comes late")
    func observer() {
        let (interruption, counter) = (Interruption(), Counter())
        interruption.observe { counter.add() }
        interruption.interrupt(.killed)
        interruption.interrupt(.shutdown)
        #expect(counter.count == 1)
        interruption.observe { counter.add() }
        #expect(counter.count == 2)
    }

    @Test("a OneShot keeps its first value, given before or while somebody waits")
    func oneShot() async {
        let before = OneShot<Int>()
        #expect(before.resolve(1))
        #expect(!before.resolve(2))
        #expect(await before.value() == 1)

        let later = OneShot<Int>()
        async let value = later.value()
        #expect(later.resolve(3))
        #expect(await value == 3)
    }
}
