import WasmCore

/// How the actors that ended last ended, for those who ask too late.
struct RecentEnds {
    private let capacity: Int
    private var order = Ring<ActorID>()
    private var reasons: [ActorID: ExitReason] = [:]

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// The reason of an actor's last end.
    subscript(id: ActorID) -> ExitReason? { reasons[id] }

    /// An actor has ended.
    mutating func append(_ id: ActorID, _ reason: ExitReason) {
        if reasons.updateValue(reason, forKey: id) == nil { order.append(id) }
        if order.count > capacity, let oldest = order.popFirst() { reasons[oldest] = nil }
    }

    /// An actor of this id runs again.
    mutating func remove(_ id: ActorID) {
        guard reasons.removeValue(forKey: id) != nil else { return }
        _ = order.removeFirst { $0 == id }
    }
}
