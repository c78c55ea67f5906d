import WasmCore

/// Out of memory and back.
extension ActorMachine {
    /// The system wants the actor out of memory; says whether the caller holds the right to turns now and passes it to an
    /// activation, which gives the answer. Where it does not, the actor has something to do and stays.
    mutating func passivate(_ answer: OneShot<Bool>) -> Bool {
        guard phase == .running, !isHeld, mayPassivate else { return false }
        isHeld = true
        passivation = answer
        return true
    }

    /// Whether there is nothing that the instance has to be there for.
    var mayPassivate: Bool {
        request == nil && haltRequest == nil && exitReason == nil && pendingRequests.isEmpty && !hasWork
    }

    /// Whether an instance has something to do.
    var hasWork: Bool {
        !mailbox.isEmpty || !downs.isEmpty || !responses.isEmpty || !healthQueue.isEmpty || upgrade != nil
    }

    /// The state is kept: says whether the instance is dropped. Where work has come meanwhile the actor stays.
    mutating func passivated() -> Bool {
        guard mayPassivate else { return false }
        phase = .passive
        restores = true
        mailbox.shrink()
        (downs, responses, healthQueue) = (Ring(), Ring(), Ring())
        return true
    }

    /// Whether the actor is out of memory, and nothing brings it back at the moment.
    var isAtRest: Bool { status == .passive && !isHeld }

    /// Whether the start that is under way brings a passive actor back.
    var isReturning: Bool { phase == .passive || failedReturns > 0 }

    /// The storage could not give the state with which the actor comes back: gives the pause before the next try, and the
    /// right to turns back. That is no restart: nothing of the actor's has failed. Nil where something else is to be done
    /// first, such as an end.
    mutating func returnFailed(random: UInt64) -> Duration? {
        guard request == nil, haltRequest == nil, exitReason == nil else {
            // What is to be done needs no instance.
            phase = .passive
            return nil
        }
        failedReturns += 1
        phase = .pausing
        isHeld = false
        return BackOff().pause(attempt: Int(failedReturns), random: random)
    }
}
