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
