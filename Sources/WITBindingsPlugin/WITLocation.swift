import Foundation

/// Where the WIT of a target lies, and which files it has.
struct WITLocation {
    let url: URL
    let files: [URL]
    /// The modules that provide packages.
    let providers: Set<String>

    /// Finds it from a configuration. Where that is no JSON there is nothing to find: `wit-swift` says what is wrong.
    static func find(configuration: URL, target: String) throws -> WITLocation {
        let data = try? Data(contentsOf: configuration)
        let value = data.flatMap { try? JSONSerialization.jsonObject(with: $0) }
        guard let settings = value as? [String: Any] else {
            return WITLocation(url: configuration, files: [], providers: [])
        }
        if settings["side"] as? String == "guest" {
            throw PluginMistake.guest(target: target, path: configuration.path)
        }
        let path = settings["wit"] as? String ?? "wit"
        let url = configuration.deletingLastPathComponent().appending(path: path).standardizedFileURL
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
            throw PluginMistake.noWIT(target: target, path: url.path)
        }
        let files = isFolder.boolValue ? witFiles(in: url) : [url]
        guard !files.isEmpty else { throw PluginMistake.noWIT(target: target, path: url.path) }
        let providers = (settings["provided"] as? [String: Any])?.values.compactMap { $0 as? String } ?? []
        return WITLocation(url: url, files: files, providers: Set(providers))
    }

    private static func witFiles(in folder: URL) -> [URL] {
        let walk = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        let files = (walk?.allObjects ?? []).compactMap { $0 as? URL }.filter { $0.pathExtension == "wit" }
        return files.sorted { $0.path < $1.path }
    }
}
