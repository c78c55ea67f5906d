/// Whose end matters to whom, as one actor keeps it.
struct Bonds<Peer: Hashable> {
    /// The most peers that one actor may watch, and link to.
    static var largestCount: Int { 10_000 }

    /// Who is told when this actor ends.
    var watchers: InsertionSet<Peer> = []
    /// Whose end this actor is told.
    var watched: InsertionSet<Peer> = []
    /// Whose abnormal end is this actor's, and the other way round.
    var links: InsertionSet<Peer> = []

    /// Takes everything out, for the actor is gone.
    mutating func removeAll() -> Bonds {
        defer { self = Bonds() }
        return self
    }
}
