import Foundation

/// `guest`: components of Swift, from the first file to the `.wasm`.
enum GuestCommand: Subcommand {
    static let name = "guest"
    static let summary = "Starts a component in Swift (guest new), and builds one (guest build)."
    static let help = """
        Starts a component in Swift, and builds one.

        Usage: wasm-actors guest new NAME [--plain]
               wasm-actors guest build DIR [-o FILE] [--world NAME] [OPTIONS...]

        new makes the folder NAME with a world of its own, Swift that answers for it, and a README. It is an actor; with
        --plain it is a component that needs and knows nothing of actors. NAME is in kebab-case, and may stand behind a
        path. What exists is not touched.

        build generates the guest bindings of the WIT, compiles them with the sources by Embedded Swift for WebAssembly,
        and makes a component of them. The sources are the Swift files below DIR/Sources, or those in DIR where there is
        no such folder; the WIT lies in DIR/wit, or where DIR/wit-swift.json says. Where nothing has changed since the
        last build, nothing is compiled. The same sources make the same bytes in any folder.

          -o, --output FILE  the component; DIR/NAME.wasm where it is not given, called like the folder
          --world NAME       the world, where the WIT has more than one
          --wit PATH         another WIT file or folder
          --features LIST    the @unstable features of the WIT to let in, with commas between them, or: all
          --scratch DIR      where bindings and the last component are kept; DIR/.build where it is not given
          --verbose          shows each program with its arguments

        It needs Swift 6.3 or later as it comes from swift.org (PATH, or SWIFTC=FILE), and wasm-tools (PATH, or
        WASM_TOOLS=FILE, or fetched by this package's scripts).

        Example: wasm-actors guest new hello && wasm-actors guest build hello
        """

    static func run(_ line: [String], console: Console) async throws(CommandError) {
        switch line.first {
        case "new": try new(Array(line.dropFirst()), console)
        case "build": try await build(Array(line.dropFirst()), console)
        case let other?: throw .usage("guest does not know '\(other)'", hint: "It is: guest new, or: guest build.")
        case nil: throw .usage("guest needs a word more", hint: "It is: guest new NAME, or: guest build DIR.")
        }
    }

    private static func new(_ line: [String], _ console: Console) throws(CommandError) {
        let arguments = try Arguments(line, flags: ["--plain"])
        guard arguments.positional.count == 1 else {
            throw .usage("guest new takes one name", hint: "Write: wasm-actors guest new NAME [--plain]")
        }
        let template = try GuestTemplate(path: arguments.positional[0], isPlain: arguments.has("--plain"))
        try template.write()
        console.print(template.summary)
    }

    private static func build(_ line: [String], _ console: Console) async throws(CommandError) {
        let arguments = try Arguments(
            line,
            options: ["-o", "--output", "--world", "--wit", "--features", "--scratch"],
            flags: ["--verbose"]
        )
        guard arguments.positional.count == 1 else {
            throw .usage("guest build takes one folder", hint: "Write: wasm-actors guest build DIR [-o FILE]")
        }
        let folder = try GuestFolder(path: arguments.positional[0], wit: arguments.value(of: "--wit"))
        let output =
            arguments.value(of: "--output") ?? arguments.value(of: "-o")
            ?? GuestFolder.join(folder.path, "\(folder.name).wasm")
        try checkOutput(output)
        let features = arguments.value(of: "--features").map { $0.split(separator: ",").map(String.init) } ?? []
        let build = GuestBuild(
            folder: folder,
            toolchain: try await .find(ProcessInfo.processInfo.environment),
            world: arguments.value(of: "--world"),
            features: features == ["all"] ? nil : features,
            isVerbose: arguments.has("--verbose"),
            console: console
        )
        let scratch = try GuestScratch(
            path: arguments.value(of: "--scratch") ?? GuestFolder.join(folder.path, ".build"),
            console: console
        )
        let product = try await build.run(in: scratch)
        if FileManager.default.contents(atPath: output) != product.bytes {
            try GuestScratch.write(product.bytes, to: output)
        }
        let remark = product.isUnchanged ? ", unchanged" : ""
        console.print("\(output) (\(product.bytes.count) bytes\(remark))")
    }

    /// Finds out before the work, and not after it, that the component cannot be written.
    private static func checkOutput(_ path: String) throws(CommandError) {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
            throw .failure("\(path): is a folder", hint: "Name the component, a .wasm file.")
        }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        guard FileManager.default.fileExists(atPath: folder) else {
            throw .failure("\(path): there is no folder \(folder)", hint: "Make it first.")
        }
    }
}
