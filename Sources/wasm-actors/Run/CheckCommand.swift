import WasmActor
import WasmActorTrees
import WasmCore

/// `check`: reads a tree's file and says what is wrong with it, or what it describes.
enum CheckCommand: Subcommand {
    static let name = "check"
    static let summary = "Checks a file that describes a tree of actors."
    static let help = """
        Reads a file of JSON that describes a tree, and prints the tree; or every mistake, with its line and column, the
        way to it and what is allowed there. Then it looks for the components, and whether they begin as components do.
        Nothing is compiled or started.

        Usage: wasm-actors check TREE.json [--components DIR]

        Options:
          --components DIR    The folder in which components are found by name, as DIR/NAME.wasm; without it they are
                              not looked for.

        Exit codes: 0 the file describes a tree whose components are there, 1 a component is missing or is none, 2 the
        file makes no sense.
        """

    static func run(_ line: [String], console: Console) async throws(CommandError) {
        let arguments = try Arguments(line, options: ["--components"])
        guard arguments.positional.count == 1 else {
            throw .usage("check takes one tree", hint: "Usage: wasm-actors check TREE.json [--components DIR]")
        }
        var source: DirectoryComponentSource?
        if let folder = arguments.value(of: "--components") { source = try DirectoryComponentSource(folder: folder) }
        let spec = try TreeArgument.read(arguments.positional[0])
        for line in lines(.supervisor(spec), first: "", rest: "") { console.print(line) }

        var components = TreeComponents()
        components.add(.supervisor(spec))
        var problems = components.paths.compactMap { path in
            ComponentFile.fault(of: path).map { "\(path): \($0)" }
        }
        if let source {
            for name in components.names {
                if let fault = await fault(of: name, in: source) { problems.append("\(source.path): \(fault)") }
            }
        } else if !components.names.isEmpty {
            let count = components.names.count
            let what = count == 1 ? "1 component that is named was" : "\(count) components that are named were"
            console.printError("\(what) not looked for: --components DIR says where.")
        }
        guard !problems.isEmpty else { return }
        if problems.count > 1 { problems.insert("\(problems.count) problems", at: 0) }
        throw .failure(
            problems.joined(separator: "\n"),
            hint: "Paths are relative to the tree's file; a name is NAME.wasm in the folder of --components."
        )
    }

    /// What is wrong with a component that is named; nil where nothing is.
    private static func fault(of name: String, in source: DirectoryComponentSource) async -> String? {
        do throws(ComponentSourceError) {
            let bytes = try await source.component(named: name)
            return ComponentFile.fault(inHead: bytes.prefix(ComponentFile.head.count)).map { "\(name).wasm: \($0)" }
        } catch {
            return error.description
        }
    }

    private static func lines(_ child: SupervisorSpec.Child, first: String, rest: String) -> [String] {
        switch child {
        case .actor(let actor): return ["\(first)\(actor.id) \(actor.component), \(actor.restart)"]
        case .supervisor(let supervisor):
            var lines = ["\(first)\(supervisor.name) [\(supervisor.strategy)]"]
            for (index, child) in supervisor.children.enumerated() {
                let isLast = index == supervisor.children.count - 1
                let (first, rest) = (rest + (isLast ? "└─ " : "├─ "), rest + (isLast ? "   " : "│  "))
                lines += self.lines(child, first: first, rest: rest)
            }
            return lines
        }
    }
}

/// Where the components of a tree are, each place once, in the order in which they are first needed.
private struct TreeComponents {
    private(set) var paths: [String] = []
    private(set) var names: [String] = []
    private var seen: (paths: Set<String>, names: Set<String>) = ([], [])

    mutating func add(_ child: SupervisorSpec.Child) {
        switch child {
        case .actor(let actor):
            switch actor.component {
            case .path(let path, _): if seen.paths.insert(path).inserted { paths.append(path) }
            case .named(let name, _): if seen.names.insert(name).inserted { names.append(name) }
            default: break
            }
        case .supervisor(let supervisor): for child in supervisor.children { add(child) }
        }
    }
}
