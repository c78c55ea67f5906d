import Foundation
import WITModel
import WITSwift

/// One build: a folder of Swift and WIT becomes a component.
struct GuestBuild {
    /// The guest.
    let folder: GuestFolder
    /// The programs.
    let toolchain: GuestToolchain
    /// The world; none where the package has one only, or its `wit-swift.json` names one.
    var world: String?
    /// The `@unstable` features to let in besides those of `wit-swift.json`; none for all.
    var features: [String]? = []
    /// Whether every command line is shown.
    var isVerbose = false
    /// Where progress and the output of the programs go.
    let console: Console

    /// What a build made.
    struct Product {
        /// The component.
        let bytes: Data
        /// Whether it is that of the last build, which was made of the same.
        let isUnchanged: Bool
    }

    /// Makes the component, or takes that of the last build where nothing has changed since.
    ///
    /// - Parameter scratch: The folder to work in.
    /// - Returns: The component.
    /// - Throws: A failure; mistakes in the WIT or the Swift have been shown by then.
    func run(in scratch: borrowing GuestScratch) async throws(CommandError) -> Product {
        let (wit, bindings, recipe) = try prepare()
        let steps = recipe.steps(unicodeTables: toolchain.unicodeTables)
        let inputs = inputs(wit, bindings, steps)
        if let bytes = scratch.component(folder.name, madeOf: inputs) {
            return Product(bytes: bytes, isUnchanged: true)
        }
        let bindingFiles = bindings.map { (name: $0.name, bytes: Data($0.text.utf8)) }
        try scratch.fill(scratch.file("bindings"), bindingFiles)
        try scratch.fill(GuestFolder.join(scratch.work, "bindings"), bindingFiles)
        try scratch.fill(
            GuestFolder.join(scratch.work, "sources"),
            folder.sources.map { (name: $0.name, bytes: $0.bytes) }
        )
        for step in steps { try await run(step, in: scratch) }
        let made = GuestFolder.join(scratch.work, recipe.component)
        guard let bytes = FileManager.default.contents(atPath: made) else {
            throw .failure("\(made): cannot be read")
        }
        try scratch.keep(bytes, folder.name, madeOf: inputs)
        return Product(bytes: bytes, isUnchanged: false)
    }

    /// Makes the bindings, and the recipe for what they are generated from.
    private func prepare() throws(CommandError) -> (SourceTree, [GeneratedFile], GuestRecipe) {
        var configuration = folder.configuration
        if let world { configuration.worlds = [.init(text: world, span: nil)] }
        let features = features.map { $0 + configuration.features }
        let wit: SourceTree
        let bindings: [GeneratedFile]
        do throws(WITError) {
            wit = try SourceTree(path: folder.wit)
            let resolve = try Resolve(wit, features: features.map { .only(Set($0)) } ?? .all)
            bindings = try Generator.files(resolve, configuration)
        } catch {
            console.printError(error.description)
            let count = error.diagnostics.count
            throw .failure(
                "\(folder.path): nothing was built",
                hint: count == 1 ? "Its WIT has a mistake, see above." : "Its WIT has \(count) mistakes, see above."
            )
        }
        // The compiler takes each name once.
        for name in bindings.map(\.name) {
            guard let own = folder.sources.first(where: { $0.name == name || $0.name.hasSuffix("/\(name)") }) else {
                continue
            }
            throw .failure(
                "\(GuestFolder.join(folder.sourceFolder, own.name)): its name is that of a file of the bindings",
                hint: "Give the file another name."
            )
        }
        let recipe = GuestRecipe(
            name: folder.name,
            module: folder.module,
            files: bindings.map { "bindings/\($0.name)" }.sorted() + folder.sources.map { "sources/\($0.name)" },
            wit: URL(fileURLWithPath: folder.wit).standardizedFileURL.path,
            world: configuration.worlds.first?.text,
            features: features
        )
        return (wit, bindings, recipe)
    }

    /// Everything that a component is made of, as bytes that differ where any of it does.
    private func inputs(_ wit: SourceTree, _ bindings: [GeneratedFile], _ steps: [GuestRecipe.Step]) -> Data {
        var inputs = Data()
        func add(_ name: String, _ bytes: Data) {
            inputs += Data("\(name)\n\(bytes.count)\n".utf8) + bytes + Data("\n".utf8)
        }
        add("tools", Data((toolchain.versions + [toolchain.compiler.path]).joined(separator: "\n").utf8))
        for step in steps { add("step", Data(step.arguments.joined(separator: "\n").utf8)) }
        for file in bindings { add(file.name, Data(file.text.utf8)) }
        for source in folder.sources { add(source.name, source.bytes) }
        // The component carries its WIT with names and comments, which the bindings need not show.
        for file in wit.files { add("wit", Data(file.bytes)) }
        return inputs
    }

    private func run(_ step: GuestRecipe.Step, in scratch: borrowing GuestScratch) async throws(CommandError) {
        if !step.title.isEmpty { console.printError("\(folder.name): \(step.title)") }
        let tool = toolchain[step.tool]
        if isVerbose { console.printError("  " + Self.shellLine([tool.path] + step.arguments)) }
        let outcome = try await tool.run(step.arguments, in: scratch.work)
        let output = outcome.output.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            // Compiler messages name the files where their author knows them.
            if let rest = line.dropping("sources/") { return GuestFolder.join(folder.sourceFolder, rest) }
            if let rest = line.dropping("bindings/") { return scratch.file("bindings/\(rest)") }
            return String(line)
        }.joined(separator: "\n")
        let text = output.hasSuffix("\n") ? String(output.dropLast()) : output
        if !text.isEmpty { console.printError(text) }
        guard outcome.status == 0 else {
            let program = URL(fileURLWithPath: tool.path).lastPathComponent
            throw .failure(
                "\(folder.path): nothing was built: \(program) ended with status \(outcome.status)",
                hint: Self.advice(on: outcome.output)
            )
        }
    }

    /// What to do about mistakes whose message does not say it.
    private static func advice(on output: String) -> String? {
        if output.contains("cannot find type 'Guest' in scope") || output.contains("cannot find 'Guest' in scope") {
            return "The sources say which type is the guest: typealias Guest = MyGuest"
        }
        if output.contains("undefined symbol") {
            return "A guest is Embedded Swift without a C library: what it calls must be in its own sources."
        }
        return nil
    }

    /// A command line that a shell takes as it was run.
    private static func shellLine(_ words: [String]) -> String {
        words.map { word in
            let isPlain = !word.isEmpty && word.allSatisfy { $0.isLetter || $0.isNumber || "-_./=,:@+".contains($0) }
            return isPlain ? word : "'" + word.replacing("'", with: #"'\''"#) + "'"
        }.joined(separator: " ")
    }
}

extension Substring {
    /// What stands behind a prefix; none where there is another start.
    fileprivate func dropping(_ prefix: String) -> String? {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
    }
}
