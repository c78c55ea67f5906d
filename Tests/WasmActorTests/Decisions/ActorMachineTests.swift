import Testing
import WasmCore

@testable import WasmActor

@Suite struct ActorMachineTests {
    private let id: ActorID
    private let trap = ExitReason.trap(.unreachable)

    init() throws {
        id = try ActorID("test/machine/1")
    }

    private func envelope(_ text: String = "", reply: Reply? = nil, sender: ActorID? = nil) -> Envelope {
        Envelope(message: ComponentMessage(sender: sender, payload: Array(text.utf8)), reply: reply)
    }

    private func starting(
        capacity: Int = 4,
        overflow: OverflowPolicy = .suspend,
        restart: RestartPolicy = RestartPolicy(.permanent, backOff: BackOff(first: .seconds(1), jitter: 0))
    ) -> ActorMachine {
        ActorMachine(id: id, mailbox: Mailbox(capacity: capacity, bytes: 8, policy: overflow), restart: Shared(restart))
    }

    /// A machine that runs and whose right to turns is free.
    private func idle(
        capacity: Int = 4,
        overflow: OverflowPolicy = .suspend,
        restart: RestartPolicy = RestartPolicy(.permanent, backOff: BackOff(first: .seconds(1), jitter: 0))
    ) -> ActorMachine {
        var machine = starting(capacity: capacity, overflow: overflow, restart: restart)
        machine.started()
        _ = machine.next()
        return machine
    }

    private func name(_ offer: ActorMachine.Offer) -> String { Mirror(reflecting: offer).caseName(of: offer) }
    private func name(_ step: ActorMachine.Step) -> String { Mirror(reflecting: step).caseName(of: step) }

    // MARK: Notices

    @Test func responsesThatWaitToBeToldHoldTheirPlaces() throws {
        var machine = starting()
        for _ in 0..<ActorMachine.largestPending {
            _ = machine.notify(.response(try machine.nextRequest(), .failure(.timeout)))
        }
        #expect(throws: MessagingError.self) { try machine.nextRequest() }
    }

    @Test func endsThatWaitToBeToldAreCounted() {
        var machine = starting()
        for _ in 0..<Bonds<ActorCell>.largestCount { _ = machine.notify(.down(id, .normal)) }
        #expect(machine.hasTooManyDowns)
    }

    // MARK: Turns

