/// Who is in memory, who waits for room, and how many leave for them, as a value: every event is a `mutating func` that
/// returns what is to be done.
///
/// Who comes where there is no room waits in a queue, and one who has nothing to do leaves for each. Where nobody has
/// nothing to do, the next that falls idle leaves. Each that is gone lets the first of the queue in.
struct ResidencyMachine<Member: AnyObject> {
    /// What becomes of one that comes.
    enum Arrival: Equatable {
        /// There is room.
        case comes
        /// It waits; with `looks` somebody is to be looked for who leaves, which `leavingEnded` or `nobodyIsIdle` ends.
        case waits(looks: Bool)
    }

    /// The part of the places that comes in on top where nobody was let in for too long.
    static var surplus: Int { 16 }

    private let places: Int
    private var residentsByID: [ObjectIdentifier: Member] = [:]
    /// Those for whom there is room, and who are not there yet.
    private var coming: Set<ObjectIdentifier> = []
    private var waiters: [ObjectIdentifier: Member] = [:]
    /// Those who wait, and those who gave up, until they come up.
    private var queue = Ring<ObjectIdentifier>()
    /// How many leave for those who wait, or are looked for.
    private var leaving = 0
    /// 1 more each time that somebody fell idle who was not asked to leave.
    private(set) var idleCount: UInt64 = 0
    /// Whether a look at all residents found nobody idle, and nobody fell idle since.
    private var hasNobodyIdle = false
    /// How many of those who waited were let in.
    private(set) var admissions: UInt64 = 0
    private(set) var isFinished = false

    /// Makes one with room for so many, or for one where that is fewer.
    init(places: Int) { self.places = max(1, places) }

    var residents: [Member] { Array(residentsByID.values) }
    var residentCount: Int { residentsByID.count }
    var isEmpty: Bool { residentsByID.isEmpty }
    /// Whether somebody waits for room.
    var isTight: Bool { !waiters.isEmpty }
    private var count: Int { residentsByID.count + coming.count }

    // MARK: Those who come

    /// One comes; with `isTooLarge` there is room only where nobody is.
    mutating func arrived(_ member: Member, isTooLarge: Bool) -> Arrival {
        let id = ObjectIdentifier(member)
        guard !coming.contains(id) else { return .comes }
        guard !isFinished, count > 0, isTooLarge || count >= places else {
            coming.insert(id)
            return .comes
        }
        // Who fell idle while nobody waited told nobody.
        if waiters.isEmpty { hasNobodyIdle = false }
        waiters[id] = member
        queue.append(id)
        guard !hasNobodyIdle else { return .waits(looks: false) }
        leaving += 1
        return .waits(looks: true)
    }

    /// Lets one in that waits and has to do something else first, such as to end; nil where it does not wait.
    mutating func admit(_ member: Member) -> Member? { admit(ObjectIdentifier(member)) }

    private mutating func admit(_ id: ObjectIdentifier) -> Member? {
        guard let member = waiters.removeValue(forKey: id) else { return nil }
        coming.insert(id)
        admissions += 1
        return member
    }

    private mutating func admitFirst() -> Member? {
        while let id = queue.popFirst() {
            if let member = admit(id) { return member }
        }
        return nil
    }

    /// Nobody was let in since there were so many admissions: the places are too few for what goes on, and some of those
    /// who wait come in on top.
    mutating func patienceEnded(_ admissions: UInt64) -> [Member] {
        guard self.admissions == admissions else { return [] }
        let most = min(max(1, places / Self.surplus), waiters.count)
        return (0..<most).compactMap { _ in admitFirst() }
    }

    // MARK: Those who leave

    /// A look at all, which began when there had been so many idle ones, found nobody; says whether the look is over, and
    /// goes on otherwise: who fell idle during the look relied on it.
    mutating func nobodyIsIdle(since idleCount: UInt64) -> Bool {
        guard self.idleCount == idleCount else { return false }
        hasNobodyIdle = true
        leaving -= 1
        return true
    }

    /// One that was asked to leave has left, or could not; says whether another one is to.
    mutating func leavingEnded(hasLeft: Bool) -> Bool {
        // Where there are too many, one that leaves makes no room yet.
        let goesOn = isTight && (!hasLeft || count >= places)
        if !goesOn { leaving -= 1 }
        return goesOn
    }

    /// Too many could not leave, one after the other.
    mutating func leavingGivenUp() { leaving -= 1 }

    /// One has nothing to do; says whether it is to leave, which `leavingEnded` ends.
    mutating func fellIdle() -> Bool {
        guard waiters.count > leaving else {
            idleCount += 1
            hasNobodyIdle = false
            return false
        }
        leaving += 1
        return true
    }

    /// An instance is in memory.
    mutating func entered(_ member: Member) {
        let id = ObjectIdentifier(member)
        coming.remove(id)
        residentsByID[id] = member
    }

    /// An instance is gone, or never came; gives the one that comes instead. How much memory there is does not matter
    /// then, for what is freed does not go back to the system at once.
    mutating func left(_ member: Member) -> Member? {
        let id = ObjectIdentifier(member)
        let wasThere = residentsByID.removeValue(forKey: id) != nil
        guard coming.remove(id) != nil || wasThere else { return nil }
        return count < places ? admitFirst() : nil
    }

    /// Nobody leaves memory any more; gives those who wait.
    mutating func finish() -> [Member] {
        isFinished = true
        var admitted: [Member] = []
        while let member = admitFirst() { admitted.append(member) }
        return admitted
    }
}
