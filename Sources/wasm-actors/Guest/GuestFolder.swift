import Foundation
import WITModel
import WITSwift

/// What a guest is made of: a folder with Swift sources and WIT.
struct GuestFolder {
    /// A Swift file of the guest's author.
    struct Source {
        /// The path below `sourceFolder`.
        let name: String
        /// The text.
        let bytes: Data
    }

    /// The folder as it was named.
    let path: String
    /// Its own name, which the component is called after.
    let name: String
    /// Where the sources lie: `Sources`, or the folder itself where there is none.
    let sourceFolder: String
    /// The Swift files, in the order of their names.
    let sources: [Source]
    /// The WIT file or folder.
    let wit: String
    /// What the folder's `wit-swift.json` says, where it has one.
    let configuration: BindingsConfiguration

    /// Reads a folder.
    ///
    /// - Parameters:
    ///   - path: The folder.
    ///   - wit: The WIT; none for what `wit-swift.json` says, and `wit` in the folder where that says nothing.
    /// - Throws: A failure that says what the folder lacks.
    init(path: String, wit: String?) throws(CommandError) {
        let path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        guard Self.isFolder(path) else {
            throw .failure("\(path): no such folder", hint: "Make one with: wasm-actors guest new NAME")
        }
        self.path = path
        name = URL(fileURLWithPath: path).standardizedFileURL.lastPathComponent
        configuration = try Self.configuration(path)
        self.wit = wit ?? Self.join(path, configuration.wit)
        guard FileManager.default.fileExists(atPath: self.wit) else {
            throw .failure(
                "\(self.wit): no such file or folder",
                hint: "The WIT of a guest lies in its folder `wit`; --wit PATH names another."
            )
        }
        let below = Self.join(path, "Sources")
        let hasSources = Self.isFolder(below)
        sourceFolder = hasSources ? below : path
        sources = try Self.sources(in: sourceFolder, recursively: hasSources)
        guard !sources.isEmpty else {
            throw .failure(
                "\(sourceFolder): no Swift file",
                hint: "The sources of a guest lie in its folder `Sources`, or in the folder itself."
            )
        }
    }

    /// The name as that of a Swift module: `my-guest` is `MyGuest`.
    var module: String {
        let plain = name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        let type = SwiftName.type(String(plain))
        if type.first?.isLetter ?? false, !Self.reservedModules.contains(type) { return type }
        return "Guest\(type)"
    }

    /// Modules that the compiler has itself.
    private static let reservedModules: Set<String> = ["Builtin", "Swift"]

    /// A path below a folder, as short as it can be written.
    static func join(_ folder: String, _ name: String) -> String {
        if name.hasPrefix("/") || folder == "." { return name }
        return folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
    }

    private static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }

    private static func configuration(_ folder: String) throws(CommandError) -> BindingsConfiguration {
        let path = join(folder, "wit-swift.json")
        var configuration = BindingsConfiguration()
        if let data = FileManager.default.contents(atPath: path) {
            do {
                configuration = try BindingsConfiguration(path: path, bytes: Array(data))
            } catch {
                throw .failure("\(path) is at fault", hint: error.description)
            }
        }
        configuration.side = .guest
        return configuration
    }

    private static func sources(in folder: String, recursively: Bool) throws(CommandError) -> [Source] {
        let manager = FileManager.default
        let names: [String]
        do {
            names =
                try recursively
                ? manager.subpathsOfDirectory(atPath: folder) : manager.contentsOfDirectory(atPath: folder)
        } catch {
            throw .failure("\(folder): cannot be read: \(error.localizedDescription)")
        }
        var sources: [Source] = []
        for name in names.sorted()
        where name.hasSuffix(".swift") && !name.split(separator: "/").contains(where: isHidden) {
            guard let bytes = manager.contents(atPath: join(folder, name)) else {
                throw .failure("\(join(folder, name)): cannot be read")
            }
            sources.append(Source(name: name, bytes: bytes))
        }
        return sources
    }

    private static func isHidden(_ component: Substring) -> Bool { component.hasPrefix(".") }
}
