import WasmComponentModel
import WasmCore

/// `inspect`: what a component imports and exports, how large it is, and what an actor of it would need.
enum InspectCommand: Subcommand {
    static let name = "inspect"
    static let summary = "Prints a component's imports and exports as WIT, its size and the grants that it needs."
    static let help = """
        Prints what a component imports and exports, as WIT that can be parsed again, its size, and the grants that an
        actor of it needs.

        Usage: wasm-actors inspect FILE.wasm

        The component is compiled and not run. Size and grants are comments at the head of the WIT text.

        Example: wasm-actors inspect counter.wasm
        """

    static func run(_ line: [String], console: Console) async throws(CommandError) {
        let arguments = try Arguments(line)
        guard arguments.positional.count == 1 else {
            throw .usage("inspect takes one file", hint: "Write: wasm-actors inspect FILE.wasm")
        }
        let file = try ComponentFile(path: arguments.positional[0])
        // Nothing runs: the code need not be fast.
        let component = try file.compile(for: .forCommand { $0.optimization = .none })
        console.print(report(on: component.type, size: file.bytes.count))
    }

    /// The whole text: comments, then WIT.
    ///
    /// - Parameters:
    ///   - type: The component's type.
    ///   - size: The size of its file in bytes.
    /// - Returns: The text without a line end.
    static func report(on type: ComponentType, size: Int) -> String {
        let lines = ["Size: \(size) bytes"] + grantLines(RequiredGrants(type))
        return (lines.map { "// " + $0 } + ["", ComponentWIT(type).text()]).joined(separator: "\n")
    }

    private static func grantLines(_ required: RequiredGrants) -> [String] {
        var lines = required.grants.map { grant in
            "  \(grant.kind.rawValue)(\(grant.subject)), for \(grant.functions.joined(separator: ", "))"
        }
        lines.insert(
            lines.isEmpty ? "Grants that an actor of it needs: none" : "Grants that an actor of it needs:",
            at: 0
        )
        if required.usesWASI {
            lines.append("WASI: an empty world of it (clocks, random, output into the log)")
        }
        lines += required.foreign.map { name in
            "Import that an embedder must supply: \(name), with the grant host.call(\(grantPattern(name)))"
        }
        return lines
    }

    /// What a grant for all functions of an interface, or for a function of the world itself, is limited to.
    private static func grantPattern(_ name: String) -> String {
        name.contains("/") ? "\(name.prefix { $0 != "@" })/**" : name
    }
}
