import Foundation

/// A `.wast` file as `wasm-tools json-from-wast` converts it: commands, and the files with binaries beside it.
struct WastScript: Decodable {
    /// The commands in order.
    let commands: [WastDirective]
    /// Whether the components may import WASI p2.
    let usesWASI: Bool

    /// Beyond it a file is not read: 256 MiB.
    static let maximumSize = 256 << 20

    private enum Key: String, CodingKey {
        case commands, wasi
    }

    init(from decoder: any Decoder) throws {
        let object = try decoder.container(keyedBy: Key.self)
        commands = try object.decode([WastDirective].self, forKey: .commands)
        usesWASI = try object.decodeIfPresent(Bool.self, forKey: .wasi) ?? false
    }

    /// Reads a script.
    ///
    /// - Parameter url: The JSON file.
    /// - Returns: The script.
    /// - Throws: A failure that says where the file is not what the converter writes.
    static func read(_ url: URL) throws(CommandError) -> WastScript {
        do {
            let size = try url.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
            guard size <= maximumSize else {
                throw CommandError.failure("\(size) bytes, more than the \(maximumSize) that are read; split the file")
            }
            return try JSONDecoder().decode(WastScript.self, from: Data(contentsOf: url))
        } catch let error as CommandError {
            throw error
        } catch let error as DecodingError {
            throw .failure("not what wasm-tools json-from-wast writes: \(error.place)")
        } catch {
            throw .failure("cannot be read: \(error.localizedDescription)")
        }
    }
}

/// A binary beside the script.
struct WastModule: Decodable {
    /// The file's name, without a folder.
    let filename: String
    /// Whether it is the text format.
    let isText: Bool

    private enum Key: String, CodingKey {
        case filename
        case type = "module_type"
    }

    init(from decoder: any Decoder) throws {
        let object = try decoder.container(keyedBy: Key.self)
        filename = try object.decode(String.self, forKey: .filename)
        isText = try object.decodeIfPresent(String.self, forKey: .type) == "text"
        // A script names files of its own folder only.
        guard !filename.isEmpty, !filename.contains("/"), filename != "..", !filename.utf8.contains(0) else {
            throw DecodingError.dataCorruptedError(
                forKey: .filename,
                in: object,
                debugDescription: "'\(filename)' is not the name of a file in the script's folder"
            )
        }
    }
}

/// A call.
struct WastAction: Decodable {
    /// What is done; `invoke` is the one that components know.
    let type: String
    /// The instance that is called; none for the current one.
    let module: String?
    /// The exported instance that holds the function; none at the top level.
    let interface: String?
    /// The function's name.
    let function: String
    /// The arguments.
    let arguments: [WastValue]

    private enum Key: String, CodingKey {
        case type, module
        case interface = "instance"
        case function = "field"
        case arguments = "args"
    }

    init(from decoder: any Decoder) throws {
        let object = try decoder.container(keyedBy: Key.self)
        type = try object.decode(String.self, forKey: .type)
        module = try object.decodeIfPresent(String.self, forKey: .module)
        interface = try object.decodeIfPresent(String.self, forKey: .interface)
        function = try object.decode(String.self, forKey: .function)
        arguments = try object.decodeIfPresent([WastValue].self, forKey: .arguments) ?? []
    }
}

/// One command of a script.
struct WastDirective: Decodable {
    /// What a command does.
    enum Kind {
        /// Compiles a component and instantiates it.
        case module(WastModule, name: String?)
        /// Compiles a component.
        case definition(WastModule, name: String?)
        /// Instantiates a component that was compiled.
        case instance(of: String?, name: String?)
        /// Calls.
        case action(WastAction)
        /// Calls and expects these results.
        case assertReturn(WastAction, [WastValue])
        /// Calls and expects a trap with this text.
        case assertTrap(WastAction, text: String)
        /// Expects that a component does not compile.
        case assertRefused(WastModule)
        /// Expects that a component's imports are not there.
        case assertUnlinkable(WastModule)
        /// Expects that a component traps as it starts, with this text.
        case assertUninstantiable(WastModule, text: String)
        /// A command for core modules.
        case other
    }

    /// The command's name, as in `assert_return`.
    let name: String
    /// The line of the `.wast` file.
    let line: Int
    /// What it does.
    let kind: Kind

    private enum Key: String, CodingKey {
        case type, line, name, instance, module, action, expected, text
    }

    init(from decoder: any Decoder) throws {
        let object = try decoder.container(keyedBy: Key.self)
        name = try object.decode(String.self, forKey: .type)
        line = try object.decodeIfPresent(Int.self, forKey: .line) ?? 0
        func text(_ key: Key) throws -> String? { try object.decodeIfPresent(String.self, forKey: key) }
        func action() throws -> WastAction { try object.decode(WastAction.self, forKey: .action) }
        func module() throws -> WastModule { try WastModule(from: decoder) }
        kind =
            switch name {
            case "module": .module(try module(), name: try text(.name))
            case "module_definition": .definition(try module(), name: try text(.name))
            case "module_instance": .instance(of: try text(.module), name: try text(.instance))
            case "action": .action(try action())
            case "assert_return":
                .assertReturn(try action(), try object.decodeIfPresent([WastValue].self, forKey: .expected) ?? [])
            case "assert_trap": .assertTrap(try action(), text: try text(.text) ?? "")
            case "assert_invalid", "assert_malformed": .assertRefused(try module())
            case "assert_unlinkable": .assertUnlinkable(try module())
            case "assert_uninstantiable": .assertUninstantiable(try module(), text: try text(.text) ?? "")
            default: .other
            }
    }
}

extension DecodingError {
    /// Where the JSON is wrong, and what is wrong there.
    fileprivate var place: String {
        let context =
            switch self {
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
                .dataCorrupted(let context):
                context
            @unknown default: Context(codingPath: [], debugDescription: "\(self)")
            }
        let path = context.codingPath.map { key in key.intValue.map { "[\($0)]" } ?? ".\(key.stringValue)" }.joined()
        let reason = context.underlyingError.map { " (\($0))" } ?? ""
        return "\(path.isEmpty ? "the file" : path): \(context.debugDescription)\(reason)"
    }
}