    @Test func aFreshMachineStartsItsFirstGeneration() {
        var machine = starting()
        guard case .start(1) = machine.next() else { return #expect(Bool(false), "the first step is the start") }
        #expect(machine.status == .starting)
        machine.started()
        #expect(machine.status == .running)
    }

    @Test func theRightToTurnsIsGivenToOneAtATime() {
        var machine = idle()
        #expect(name(machine.offer(envelope("a"))) == "activate")
        #expect(name(machine.offer(envelope("b"))) == "queued")
        #expect(name(machine.next()) == "handle")
        #expect(name(machine.offer(envelope("c"), runsAtOnce: true)) == "queued")
        #expect(name(machine.next()) == "handle")
        #expect(name(machine.next()) == "handle")
        #expect(name(machine.next()) == "park")
        #expect(name(machine.offer(envelope("d"))) == "activate")
    }

    @Test func anIdleActorLetsTheSenderRunTheTurnItself() {
        var machine = idle()
        guard case .run(let run) = machine.offer(envelope("a", reply: Reply()), runsAtOnce: true) else {
            return #expect(Bool(false), "an idle actor is run by the sender")
        }
        #expect(run.message?.correlationID == 1)
        #expect(machine.depth == 0)
        #expect(machine.isDone() == true)
        #expect(name(machine.offer(envelope("b"), runsAtOnce: true)) == "run")
        _ = machine.offer(envelope("c"))
        #expect(machine.isDone() == false)
    }

    @Test func messagesDuringAStartWaitForIt() {
        var machine = starting()
        #expect(name(machine.offer(envelope("a"), runsAtOnce: true)) == "queued")
        machine.started()
        #expect(name(machine.next()) == "handle")
    }

    @Test func healthComesBeforeMessages() {
        var machine = idle()
        _ = machine.offer(envelope("a"))
        #expect(name(machine.ask(forHealth: .init())) == "queued")
        #expect(name(machine.next()) == "health")
        #expect(name(machine.next()) == "handle")
    }

    @Test func onlyMessagesThatWantAReplyGetACorrelation() {
        var machine = starting()
        _ = machine.offer(envelope("a"))
        _ = machine.offer(envelope("b", reply: Reply()))
        _ = machine.offer(envelope("c", reply: Reply()))
        machine.started()
        let correlations = (0..<3).map { _ -> CorrelationID? in
            guard case .handle(let envelope, _) = machine.next() else { return nil }
            return envelope.message?.correlationID
        }
        #expect(correlations == [nil, 1, 2])
    }

    @Test func aSenderThatMustWaitNeedsAnAdmission() {
        var machine = starting(capacity: 1)
        #expect(name(machine.offer(envelope("a"))) == "queued")
        #expect(name(machine.offer(envelope("b"))) == "needsAdmission")
        let admission = Admission()
        #expect(name(machine.offer(envelope("b"), admission: admission)) == "waits")
        machine.started()
        guard case .handle(_, let admitted) = machine.next() else {
            return #expect(Bool(false), "a message lies there")
        }
        #expect(admitted.map { $0 === admission } == [true])
        #expect(machine.counters.accepted == 2)
    }

    @Test func aFullMailboxThatFailsNamesTheActor() {
        var machine = starting(capacity: 1, overflow: .fail)
        _ = machine.offer(envelope("a"))
        guard case .refused(let error) = machine.offer(envelope("b")) else {
            return #expect(Bool(false), "a full mailbox refuses")
        }
        #expect(error == .mailboxFull(id))
    }

    @Test func whatGivesWayIsToldOnceAndCounted() {
        var machine = starting(capacity: 1, overflow: .dropOldest)
        _ = machine.offer(envelope("a"))
        #expect(name(machine.offer(envelope("b"))) == "queued")
        #expect(machine.takeDisplaced().map { $0.message?.payload } == [Array("a".utf8)])
        #expect(machine.takeDisplaced().isEmpty)
        #expect(machine.counters.accepted == 2 && machine.counters.dropped == 1)
    }

    @Test func theNewestIsAcceptedAndDropped() {
        var machine = starting(capacity: 1, overflow: .dropNewest)
        _ = machine.offer(envelope("a"))
        #expect(name(machine.offer(envelope("b"))) == "dropped")
        #expect(machine.counters.accepted == 2 && machine.counters.dropped == 1)
        #expect(machine.depth == 1)
    }

    @Test(arguments: [OverflowPolicy.suspend, .fail, .dropOldest, .dropNewest], [false, true])
    func aMessageLargerThanTheMailboxIsRefusedAtOnce(policy: OverflowPolicy, isIdle: Bool) {
        var machine = isIdle ? idle(overflow: policy) : starting(overflow: policy)
        guard case .refused(let error) = machine.offer(envelope("123456789"), runsAtOnce: true) else {
            return #expect(Bool(false), "it is refused")
        }
        #expect(error == .tooLarge(SizeLimit(size: 9, limit: 8)))
        #expect(machine.takeDisplaced().isEmpty)
    }

    @Test func aWithdrawalCountsWhoGetsInByIt() {
        var machine = starting()
        _ = machine.offer(envelope("12345678"))
        let (large, small) = (Admission(), Admission())
        _ = machine.offer(envelope("abc"), admission: large)
        guard case .waits(let ticket) = machine.offer(envelope("abcdefgh"), admission: small) else {
            return #expect(Bool(false), "it waits")
        }
        #expect(machine.withdraw(ticket)?.isEmpty == true)
        #expect(machine.withdraw(ticket) == nil)
        #expect(machine.counters.accepted == 1)
    }

    @Test func aClosedActorTakesMessagesOfActorsAlone() {
        var machine = idle()
        machine.refuseHost()
        guard case .refused(.died(.shutdown)) = machine.offer(envelope("a")) else {
            return #expect(Bool(false), "the host is refused")
        }
        #expect(name(machine.offer(envelope("a", sender: id))) == "activate")
    }

    // MARK: Restarts

    @Test func aCrashLeadsToAPauseAndAFreshGenerationWithTheSameMailbox() {
        var machine = idle()
        _ = machine.offer(envelope("a"))
        _ = machine.offer(envelope("b"))
        _ = machine.next()
        #expect(machine.crashed(trap, now: .zero, random: 0) == .pause(.seconds(1), generation: 2))
        #expect(machine.status == .restarting)
        #expect(machine.beginPause() == true)
        #expect(name(machine.offer(envelope("c"))) == "queued")
        #expect(machine.pauseEnded() == true)
        #expect(machine.pauseEnded() == false)
        guard case .start(2) = machine.next() else { return #expect(Bool(false), "the second generation starts") }
        machine.started()
        let texts = (0..<2).map { _ -> String? in
            guard case .handle(let envelope, _) = machine.next() else { return nil }
            return String(decoding: envelope.message?.payload ?? [], as: UTF8.self)
        }
        #expect(texts == ["b", "c"])
        #expect(machine.counters.restarts == 1)
    }

    @Test func aFailedRestartCountsAsACrash() {
        var machine = idle(restart: RestartPolicy(.permanent, intensity: 1, backOff: .none))
        _ = machine.offer(envelope())
        _ = machine.next()
        #expect(machine.crashed(trap, now: .zero, random: 0) == .pause(.zero, generation: 2))
        _ = machine.beginPause()
        _ = machine.pauseEnded()
        _ = machine.next()
        #expect(machine.crashed(.failed("no"), now: .zero, random: 0) == .finish(.failed("no"), exceeded: true))
    }

    @Test func aFailedFirstStartIsTheEnd() {
        var machine = starting()
        _ = machine.next()
        #expect(machine.crashed(.failed("no"), now: .zero, random: 0) == .finish(.failed("no"), exceeded: false))
    }

    @Test func aGuestErrorIsCountedAndEndsNothing() {
        var machine = idle()
        _ = machine.offer(envelope("a"))
        guard case .handle(let envelope, _) = machine.next() else {
            return #expect(Bool(false), "a message lies there")
        }
        machine.handled(envelope, .failure(.failed("no")))
        #expect(machine.status == .running)
        #expect(machine.counters.guestErrors == 1)
        #expect(machine.counters.crashes == 0)
    }

    @Test func aRequestWithoutAPayloadStaysOpenUntilTheInstanceEnds() {
        var machine = idle()
        let (kept, given) = (Reply(), Reply())
        for reply in [kept, given] {
            _ = machine.offer(envelope(reply: reply))
            guard case .handle(let envelope, _) = machine.next() else { return #expect(Bool(false), "it lies there") }
            machine.handled(envelope, .success(nil))
        }
        machine.forget(given)
        #expect(machine.takeOpenRequests().map { $0.reply === kept } == [true])
        #expect(machine.takeOpenRequests().count == 0)
    }

    @Test func aRequestWhoseAskerGaveUpDuringTheTurnIsNotKept() {
        var machine = idle()
        let reply = Reply()
        _ = machine.offer(envelope(reply: reply))
        guard case .handle(let envelope, _) = machine.next() else { return #expect(Bool(false), "it lies there") }
        reply.resolve(.failure(.timeout))
        machine.forget(reply)
        machine.handled(envelope, .success(nil))
        #expect(machine.takeOpenRequests().isEmpty)
    }

    // MARK: Ends

    @Test func aStopWaitsForTheTurnAndCallsTheGuest() {
        var machine = idle()
        _ = machine.offer(envelope("a"))
        _ = machine.offer(envelope("b"))
        _ = machine.next()
        #expect(machine.end(.stop) == .wait)
        #expect(machine.status == .stopping)
        guard case .refused(.died(.shutdown)) = machine.offer(envelope("c")) else {
            return #expect(Bool(false), "a stopping actor takes nothing")
        }
        guard case .shutDown(.shutdown) = machine.next() else { return #expect(Bool(false), "the guest is called") }
        let remains = machine.finished(.shutdown)
        #expect(remains.messages.count == 1)
        #expect(machine.status == .ended(.shutdown))
    }

    @Test func aStopOfAnIdleActorGivesTheRightToTurns() {
        var machine = idle()
        #expect(machine.end(.stop) == .activate)
        #expect(name(machine.next()) == "shutDown")
    }

    @Test func aKillInterruptsTheTurnAndSkipsTheGuest() {
        var machine = idle()
        _ = machine.offer(envelope("a"))
        _ = machine.next()
        #expect(machine.end(.kill) == .interrupt)
        #expect(machine.crashed(.killed, now: .zero, random: 0) == .finish(.killed, exceeded: false))
    }

    @Test func aKillOverridesAStopAndAStopNeverAKill() {
        var machine = idle()
        _ = machine.offer(envelope("a"))
        _ = machine.next()
        _ = machine.end(.stop)
        #expect(machine.end(.kill) == .interrupt)
        _ = machine.end(.stop)
        guard case .finish(.killed) = machine.next() else { return #expect(Bool(false), "the kill stays") }
    }

    @Test func aCrashOfAStoppingActorIsTheEnd() {
        var machine = idle()
        _ = machine.offer(envelope("a"))
        _ = machine.next()
        _ = machine.end(.stop)
        #expect(machine.crashed(trap, now: .zero, random: 0) == .finish(trap, exceeded: false))
    }

    @Test func anEndDuringThePauseNeedsNoRestart() {
        var machine = idle()
        _ = machine.offer(envelope("a"))
        _ = machine.next()
        _ = machine.crashed(trap, now: .zero, random: 0)
        _ = machine.beginPause()
        #expect(machine.end(.stop) == .activate)
        #expect(machine.pauseEnded() == false)
        guard case .finish(.shutdown) = machine.next() else { return #expect(Bool(false), "nothing is started") }
    }

    @Test func anEndBeforeThePauseBeginsIsDoneByWhoeverHoldsTheTurns() {
        var machine = idle()
        _ = machine.offer(envelope("a"))
        _ = machine.next()
        _ = machine.crashed(trap, now: .zero, random: 0)
        #expect(machine.end(.stop) == .wait)
        #expect(machine.beginPause() == false)
        guard case .finish(.shutdown) = machine.next() else { return #expect(Bool(false), "nothing is started") }
    }

    @Test func anEndedActorRefusesWithItsReason() {
        var machine = idle()
        _ = machine.end(.kill)
        _ = machine.finished(.killed)
        #expect(machine.end(.stop) == .ended(.killed))
        guard case .refused(.died(.killed)) = machine.offer(envelope()) else {
            return #expect(Bool(false), "it refuses with its reason")
        }
    }

    @Test func theEndIsToldWhenNothingOfTheActorIsLeft() {
        var machine = idle()
        _ = machine.finished(.killed)
        let waiter = OneShot<ExitReason?>()
        #expect(machine.waitForEnd(waiter) == nil)
        #expect(machine.settled().map { $0 === waiter } == [true])
        #expect(machine.waitForEnd(.init()) == .killed)
    }

    @Test func waitersForIdleAreToldWhenTheLastMessageIsDone() {
        var machine = idle()
        #expect(machine.waitForIdle(OneShot<Void>()) == false)
        _ = machine.offer(envelope("a"))
        let waiter = OneShot<Void>()
        #expect(machine.waitForIdle(waiter) == true)
        #expect(name(machine.next()) == "handle")
        #expect(machine.isDone() == false)
        guard case .park(let told) = machine.next() else { return #expect(Bool(false), "nothing is left") }
        #expect(told.map { $0 === waiter } == [true])
    }
}

extension Mirror {
    /// The name of an enum's case, without its values.
    fileprivate func caseName(of value: Any) -> String { children.first?.label ?? "\(value)" }
}
