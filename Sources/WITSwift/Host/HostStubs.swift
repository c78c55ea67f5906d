import WITModel

/// Writes a host whose every function is a stub: the requirements of the protocols that it conforms to, with a body
/// that ends the process.
struct HostStubs {
    /// A function, and whose it is.
    private struct Stub {
        var requirement: FunctionDeclaration
        var owners: [String]
    }

    private let access: String
    private let world: BindingsWorld
    private var order: [String] = []
    private var stubs: [String: Stub] = [:]
    private var names: [String] = []

    init(_ world: BindingsWorld, access: String) {
        self.access = access
        self.world = world
    }

    /// The name of the class of a world that is called so.
    static func name(ofWorld name: String) -> String { name + "Stubs" }

    /// Takes a protocol over: what it requires becomes a stub.
    mutating func conform(to name: String, _ requirements: TypeDeclaration, _ owner: String) {
        names.append(name)
        for case .function(let requirement) in requirements.members { add(requirement, owner) }
    }

    private mutating func add(_ requirement: FunctionDeclaration, _ owner: String) {
        let name = Self.name(of: requirement)
        let result = requirement.effects.firstRange(of: "->").map { requirement.effects[$0.lowerBound...] } ?? ""
        let key = "\(name)(\(requirement.parameters.joined(separator: ", "))) \(result)"
        guard var known = stubs[key] else {
            stubs[key] = Stub(requirement: requirement, owners: [owner])
            order.append(key)
            return
        }
        known.owners.append(owner)
        if known.requirement.effects != requirement.effects {
            // One function may stand for several requirements where it neither waits nor throws.
            known.requirement.head = "func \(name)"
            known.requirement.effects = String(result)
        }
        stubs[key] = known
    }

    private static func name(of requirement: FunctionDeclaration) -> String {
        requirement.head.split(separator: " ").last.map(String.init) ?? requirement.head
    }

    private func declaration(_ stub: Stub) -> Declaration {
        var function = stub.requirement
        let name = Self.name(of: function).filter { $0 != "`" }
        function.head = "\(access)\(function.head)"
        function.body = [
            "// There is no value to return and no error to throw.",
            "Swift.fatalError(\"the function \(name) of \(stub.owners.joined(separator: " and ")) is a stub\")",
        ]
        return .function(function)
    }

    /// The class.
    func declaration() -> Declaration {
        let conformances = names.isEmpty ? "Swift.Sendable" : names.joined(separator: ", ")
        var members = order.compactMap { stubs[$0] }.map(declaration)
        if !access.isEmpty {
            members.insert(.function(FunctionDeclaration(docs: ["Makes one."], head: "\(access)init", body: [])), at: 0)
        }
        return .type(
            TypeDeclaration(
                docs: ["A host for `\(world.externName)` whose functions are stubs: a call of one ends the process."],
                head: "\(access)nonisolated final class \(Self.name(ofWorld: world.name)): \(conformances)",
                members: members
            )
        )
    }
}

extension HostGenerator {
    /// The stubs of everything that a world imports: the functions of its interfaces and of their resources.
    func stubs(_ world: BindingsWorld) -> Declaration {
        var stubs = HostStubs(world, access: access)
        for interface in world.imports + [world.importedFunctions] {
            let owner = interface.externName ?? world.externName
            if !interface.functions.isEmpty, case .type(let requirements) = hostProtocol(interface) {
                stubs.conform(to: "\(interface.namespace)Imports", requirements, owner)
            }
            for resource in interface.resources {
                guard let type = model.types[resource.type], case .resource(.imported) = type.kind,
                    case .type(let requirements) = hostResource(type)
                else { continue }
                stubs.conform(to: type.qualified, requirements, "the resource \(resource.externName) of \(owner)")
            }
        }
        return stubs.declaration()
    }
}
