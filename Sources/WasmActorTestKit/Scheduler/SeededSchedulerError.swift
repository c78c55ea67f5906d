public import WasmCore

/// Why a seeded run came to no end of its own.
public struct SeededSchedulerError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of thing went wrong.
    public enum Kind: Hashable, Sendable {
        /// The body waits, and nothing is left that could wake it: no job is ready, and no timer waits but for the looks
        /// at the actors' health and use, which have changed nothing for an hour.
        case deadlock
        /// The run took more steps than it may.
        case tooManySteps
        /// Something of the run went on another thread, so that its seed does not say what happens.
        case leftTheScheduler
    }

    /// An actor at the run's end.
    public struct Actor: Hashable, Sendable {
        /// Who it is.
        public let id: ActorID
        /// What it was doing, such as `running`.
        public let status: String
        /// Messages that waited in its mailbox.
        public let mailboxDepth: Int
        /// For whom its guest waited; nil where it waited for nobody.
        public let waitsFor: ActorID?
    }

    /// What kind of thing went wrong.
    public let kind: Kind
    /// The seed of the run.
    public let seed: UInt64
    /// How many steps the run had taken.
    public let steps: Int
    /// The actors of the run's systems, in the order of their ids.
    public let actors: [Actor]

    /// What went wrong, what to do, and what each actor was doing.
    public var description: String {
        let what =
            switch kind {
            case .deadlock:
                "the body of the run waits, and no job and no timer is left that could wake it"
            case .tooManySteps:
                "the run has taken \(steps) steps and has not ended; see `SeededScheduler.Configuration.steps`"
            case .leftTheScheduler:
                "part of the run went on another thread; keep to child tasks, to the clock of the scheduler, and to no "
                    + "unstructured task without it as its executor"
            }
        return actors.reduce("seed \(seed), after \(steps) steps: \(what)") { text, actor in
            text + "\n  \(actor.id): \(actor.status), \(actor.mailboxDepth) in its mailbox"
                + (actor.waitsFor.map { ", waits for \($0)" } ?? "")
        }
    }
}

/// The failure of one seed.
public struct SeededFailure: Error, CustomStringConvertible {
    /// The seed.
    public let seed: UInt64
    /// What the run threw.
    public let error: any Error
    /// The last events before that, oldest first.
    public let lastEvents: [String]

    /// The seed, how to replay it, what the run threw, and the last events before.
    public var description: String {
        let text = "seed \(seed) fails (replay it with \(SeededScheduler.seedVariable)=\(seed)): \(error)"
        return lastEvents.isEmpty ? text : text + "\n  last events:" + lastEvents.map { "\n    \($0)" }.joined()
    }
}
