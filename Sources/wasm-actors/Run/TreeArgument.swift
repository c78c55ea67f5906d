import Foundation
import WasmActor
import WasmActorTrees

/// The argument that names a tree's file.
enum TreeArgument {
    /// Reads the file.
    static func read(_ path: String) throws(CommandError) -> SupervisorSpec {
        do throws(TreeFileError) {
            return try SupervisorSpec(file: path)
        } catch {
            let count = error.mistakes.count
            throw .usage(
                count == 1 ? error.description : "\(count) mistakes\n\(error)",
                hint: "The article TreeFiles of WasmActorTrees says what a file may say."
            )
        }
    }
}

extension DirectoryComponentSource {
    /// The folder that `--components` names.
    ///
    /// - Parameter folder: The folder, relative to the working directory.
    /// - Throws: A failure where there is none.
    init(folder: String) throws(CommandError) {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isDirectory), isDirectory.boolValue else {
            throw .failure(
                "\(folder): no such folder",
                hint: "Name the folder with the components: --components DIR"
            )
        }
        self.init(path: folder)
    }
}
