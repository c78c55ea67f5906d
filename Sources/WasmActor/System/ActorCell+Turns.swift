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
        while await perform(state.withLock { $0.machine.next() }) {
            turns += 1
            if turns % Self.batch == 0 { await Task.yield() }
        }
    }

    /// Takes one turn on the calling thread, as far as it goes without waiting.
    func takeTurnHere(_ envelope: Envelope) {
        environment.spawner.startHere {
            guard await self.handle(envelope) else { return }
            if !self.state.withLock({ $0.machine.isDone() }) { self.activate() }
        }
    }

    /// Does one step; says whether this task still holds the right to turns.
    private func perform(_ step: ActorMachine.Step) async -> Bool {
        switch step {
        case .start(let generation):
            return await start(generation)
        case .handle(let envelope, let admitted):
            admitted?.resolve(.success(()))
            return await handle(envelope)
        case .notice(let notice):
            return await tell(notice)
        case .health(let reply):
            return await answerHealth(reply)
        case .exit(let reason):
            return fall(reason, nil)
        case .shutDown(let reason):
            await shutDownGuest(reason)
            return false
        case .finish(let reason):
            finish(reason)
            return false
        case .park(let idle):
            for waiter in idle { waiter.resolve(()) }
            return false
        }
    }

    private func handle(_ envelope: Envelope) async -> Bool {
        guard let instance = state.withLock({ $0.instance }) else { return fall(.hostError("no instance"), nil) }
        do throws(RuntimeError) {
            if let call = envelope.call {
                let conclude = try await call.run(in: instance, environment)
                state.withLock { $0.machine.handledCall() }
                conclude()
            } else if let message = envelope.message {
                let result = try await instance.handle(message)
                state.withLock { $0.machine.handled(envelope, result) }
                conclude(envelope, result)
            }
            return true
        } catch {
            guard error.exitReason == nil, error.code == .tooLarge else {
                return fall(error.reason, error, spoiling: envelope)
            }
            // The guest answered with more than a message may have: its own mistake, and its instance is as good as
            // before.
            let answer = Result<[UInt8]?, ActorError>.failure(.failed(error.message))
            state.withLock { $0.machine.handled(envelope, answer) }
            conclude(envelope, answer)
            return true
        }
    }

    private func tell(_ notice: Notice) async -> Bool {
        guard let instance = state.withLock({ $0.instance }) else { return fall(.hostError("no instance"), nil) }
        do throws(RuntimeError) {
            switch notice {
            case .down(let id, let reason): try await instance.handleDown(of: id, reason)
            case .response(let id, let response): try await instance.handleResponse(to: id, response)
            }
            return true
        } catch {
            return fall(error.reason, error)
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
        guard let instance = state.withLock({ $0.instance }) else { return fall(.hostError("no instance"), nil) }
        do throws(RuntimeError) {
            reply.resolve(.success(try await instance.health()))
            return true
        } catch {
            reply.resolve(.failure(.died(error.reason)))
            return fall(error.reason, error)
        }
    }
}

// MARK: - Starts and ends

extension ActorCell {
    private func start(_ generation: UInt64) async -> Bool {
        do throws(RuntimeError) {
            let instance = try await ComponentActor(
                engine: environment.engine,
                id: id,
                component: component,
                settings: environment.settings(for: options, router: ActorRouter(cell: self)),
                generation: generation
            )
            // A kill that came before the instance was there had nothing to interrupt.
            let isKilled = state.withLock { state in
                state.instance = instance
                return state.machine.request == .kill
            }
            if isKilled { return fall(.killed, nil) }
            if case .failure(let error) = try await instance.initialize(configuration(generation)) {
                return fall(.failed(error.reason), nil)
            }
            let metadata = try await instance.metadata()
            state.withLock { state in
                state.metadata = metadata
                state.machine.started()
            }
            announceStart(generation, metadata)
            return true
        } catch {
            return fall(error.reason, error)
        }
    }

    private func configuration(_ generation: UInt64) -> ActorConfiguration {
        ActorConfiguration(
            id: id,
            environment: options.environment,
            arguments: options.arguments,
            limits: options.limits,
            generation: generation
        )
    }

