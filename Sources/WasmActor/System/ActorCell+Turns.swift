import Synchronization
import WasmCore
import WasmRuntime

/// The turns, one at a time: everything here runs in the one task that holds the right to them.
extension ActorCell {
    /// How many turns an activation takes before it lets others run.
    private static let batch = 64

    /// Passes the right to turns to a task on the guest executor.
    func activate() {
        environment.spawner.start { await self.drain() }
    }

    private func drain() async {
        var turns = 0
        while await perform(nextStep()) {
            turns += 1
            if turns % Self.batch == 0 { await Task.yield() }
        }
    }

    private func nextStep() -> ActorMachine.Step {
        let (step, isIdle) = state.withLock { state in
            let step = state.machine.next()
            guard case .park = step else {
                switch step {
                // The question how it feels is no use of an actor.
                case .health: break
                case .passivate: state.wasUsed = true
                default: (state.wasUsed, state.stayed) = (true, nil)
                }
                return (step, false)
            }
            if state.wasUsed { noteUse(&state) }
            return (step, state.component.isDurable && state.machine.phase == .running && state.stayed == nil)
        }
        if isIdle { environment.residency.noteIdle(self) }
        return step
    }

    /// Takes one turn on the calling thread, as far as it goes without waiting.
    func takeTurnHere(_ envelope: Envelope) {
        environment.spawner.startHere {
            guard await self.handle(envelope) else { return }
            let (isDone, isDurable) = self.state.withLock { state in
                let isDone = state.machine.isDone()
                state.stayed = nil
                if isDone { self.noteUse(&state) } else { state.wasUsed = true }
                return (isDone, state.component.isDurable)
            }
            if !isDone { self.activate() } else if isDurable { self.environment.residency.noteIdle(self) }
        }
    }

    /// Does one step; says whether this task still holds the right to turns.
    private func perform(_ step: ActorMachine.Step) async -> Bool {
        switch step {
        case .start(let generation):
            return await start(generation)
        case .handle(let envelope, let admitted):
            for admission in admitted { admission.resolve(.success(())) }
            return await handle(envelope)
        case .notice(let notice):
            return await tell(notice)
        case .health(let reply):
            return await answerHealth(reply)
        case .passivate(let answer, let mayLeave):
            return await passivate(answer, mayLeave: mayLeave)
        case .upgrade(let upgrade):
            return await self.upgrade(upgrade)
        case .exit(let reason):
            return await fall(reason, nil)
        case .shutDown(let reason):
            let end = await shutDownGuest(reason)
            await dropInstance(end.reason)
            await finish(end.reason, end.cause)
            return false
        case .halt(let orderly):
            let end = orderly ? await shutDownGuest(.shutdown) : End(.killed)
            return await fall(end.reason, end.cause)
        case .finish(let reason):
            await dropInstance(reason)
            await finish(reason, state.withLock { $0.cause })
            return false
        case .park(let idle):
            for waiter in idle { waiter.resolve(()) }
            return false
        }
    }

    private func handle(_ envelope: Envelope) async -> Bool {
        let clock = environment.clock
        let start = clock.now
        if let expiry = envelope.expiry, start >= expiry { return expire(envelope) }
        guard let instance = state.withLock({ $0.instance }) else { return await fall(.hostError("no instance"), nil) }
        do throws(RuntimeError) {
            if let call = envelope.call {
                let conclude = try await call.run(in: instance, of: self)
                let end = clock.now
                state.withLock { $0.machine.handledCall() }
                environment.times.note(end - start, of: self)
                conclude()
            } else if let message = envelope.message {
                let result = try await instance.handle(message)
                let end = clock.now
                let wait = if case .success(nil) = result { nil as Duration? } else { envelope.wait(until: end) }
                state.withLock { $0.machine.handled(envelope, result) }
                environment.times.note(end - start, answerAfter: wait, of: self)
                conclude(envelope, result)
                if envelope.kept != nil { await forget(envelope) }
            }
            return true
        } catch {
            let end = clock.now
            let isAnswer = error.exitReason == nil && error.code == .tooLarge
            environment.times.note(end - start, answerAfter: isAnswer ? envelope.wait(until: end) : nil, of: self)
            guard isAnswer else {
                return await fall(error.reason, error, spoiling: envelope)
            }
            // The guest answered with more than a message may have: its own mistake, and its instance is as good as
            // before.
            let answer = Result<[UInt8]?, ActorError>.failure(.failed(error.message))
            state.withLock { $0.machine.handled(envelope, answer) }
            conclude(envelope, answer)
            if envelope.kept != nil { await forget(envelope) }
            return true
        }
    }

    private func expire(_ envelope: Envelope) -> Bool {
        state.withLock { state in
            state.machine.expired()
            if envelope.kept != nil { state.kept.began() }
        }
        environment.bury(envelope, for: id, .expired)
        forgetLater(envelope)
        envelope.fail(.timeout)
        return true
    }

    private func tell(_ notice: Notice) async -> Bool {
        guard let instance = state.withLock({ $0.instance }) else { return await fall(.hostError("no instance"), nil) }
        do throws(RuntimeError) {
            switch notice {
            case .down(let id, let reason): try await instance.handleDown(of: id, reason)
            case .response(let id, let response): try await instance.handleResponse(to: id, response)
            }
            return true
        } catch {
            return await fall(error.reason, error)
        }
    }

    /// Answers whoever waits.
    func conclude(_ envelope: Envelope, _ result: Result<[UInt8]?, ActorError>) {
        switch result {
        case .success(let payload?):
            answer(envelope, with: payload)
        case .success(nil):
            break
        case .failure(let error):
            environment.hub.emit(.guestError(id, error))
            envelope.reply?.resolve(.failure(.guestError(error)))
        }
    }

    private func answer(_ envelope: Envelope, with payload: [UInt8]) {
        guard let reply = envelope.reply else { return }
        guard !reply.resolve(.success(payload)) else { return }
        let letter = ComponentMessage(
            sender: id,
            payload: payload,
            correlationID: envelope.message?.correlationID,
            sentAt: environment.clock.wallTime
        )
        environment.bury(letter, for: envelope.message?.sender, .lateReply)
    }

    private func answerHealth(_ reply: ActorMachine.HealthReply) async -> Bool {
        guard let instance = state.withLock({ $0.instance }) else { return await fall(.hostError("no instance"), nil) }
        do throws(RuntimeError) {
            reply.resolve(.success(try await instance.health()))
            return true
        } catch {
            reply.resolve(.failure(.died(error.reason)))
            return await fall(error.reason, error)
        }
    }
}
