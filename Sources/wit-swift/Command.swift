import Foundation
import WITSwift

/// The command: what each subcommand does.
enum Command {
    private static let help = """
        Makes Swift of WIT.

        USAGE
          wit-swift generate PATH --output DIR [--host | --guest] [--world NAME]... [--access LEVEL]
                             [--stubs] [--features LIST | --all-features]
          wit-swift generate [PATH] --config FILE --output DIR [--types MODULE=FILE]...
                             [any of the options above]
          wit-swift check PATH [--features LIST | --all-features]
          wit-swift json PATH [--features LIST | --all-features]
          wit-swift print PATH [--features LIST | --all-features]

        PATH is a `.wit` file, or a folder of them with the packages that they name in `deps/`.

        SUBCOMMANDS
          generate    Writes bindings into a folder and prints the path of each file.
          check       Reads a package and says what is wrong with it; silent where nothing is.
          json        Prints the resolved packages as JSON, in the schema of `wasm-tools component wit --json`.
          print       Prints the resolved packages as formatted WIT, those in `deps/` as nested packages.

        OPTIONS
          --config FILE     A wit-swift.json; the WIT lies where its "wit" says, seen from the file.
          --output, -o DIR  The folder to write into; made where it is missing.
          --world, -w NAME  A world to make bindings for; all of the package where none is named.
          --host, --guest   The side to make bindings for; --host where none is named.
          --access LEVEL    public, package or internal; internal where none is named.
          --stubs           Besides, what the world asks for with functions that only trap: a class for a host,
                            or a whole guest.
          --types MODULE=FILE
                            The wit-swift.json of a module that "provided" names; once for each.
          --features LIST   The @unstable features to let in, with commas between them.
          --all-features    All of them.
          --help, -h        This text.

        CONFIGURATION
          A wit-swift.json is an object; each of its settings may be missing. A function is named by a pattern:
          `interface.function`, `interface.resource.method`, `interface.*`, `function` for one of the world's own,
          or `*`; the most specific one counts.

          "wit"          The WIT file or folder, seen from the file; "wit" where it is missing.
          "worlds"       The worlds to make bindings for: all of the package.
          "side"         "host", or "guest".
          "access"       "internal", "package" or "public".
          "async"        The imported functions that the host implements as `async`: none.
          "sync"         Exceptions from a pattern in "async".
          "exports"      How exported functions are called: "async", "sync", "both", or { "PATTERN": "sync", ... }.
          "unsupported"  What becomes of functions that bindings cannot carry: "error", or "skip" to leave them out.
          "names"        Swift names: { "interface.type.case": "name", ... }, and so for interfaces, types, fields,
                         flags, functions, parameters and worlds.
          "prefix"       Stands in front of the names of interfaces and worlds.
          "types"        Swift types for WIT's: { "ns:package/interface.type": { "swift": "Module.Type" }, ... };
                         besides "labels", "properties" and "cases" where theirs are called otherwise.
          "imports"      The modules that these need.
          "provided"     Packages that another module has bindings for: { "ns:package": "Module", ... }; their types
                         come from there, and their interfaces are not generated again.
          "features"     The @unstable features to let in.

        EXIT STATUS
          0 where all went well, 1 where the input is at fault, 2 where the command line is.
        """

    private static let subcommands = "generate, check, json, print"

    /// Runs the command.
    ///
    /// - Parameter arguments: What stands behind the command's name.
    /// - Throws: What goes to standard error, with the exit status.
    static func run(_ arguments: [String]) throws(CommandFailure) {
        guard let subcommand = arguments.first else { throw .usage("a subcommand is missing: \(subcommands)") }
        if arguments.contains("--help") || arguments.contains("-h") {
            print(help)
            return
        }
        let options = try Options(Array(arguments.dropFirst()))
        do {
            switch subcommand {
            case "generate": try generate(options)
            case "check": _ = try resolve(options, "check")
            case "json": print(try resolve(options, "json").json)
            case "print": print(try resolve(options, "print").wit, terminator: "")
            default: throw CommandFailure.usage("there is no subcommand \(subcommand): it is one of \(subcommands)")
            }
        } catch let error as CommandFailure {
            throw error
        } catch {
            // Diagnostics of WIT and of the configuration: their text is complete.
            throw CommandFailure(text: "\(error)", status: 1)
        }
    }

    private static func resolve(_ options: Options, _ subcommand: String) throws -> WITPackage {
        guard let path = options.path else { throw CommandFailure.usage("\(subcommand) needs a path") }
        return try WITPackage(path: path, features: options.allFeatures ? nil : options.features)
    }

    private static func generate(_ options: Options) throws {
        guard let output = options.output else { throw CommandFailure.usage("generate needs --output DIR") }
        let (configuration, path) = try configuration(options)
        let files = try Generator.files(
            path: path,
            features: options.allFeatures ? nil : options.features,
            configuration
        )
        do {
            try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
        } catch {
            throw CommandFailure.failed("the folder \(output) cannot be made: \(error.localizedDescription)")
        }
        for file in files {
            let target = output + "/" + file.name
            try write(file.text, to: target)
            print(target)
        }
    }

    /// The configuration and the path of its WIT.
    private static func configuration(_ options: Options) throws -> (BindingsConfiguration, String) {
        var configuration = BindingsConfiguration()
        var path = options.path
        if let file = options.config {
            configuration = try self.configuration(at: file)
            let folder = URL(fileURLWithPath: file).deletingLastPathComponent()
            path = path ?? URL(fileURLWithPath: configuration.wit, relativeTo: folder).standardizedFileURL.path
        }
        guard let path else { throw CommandFailure.usage("generate needs a path or --config FILE") }
        if !options.worlds.isEmpty { configuration.worlds = options.worlds.map { .init(text: $0, span: nil) } }
        configuration.side = options.side ?? configuration.side
        configuration.access = options.access ?? configuration.access
        configuration.stubs = options.stubs
        for (module, file) in options.types { configuration.providers[module] = try self.configuration(at: file) }
        return (configuration, path)
    }

    private static func configuration(at file: String) throws -> BindingsConfiguration {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw CommandFailure.failed("the configuration \(file) cannot be read")
        }
        return try BindingsConfiguration(path: file, bytes: [UInt8](data))
    }

    /// Writes a file where its text is another than before, so that nothing is compiled again for nothing.
    private static func write(_ text: String, to path: String) throws {
        let data = Data(text.utf8)
        if FileManager.default.contents(atPath: path) == data { return }
        do {
            try data.write(to: URL(fileURLWithPath: path))
        } catch {
            throw CommandFailure.failed("the file \(path) cannot be written: \(error.localizedDescription)")
        }
    }
}