    /// Events come before answers: who is told finds them there.
    private func announceStart(_ generation: UInt64, _ metadata: ActorMetadata) {
        environment.hub.emit(generation == 1 ? .spawned(id, metadata) : .restarted(id, generation: generation))
        started.resolve(.success(()))
    }

    /// The instance is finished: drops it, and restarts or ends the actor. Always gives up the right to turns.
    private func fall(_ reason: ExitReason, _ error: RuntimeError?, spoiling envelope: Envelope? = nil) -> Bool {
        dropInstance()
        dropPlans()
        let hub = environment.hub
        let (hasStarted, generation, open) = state.withLock { state in
            (state.machine.hasStarted, state.machine.generation, state.machine.takeOpenRequests())
        }
        if hasStarted, reason.isAbnormal, reason != .killed {
            hub.emit(.crashed(id, generation: generation, reason: reason, backtrace: error?.frames ?? []))
        }
        if let envelope { environment.bury(envelope, for: id, .crashed(reason)) }
        let (now, random) = (environment.clock.now, environment.randomBits())
        let after = state.withLock { $0.machine.crashed(reason, now: now, random: random) }
        switch after {
        case .pause(let pause, let generation):
            hub.emit(.restarting(id, generation: generation, after: pause))
            startPause(pause)
        case .finish(let reason, let exceeded):
            if exceeded { hub.emit(.restartsExhausted(id, reason: reason)) }
            finish(reason, error)
        }
        envelope?.fail(.died(reason))
        for request in open { request.fail(.died(reason)) }
        return false
    }

    private func startPause(_ pause: Duration) {
        let timer = environment.clock.schedule(after: pause) {
            if self.state.withLock({ $0.machine.pauseEnded() }) { self.activate() }
        }
        let isOver = state.withLock { state in
            state.pause = timer
            return state.machine.phase != .pausing || state.machine.isHeld
        }
        if isOver { environment.clock.cancel(timer) }
    }

    private func shutDownGuest(_ reason: ExitReason) async {
        var end = reason
        var cause: RuntimeError?
        do throws(RuntimeError) {
            try await state.withLock({ $0.instance })?.shutDown(reason)
        } catch {
            (end, cause) = (error.reason, error)
        }
        finish(end, cause)
    }

    private func dropInstance() {
        state.withLock { $0.instance.take() }?.unload()
    }

    /// The actor is gone: nothing of it is left, and everybody who waits for it is told.
    private func finish(_ reason: ExitReason, _ error: RuntimeError? = nil) {
        dropInstance()
        dropPlans()
        let (remains, counters, hasStarted, timers) = state.withLock { state in
            state.pause = nil
            let remains = state.machine.finished(reason)
            return (remains, state.machine.counters, state.machine.hasStarted, state.timers.removeAll())
        }
        for timer in timers { environment.clock.cancel(timer) }
        for envelope in remains.messages {
            environment.bury(envelope, for: id, .ended(reason))
        }
        environment.registry.remove(self, reason, counters: counters)
        environment.topics.remove(self)
        dissolveBonds(reason)
        environment.hub.emit(hasStarted ? .ended(id, reason: reason) : .startFailed(id, reason))
        for envelope in remains.messages + remains.open + remains.waiters.map(\.envelope) {
            envelope.fail(.died(reason))
        }
        for waiter in remains.waiters { waiter.admission?.resolve(.failure(.died(reason))) }
        for reply in remains.health { reply.resolve(.failure(.died(reason))) }
        started.resolve(.failure(.startFailed(id, reason, error)))
        for waiter in remains.idle { waiter.resolve(()) }
        for waiter in state.withLock({ $0.machine.settled() }) { waiter.resolve(reason) }
    }
}

extension RuntimeError {
    /// Why the instance is finished; a failure of the host where the guest is not to blame.
    fileprivate var reason: ExitReason { exitReason ?? .hostError(message) }
}

extension ActorError {
    /// The text alone where the case says no more than an exit reason does.
    fileprivate var reason: String {
        if case .failed(let text) = self { text } else { description }
    }
}
