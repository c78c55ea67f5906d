import WasmActor
import WasmCore
import WasmRuntime

/// What a file may say: every object with its members. `TreeFiles.md` documents each of them; a test holds that.
struct TreeForms {
    /// What the paths of components are relative to; nil: they stay as they are.
    let folder: String?

    /// A supervisor: the root, or a child.
    var supervisor: Form<SupervisorSpec> {
        .object("an object that describes a supervisor", SupervisorSpec("")) { supervisorKeys }
    }

    var supervisorKeys: [Key<SupervisorSpec>] {
        [
            Key("name", \.name, .text("a name of 1 to 64 characters of [a-z0-9._-]", { $0 }, { $0 }), isRequired: true),
            Key("strategy", \.strategy, .word(Strategy.allCases.map { ("\($0)", $0) })),
            Key("intensity", \.intensity, .count(0...10_000)),
            Key("period", \.period, .duration(.milliseconds(1)...Self.longest)),
            Key("backOff", \.backOff, Self.backOff),
            Key("autoShutdown", \.autoShutdown, .word(AutoShutdown.allCases.map { ("\($0)", $0) })),
            Key("restart", \.restart, Self.restart),
            Key("rules", \.rules, Self.rules),
            Key("isSignificant", \.isSignificant, .truth),
            Key(
                "children",
                \.children,
                .list(of: child, "a list of actors and supervisors, in the order of their start")
            ),
        ]
    }

    /// An actor, or a supervisor below another one.
    private var child: Form<SupervisorSpec.Child> {
        let allowed = "an object with an `id`, which is an actor, or with a `name`, which is a supervisor"
        return Form(allowed) { json, reading in
            guard case .object(let members) = json.kind else {
                reading.refuse(json, wanted: allowed)
                return nil
            }
            switch (members.contains { $0.name == "id" }, members.contains { $0.name == "name" }) {
            case (true, false): return actor.read(json, &reading).map { .actor($0) }
            case (false, true): return supervisor.read(json, &reading).map { .supervisor($0) }
            case (true, true), (false, false):
                reading.refuse(json, wanted: allowed)
                return nil
            }
        } write: { child throws(UnwritableSpec) in
            switch child {
            case .actor(let actor): return try self.actor.write(actor)
            case .supervisor(let supervisor): return try self.supervisor.write(supervisor)
            }
        }
    }

    private var actor: Form<ChildSpec> {
        let nobody = ActorID(uncheckedNamespace: "", name: "", instance: "")
        return .object("an object that describes an actor", ChildSpec(id: nobody, component: .path(""))) { actorKeys }
    }

    var actorKeys: [Key<ChildSpec>] {
        [
            Key(
                "id",
                \.id,
                .text("an id of the form \"namespace/name/instance\"", ActorID.init, \.description),
                isRequired: true
            ),
            Key("component", \.component, component, isRequired: true),
            Key("restart", \.restart, Self.restart),
            Key("rules", \.rules, Self.rules),
            Key("shutdown", \.shutdown, Self.shutdown),
            Key("isSignificant", \.isSignificant, .truth),
            Key("grants", \.options.grants, Self.grants),
            Key("limits", \.options.limits, .object("an object with limits", ResourceLimits()) { Self.limitKeys }),
            Key("environment", \.options.environment, Self.environment),
            Key("arguments", \.options.arguments, Self.payload),
            Key("retry", \.options.retry, .word([("never", .never), ("once", .once)])),
            Key("health", \.options.health, .optional(Self.health)),
            Key("overflow", \.options.overflow, Self.overflow),
            Key("mailboxBytes", \.options.mailboxBytes, .bytes(1...UInt64(Int64.max))),
            Key("messageLifetime", \.options.messageLifetime, .optional(.duration(.nanoseconds(1)...Self.longest))),
            Key(
                "persistence",
                \.options.persistence,
                .word([("none", .none), ("state", .state), ("stateAndMessages", .stateAndMessages)])
            ),
            Key("onDenial", \.options.onDenial, .word(DenialPolicy.allCases.map { ("\($0)", $0) })),
            Key("maxDescendants", \.options.maxDescendants, .count(0...1_000_000)),
        ]
    }

    private var component: Form<ComponentReference> {
        let allowed = "the path of a component, or an object with a `path` or a `named`"
        return Form(allowed) { json, reading in
            switch json.kind {
            case .string(let path) where !path.isEmpty: return .path(absolute(path))
            case .object(let members) where members.count == 1:
                guard case .string(let text) = members[0].value.kind, !text.isEmpty else { break }
                if members[0].name == "path" { return .path(absolute(text)) }
                if members[0].name == "named" { return .named(text) }
            default: break
            }
            reading.refuse(json, wanted: allowed)
            return nil
        } write: { component throws(UnwritableSpec) in
            switch component {
            case .path(let path, world: nil): return .string(path)
            case .named(let name, world: nil): return .object([("named", .string(name))])
            case .path(_, world: .some), .named(_, world: .some):
                throw UnwritableSpec(message: "\(component) brings a world of its own, which is Swift and no JSON")
            default:
                throw UnwritableSpec(message: "\(component) is neither a file nor a name")
            }
        }
    }

