import Foundation
public import WasmActor
import WasmCore

extension SupervisorSpec {
    /// The longest file that is read: 16 MiB.
    public static let largestFile = 16 << 20

    /// Reads a tree from a file of JSON.
    ///
    /// The paths of components in it are relative to the file's folder. What a file may say, the article "Trees of actors
    /// in files" of this module lists; whatever else it says is refused.
    ///
    /// - Parameter file: The file.
    /// - Throws: `TreeFileError` with every mistake that was found.
    public init(file: String) throws(TreeFileError) {
        let url = URL(fileURLWithPath: file)
        let bytes: [UInt8]
        do {
            let handle = try FileHandle(forReadingFrom: url)
            defer { try? handle.close() }
            bytes = Array(try handle.read(upToCount: Self.largestFile + 1) ?? Data())
        } catch {
            let reason = (error as NSError).localizedDescription
            throw TreeFileError(
                file: file,
                mistakes: [.init(path: "", line: 0, column: 0, message: "cannot be read: \(reason)")]
            )
        }
        try self.init(json: bytes, file: file, folder: url.deletingLastPathComponent().path)
    }

    /// Reads a tree from JSON.
    ///
    /// - Parameters:
    ///   - json: The text, in UTF-8.
    ///   - file: What the text is called in errors.
    ///   - folder: What the paths of components are relative to; nil: they stay as they are [nil].
    /// - Throws: `TreeFileError` with every mistake that was found.
    public init(json: [UInt8], file: String, folder: String? = nil) throws(TreeFileError) {
        func refuse(_ mistakes: [TreeFileError.Mistake]) -> TreeFileError {
            TreeFileError(file: file, mistakes: mistakes)
        }
        guard json.count <= Self.largestFile else {
            throw refuse([.init(path: "", line: 0, column: 0, message: "longer than \(Self.largestFile) bytes")])
        }
        let root: JSONValue
        do throws(JSONError) {
            root = try JSONParser.parse(json)
        } catch {
            let (line, column) = (error.position.line, error.position.column)
            throw refuse([.init(path: "", line: line, column: column, message: error.message)])
        }
        var reading = Reading()
        let spec = reading.root(root) { TreeForms(folder: folder).supervisor.read(root, &$0) }
        guard let spec, reading.mistakes.isEmpty else { throw refuse(reading.mistakes) }
        do throws(InvalidSpec) {
            try spec.validate()
        } catch {
            // A child's options stand in the child itself.
            reading.refuse(field: error.field.replacing(".options", with: ""), error.reason)
            throw refuse(reading.mistakes)
        }
        self = spec
    }

    /// The tree as a file of JSON says it: what has its default is left out.
    ///
    /// - Returns: The text, with a line end; reading it gives an equal tree.
    /// - Throws: `UnwritableSpec` where a component is neither a file nor a name or brings a world of its own, or an
    ///   environment has a name twice.
    public func json() throws(UnwritableSpec) -> String {
        try TreeForms(folder: nil).supervisor.write(self).text() + "\n"
    }
}
