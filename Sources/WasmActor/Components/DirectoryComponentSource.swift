public import WasmCore

/// The components of one folder: `NAME` is the file `NAME.wasm` in it.
///
/// A name is 1 to 64 characters of `[a-z0-9._-]`, not `.` or `..`: it never leads out of the folder. A file is read each
/// time, so that a new version of it counts from the next start on.
public struct DirectoryComponentSource: ComponentSource {
    /// The folder.
    public let path: String

    /// Makes a source.
    ///
    /// - Parameter path: The folder.
    public init(path: String) {
        self.path = path
    }

    /// Reads a component's file.
    ///
    /// - Parameter name: The file's name without `.wasm`.
    /// - Returns: Its bytes.
    /// - Throws: `ComponentSourceError`.
    public func component(named name: String) async throws(ComponentSourceError) -> [UInt8] {
        // A name has the form of an id's part.
        guard (try? ActorID(namespace: name, name: name, instance: name)) != nil else {
            throw .invalidName("`\(Printable.text(name, limit: 100))`; write 1 to 64 characters of [a-z0-9._-]")
        }
        do throws(ComponentFile.Failure) {
            return try ComponentFile.read("\(path)/\(name).wasm")
        } catch {
            throw error.isMissing ? .notFound(name) : .failed("\(name).wasm: \(error.text)")
        }
    }
}
