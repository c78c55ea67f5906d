import WasmActorTestKit
import WasmCore
import WasmRuntime

@testable import WasmActor

/// Who takes part in a run of chaos, and what they are told.
struct ChaosPlan {
    struct Member {
        let id: ActorID
        let fixture: String
        let options: ActorOptions
    }

    private(set) var free: [Member] = []
    private var supervised: [[Member]] = []
    /// The ids of those that guests spawn and stop.
    private(set) var children: [ActorID] = []

    var ids: [ActorID] { (free + supervised.flatMap(\.self)).map(\.id) + children }

    /// Those whose messages are kept in storage.
    var keepers: Set<ActorID> { ids { $0.persistence == .stateAndMessages } }

    /// Those who may handle a message twice: it is tried again after a crash, or is kept by a storage that fails.
    var retriers: Set<ActorID> { ids { $0.persistence == .stateAndMessages || $0.retry == .once } }

    private func ids(where holds: (ActorOptions) -> Bool) -> Set<ActorID> {
        Set((free + supervised.flatMap(\.self)).filter { holds($0.options) }.map(\.id))
    }

    private static let fixtures = ["tally", "tally", "chaos", "counter", "relay"]
    private static let treeCount = 10
    private static let treeSize = 20
    private static let childCount = 40

    /// 300 free-standing actors, 200 in trees, and room for 40 children of guests.
    init(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for number in 0..<300 { free.append(Self.member("free", number, &random)) }
        for tree in 0..<Self.treeCount {
            supervised.append((0..<Self.treeSize).map { Self.member("tree\(tree)", $0, &random) })
        }
        children = (0..<Self.childCount).map { number in
            // The texts are ids.
            try! ActorID(namespace: "child", name: Self.fixtures[number % Self.fixtures.count], instance: "\(number)")
        }
    }

    private static func member(_ namespace: String, _ number: Int, _ random: inout SplitMix64) -> Member {
        let fixture = fixtures[number % fixtures.count]
        var options = ActorOptions(
            grants: .all,
            restart: RestartPolicy(
                .permanent,
                intensity: 10_000,
                backOff: BackOff(first: .milliseconds(1), longest: .milliseconds(100))
            ),
            overflow: [.suspend, .fail, .dropOldest, .dropNewest].randomElement(using: &random) ?? .suspend
        )
        options.limits.mailboxMessages = [2, 8, 1024].randomElement(using: &random) ?? 8
        options.limits.cpuTime = 20_000_000
        options.messageLifetime = Int.random(in: 0..<4, using: &random) == 0 ? .milliseconds(50) : nil
        options.retry = Bool.random(using: &random) ? .once : .never
        options.persistence = [.none, .state, .stateAndMessages].randomElement(using: &random) ?? .none
        // The texts are ids.
        let id = try! ActorID(namespace: namespace, name: fixture, instance: "\(number)")
        return Member(id: id, fixture: fixture, options: options)
    }

    /// A tree of each strategy, in turn.
    func trees(_ components: [String: CompiledComponent]) -> [SupervisorSpec] {
        let strategies: [Strategy] = [.oneForOne, .oneForAll, .restForOne]
        return supervised.enumerated().map { number, members in
            SupervisorSpec(
                "tree\(number)",
                strategy: strategies[number % strategies.count],
                intensity: 10_000,
                backOff: BackOff(first: .milliseconds(1), longest: .milliseconds(100)),
                children: members.compactMap { member in
                    components[member.fixture].map { component in
                        .actor(ChildSpec(id: member.id, component: .compiled(component), options: member.options))
                    }
                }
            )
        }
    }

    /// What an actor is told: mostly good, sometimes fatal.
    ///
    /// - Parameters:
    ///   - id: Whom.
    ///   - number: The message's own number, which some guests log.
    ///   - ids: All that there may be.
    ///   - random: Chance.
    /// - Returns: The message.
    func message(
        to id: ActorID,
        _ number: Int,
        among ids: [ActorID],
        using random: inout SplitMix64
    ) -> String {
        let other = ids.randomElement(using: &random) ?? id
        let child = children.randomElement(using: &random) ?? id
        let chance = Int.random(in: 0..<100, using: &random)
        switch (id.name, chance) {
        case ("tally", 0): return "trap"
        case ("tally", 1):
            // A state that is refused when it comes back is refused again at each restart: that has tests of its own.
            return "mark " + (["-", "no-save", "trap-save"].randomElement(using: &random) ?? "-")
        case ("tally", 2..<8): return "later \(other) get"
        case ("tally", _): return "add 1"
        case ("chaos", 0..<3): return "trap"
        case ("chaos", 3) where id.namespace != "child": return "loop"
        case ("chaos", 4): return "recurse"
        case ("chaos", 5): return "error told"
        case ("chaos", 6..<10): return "trap-once"
        case ("chaos", 10..<60): return "log \(number)"
        case ("chaos", _): return "count"
        case ("relay", 0..<30): return "ask-within 500 \(other) get"
        case ("relay", 30..<60): return "send \(other) get"
        case ("relay", 60..<65): return "set private key value"
        case ("relay", 65..<70): return "log info \(number)"
        case ("relay", 70..<85): return "spawn \(child) \(child.name)"
        case ("relay", 85..<87): return "stop \(child)"
        case ("relay", 87): return "watch \(other)"
        case ("relay", 88): return "exit failed told to"
        case ("relay", _): return "self"
        default: return chance < 20 ? "save" : "increment"
        }
    }
}
