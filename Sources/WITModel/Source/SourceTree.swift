internal import Foundation

/// The WIT files of a package on disk and of the packages in its `deps` folder.
public struct SourceTree: Sendable {
    /// The files of the package itself.
    public let main: [SourceFile]
    /// The files of each package in `deps`.
    public let dependencies: [[SourceFile]]

    /// Every file that was read, for whoever must know what to watch.
    public var files: [SourceFile] { main + dependencies.flatMap { $0 } }

    /// Reads a package.
    ///
    /// - Parameter path: A `.wit` file, or a folder of them with a `deps` folder beside them: each folder in it is a
    ///   package, and so is each `.wit` file.
    /// - Throws: What could not be read; the texts themselves are not looked into.
    public init(path: String) throws(WITError) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw Self.failure("there is no file or folder \(path)", hint: "give a `.wit` file or a folder of them")
        }
        guard isFolder.boolValue else {
            main = [try Self.file(path)]
            dependencies = []
            return
        }
        main = try Self.files(in: path)
        guard !main.isEmpty else {
            throw Self.failure("the folder \(path) has no `.wit` file", hint: "put the package's `.wit` files there")
        }
        var dependencies: [[SourceFile]] = []
        let deps = path + "/deps"
        if FileManager.default.fileExists(atPath: deps) {
            for name in try Self.names(in: deps) {
                let entry = deps + "/" + name
                var isFolder: ObjCBool = false
                guard FileManager.default.fileExists(atPath: entry, isDirectory: &isFolder) else { continue }
                let files =
                    if isFolder.boolValue { try Self.files(in: entry) } else if name.hasSuffix(".wit") {
                        [try Self.file(entry)]
                    } else { [SourceFile]() }
                if !files.isEmpty { dependencies.append(files) }
            }
        }
        self.dependencies = dependencies
    }

    private static func names(in folder: String) throws(WITError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        } catch {
            throw failure("the folder \(folder) cannot be read: \(error.localizedDescription)", hint: nil)
        }
    }

    private static func files(in folder: String) throws(WITError) -> [SourceFile] {
        var files: [SourceFile] = []
        for name in try names(in: folder) where name.hasSuffix(".wit") {
            files.append(try file(folder + "/" + name))
        }
        return files
    }

    /// How large a file may be, in bytes. The largest WIT packages there are have a thousandth of it.
    public static let sizeLimit = 64 << 20

    private static func file(_ path: String) throws(WITError) -> SourceFile {
        let attributes = try? FileManager.default.attributesOfItem(
            atPath: URL(filePath: path).resolvingSymlinksInPath().path
        )
        guard attributes?[.type] as? FileAttributeType == .typeRegular else {
            throw failure("\(path) is not a file", hint: "give a `.wit` file or a folder of them")
        }
        guard let size = attributes?[.size] as? Int, size <= sizeLimit else {
            throw failure(
                "the file \(path) has more than \(sizeLimit >> 20) MiB",
                hint: "split the package into several files"
            )
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw failure("the file \(path) cannot be read", hint: nil)
        }
        return SourceFile(path: path, bytes: [UInt8](data))
    }

    private static func failure(_ message: String, hint: String?) -> WITError {
        WITError(diagnostics: [Diagnostic(message, at: nil, hint: hint)], sources: SourceMap())
    }
}

extension Resolve {
    /// Reads a package from disk and looks every name in it up.
    ///
    /// - Parameters:
    ///   - tree: The files.
    ///   - features: The `@unstable` features to let in.
    /// - Throws: Everything that is wrong with the files, in one error.
    public init(_ tree: SourceTree, features: Features = .only([])) throws(WITError) {
        try self.init(main: tree.main, dependencies: tree.dependencies, features: features)
    }
}
