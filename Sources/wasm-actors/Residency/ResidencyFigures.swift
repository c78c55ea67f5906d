/// What a run of many actors with few in memory found.
struct ResidencyFigures {
    let actors: Int
    let resident: Int
    let messages: Int
    /// The sum of all counts.
    var counted = 0
    /// The actors whose count was wrong.
    var wrong = 0
    var deadLetters: UInt64 = 0
    var mostInstances = 0
    var mostMemory: UInt64 = 0
    let largestMemory: Int
    /// The seconds of each part.
    var spawning = 0.0
    var sending = 0.0
    var checking = 0.0

    /// Why the run is no success; nil where it is one.
    var failure: String? {
        if wrong > 0 { return "\(wrong) of \(actors) counts were wrong" }
        if counted != messages { return "\(messages) messages were sent, and \(counted) were counted" }
        if deadLetters > 0 { return "\(deadLetters) messages were dead letters" }
        if mostInstances > most { return "\(mostInstances) actors were in memory, and no more than \(most) may be" }
        guard mostMemory <= UInt64(largestMemory) else {
            return "the process had \(mostMemory >> 20) MiB in memory, and may have \(largestMemory >> 20)"
        }
        return nil
    }

    /// The most that may be in memory at a time: a part of the places comes in on top where nobody can leave for long.
    private var most: Int { resident + max(1, resident / 16) }

    /// One line of JSON.
    var line: String {
        func seconds(_ value: Double) -> Double { (value * 100).rounded() / 100 }
        return """
            {"actors":\(actors),"most_instances":\(mostInstances),"messages":\(messages),"counted":\(counted),\
            "wrong":\(wrong),"dead_letters":\(deadLetters),"most_memory_mib":\(mostMemory >> 20),\
            "spawning_s":\(seconds(spawning)),"sending_s":\(seconds(sending)),"checking_s":\(seconds(checking))}
            """
    }
}
