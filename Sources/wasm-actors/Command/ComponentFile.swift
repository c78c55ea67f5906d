import Foundation
import WasmComponentModel

/// A component in a file.
struct ComponentFile {
    /// The file as it was named.
    let path: String
    /// Its bytes.
    let bytes: [UInt8]

    /// Reads the file.
    ///
    /// - Parameter path: The file, relative to the working directory.
    /// - Throws: A failure that says what is wrong with the path.
    init(path: String) throws(CommandError) {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
            throw .failure("\(path): no such file", hint: "Name a component, a .wasm file.")
        }
        guard !isDirectory.boolValue else {
            throw .failure("\(path): is a directory", hint: "Name a component inside it, a .wasm file.")
        }
        do {
            self.path = path
            bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw .failure("\(path): cannot be read: \(error.localizedDescription)")
        }
    }

    /// Compiles the component.
    ///
    /// - Parameter engine: The engine to compile for.
    /// - Returns: The component.
    /// - Throws: A failure that says why it is none.
    func compile(for engine: Engine) throws(CommandError) -> Component {
        do {
            return try Component(engine: engine, bytes: bytes)
        } catch {
            throw .failure("\(path): \(error.message)", hint: error.detailLines)
        }
    }
}

// MARK: - A first look

extension ComponentFile {
    /// What every component begins with: `\0asm`, and version 13 of layer 1.
    static let head: [UInt8] = [0x00, 0x61, 0x73, 0x6D, 0x0D, 0x00, 0x01, 0x00]
    /// What a core module begins with: version 1 of layer 0.
    private static let moduleHead: [UInt8] = [0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00]

    /// What is wrong with a file that is to be a component, as far as its first bytes tell.
    ///
    /// - Parameter path: The file.
    /// - Returns: What is wrong; nil where nothing is.
    static func fault(of path: String) -> String? {
        // A pipe would have this wait until somebody writes into it.
        let file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else { return word(on: errno) }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: head.count)
        let count = read(file, &bytes, bytes.count)
        guard count >= 0 else { return word(on: errno) }
        return fault(inHead: bytes.prefix(count))
    }

    /// What is wrong with the first bytes of a component.
    ///
    /// - Parameter bytes: The first of them, as many as `head` has.
    /// - Returns: What is wrong; nil where nothing is.
    static func fault(inHead bytes: some Sequence<UInt8>) -> String? {
        let bytes = Array(bytes)
        if bytes == head { return nil }
        if bytes == moduleHead { return "is a core module; make a component of it, with wasm-tools component new" }
        return bytes.isEmpty ? "is empty" : "is no component: it does not begin with 00 61 73 6d 0d 00 01 00"
    }

    private static func word(on error: Int32) -> String {
        switch error {
        case ENOENT: "no such file"
        case EISDIR: "is a directory"
        default: "cannot be read: \(String(cString: strerror(error)))"
        }
    }
}

extension Engine {
    /// An engine for one command. It takes every feature that this package offers to programs without concurrency.
    ///
    /// - Parameter configure: Changes its settings.
    /// - Returns: The engine.
    /// - Throws: A failure where libwasmtime cannot be used.
    static func forCommand(_ configure: (inout EngineConfiguration) -> Void = { _ in }) throws(CommandError) -> Engine {
        var configuration = EngineConfiguration()
        configuration.features = .all.subtracting(.asynchronous)
        configure(&configuration)
        do {
            return try Engine(configuration)
        } catch {
            throw .failure(error.message, hint: "Scripts/bootstrap installs the libwasmtime that this tool needs.")
        }
    }
}

extension WasmError {
    /// libwasmtime's own text, indented and with its line ends as line ends; none where it gave no text.
    var detailLines: String? {
        let lines = details.split(separator: "\\n").map { $0.replacing("\\t", with: "    ") }
            .filter { !$0.allSatisfy(\.isWhitespace) }
        return lines.isEmpty ? nil : lines.map { "  \($0)" }.joined(separator: "\n")
    }
}
