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
}
