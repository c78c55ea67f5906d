import WasmComponentModel
import WasmCore

/// What the imports of the actor contract need: the table of `wit/README.md` as data.
struct RequiredGrants {
    /// What one imported function needs.
    struct Need: Equatable {
        /// The kind of grant; none where every actor may call it.
        let kind: Capability.Kind?
        /// To what the grant is limited.
        let subject: String
    }

    /// Imported functions that need a grant, grouped by kind in the order of `Capability.Kind`.
    let grants: [(kind: Capability.Kind, subject: String, functions: [String])]
    /// Imported functions of the world itself, and interfaces with functions, that are neither of the contract nor WASI:
    /// an embedder must supply them.
    let foreign: [String]
    /// Whether WASI is imported.
    let usesWASI: Bool

    /// Looks every import up.
    ///
    /// - Parameter type: The component's type.
    init(_ type: ComponentType) {
        var functions: [Capability.Kind: (subject: String, names: [String])] = [:]
        var foreign: [String] = []
        var usesWASI = false
        for item in type.imports {
            guard let name = WITName.Interface(item.name), case .instance(let instance) = item.type else {
                if case .function = item.type { foreign.append(item.name) }
                if case .instance = item.type { foreign.append(item.name) }
                continue
            }
            if name.package.hasPrefix("wasi:") {
                usesWASI = true
            } else if name.package.hasPrefix(RequiredGrants.package) {
                for function in instance.exports where function.isFunction {
                    let need = RequiredGrants.need(interface: name.name, function: function.name)
                    guard let need, let kind = need.kind else { continue }
                    functions[kind, default: (need.subject, [])].names.append("\(name.name).\(function.name)")
                }
            } else if instance.exports.contains(where: \.isFunction) {
                foreign.append(item.name)
            }
        }
        grants = Capability.Kind.allCases.compactMap { kind in
            functions[kind].map { (kind, $0.subject, $0.names) }
        }
        self.foreign = foreign
        self.usesWASI = usesWASI
    }

    /// The package of the contract.
    static let package = "wasm-actors:actor@"

    /// What a function of the contract needs.
    ///
    /// - Parameters:
    ///   - interface: The interface, such as `messaging`.
    ///   - function: The function, such as `send`.
    /// - Returns: The need; none for a function that the contract does not have.
    static func need(interface: String, function: String) -> Need? {
        needs[interface]?[function]
    }

    private static let free = Need(kind: nil, subject: "")
    private static let send = Need(kind: .send, subject: "ACTOR-ID PATTERN")
    private static let request = Need(kind: .request, subject: "ACTOR-ID PATTERN")
    private static let subscribe = Need(kind: .subscribe, subject: "TOPIC PATTERN")
    private static let read = Need(kind: .read, subject: "KEY PATTERN")
    private static let write = Need(kind: .write, subject: "KEY PATTERN")
    private static let watch = Need(kind: .watch, subject: "ACTOR-ID PATTERN")

    private static let needs: [String: [String: Need]] = [
        "messaging": [
            "send": send, "send-after": send, "send-every": send, "request": request, "request-later": request,
            "publish": Need(kind: .publish, subject: "TOPIC PATTERN"), "subscribe": subscribe, "unsubscribe": subscribe,
            "list-actors": Need(kind: .list, subject: "ACTOR-ID PATTERN"), "cancel": free, "reply": free,
            "cancel-timer": free, "self-id": free, "exit": free,
        ],
        "services": ["log": free, "wall-time": free, "monotonic-time": free, "sleep": free, "random-bytes": free],
        "storage": [
            "get": read, "exists": read, "list-keys": read, "usage": read, "set": write, "compare-and-set": write,
            "delete": Need(kind: .delete, subject: "KEY PATTERN"),
        ],
        "supervision": [
            "spawn": Need(kind: .spawn, subject: "ACTOR-ID PATTERN"),
            "stop": Need(kind: .stop, subject: "ACTOR-ID PATTERN"),
            "watch": watch, "unwatch": watch, "link": watch, "unlink": watch,
        ],
    ]
}

extension NamedExtern {
    /// Whether this is a function.
    fileprivate var isFunction: Bool {
        if case .function = type { true } else { false }
    }
}