    private func absolute(_ path: String) -> String {
        guard let folder, !path.hasPrefix("/") else { return path }
        return folder.hasSuffix("/") ? folder + path : "\(folder)/\(path)"
    }
}

// MARK: - Parts

extension TreeForms {
    /// More than anybody waits, and a number of nanoseconds that 64 bits hold: 100 years.
    static let longest = Duration.seconds(100 * 365 * 86_400)

    static var backOffKeys: [Key<BackOff>] {
        [
            Key("first", \.first, .duration(.zero...longest)),
            Key("longest", \.longest, .duration(.zero...longest)),
            Key("jitter", \.jitter, .part),
        ]
    }

    private static var backOff: Form<BackOff> {
        .object("an object with `first`, `longest` and `jitter`", BackOff()) { backOffKeys }
    }

    private static var restart: Form<RestartPolicy.Kind> {
        .word(RestartPolicy.Kind.allCases.map { ("\($0)", $0) })
    }

    static var ruleKeys: [Key<RestartRule>] {
        [
            Key(
                "when",
                \.pattern,
                .text(
                    "an end such as \"abnormal\", \"failed\", \"trap\", \"trap(stackOverflow)\", \"limit(memory)\" or "
                        + "\"denied(messaging.send(demo/**))\"",
                    { (text: String) -> ExitPattern? in ExitPattern(text) },
                    \.description
                ),
                isRequired: true
            ),
            Key("then", \.directive, .word(Directive.allCases.map { ($0.description, $0) }), isRequired: true),
        ]
    }

    private static var rules: Form<[RestartRule]> {
        let rule = Form<RestartRule>.object("an object with `when` and `then`", RestartRule(.any, .restart)) {
            ruleKeys
        }
        return .list(of: rule, "a list of objects with `when` and `then`, of which the first that matches counts")
    }

    static var healthKeys: [Key<HealthPolicy>] {
        [
            Key("interval", \.interval, .orNever(.duration(.milliseconds(1)...longest))),
            Key("unhealthyAnswers", \.unhealthyAnswers, .orNever(.count(1...1_000_000))),
            Key("degradedAnswers", \.degradedAnswers, .orNever(.count(1...1_000_000))),
        ]
    }

    private static var health: Form<HealthPolicy> {
        .object("an object with `interval`, `unhealthyAnswers` and `degradedAnswers`", HealthPolicy()) { healthKeys }
    }

    private static var overflow: Form<OverflowPolicy> {
        .word([("suspend", .suspend), ("fail", .fail), ("dropOldest", .dropOldest), ("dropNewest", .dropNewest)])
    }

    private static var shutdown: Form<ChildShutdown> {
        let time = Form<Duration>.duration(.zero...longest)
        let allowed = "\"kill\", or " + time.allowed
        return Form(allowed) { json, reading in
            if case .string("kill") = json.kind { return .kill }
            if case .string(let text) = json.kind, let time = Quantity.duration(text), (.zero...longest).contains(time)
            {
                return .within(time)
            }
            reading.refuse(json, wanted: allowed)
            return nil
        } write: { shutdown throws(UnwritableSpec) in
            switch shutdown {
            case .kill: return .string("kill")
            case .within(let limit): return try time.write(limit)
            }
        }
    }

    static var limitKeys: [Key<ResourceLimits>] {
        let most = UInt64(Int64.max)
        return [
            Key("memoryBytes", \.memoryBytes, .bytes(65_536...(4 << 30))),
            Key("tableElements", \.tableElements, .count(1...10_000_000)),
            Key("instances", \.instances, .count(1...10_000)),
            Key("turnTime", \.turnTime, .nanoseconds(1_000_000...most)),
            Key("cpuTime", \.cpuTime, .nanoseconds(1_000_000...most)),
            Key("fuelPerTurn", \.fuelPerTurn, .optional(.count(1...most))),
            Key("messageBytes", \.messageBytes, .bytes(1...ResourceLimits.largestMessageBytes)),
            Key("hostCallBytes", \.hostCallBytes, .bytes(1...most)),
            Key("mailboxMessages", \.mailboxMessages, .count(1...16_777_216)),
            Key("logBytesPerSecond", \.logBytesPerSecond, .bytes(0...UInt32.max)),
            Key("storageBytes", \.storageBytes, .bytes(0...most)),
        ]
    }

    private static var environment: Form<[Field]> {
        let allowed = "an object of names and texts"
        return Form(allowed) { json, reading in
            guard case .object(let members) = json.kind else {
                reading.refuse(json, wanted: allowed)
                return nil
            }
            return members.compactMap { member in
                reading.within(member.name, member.value) { reading in
                    guard case .string(let text) = member.value.kind else {
                        reading.refuse(member.value, wanted: "a text")
                        return nil
                    }
                    return Field(name: member.name, value: text)
                }
            }
        } write: { fields throws(UnwritableSpec) in
            var names: Set<[UInt8]> = []
            for field in fields where !names.insert(Array(field.name.utf8)).inserted {
                throw UnwritableSpec(message: "the environment has `\(field.name)` twice")
            }
            return .object(fields.map { ($0.name, .string($0.value)) })
        }
    }
}
