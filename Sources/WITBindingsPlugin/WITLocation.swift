import Foundation

/// Where the WIT of a target lies, and which files it has.
struct WITLocation {
    let url: URL
    let files: [URL]

    /// Finds it from a configuration.
    static func find(configuration: URL, target: String) throws -> WITLocation {
        let settings: [String: Any]
        do {
            let data = try Data(contentsOf: configuration)
            let value = try JSONSerialization.jsonObject(with: data)
            guard let object = value as? [String: Any] else {
                throw PluginMistake.notJSON(path: configuration.path, reason: "it is no object, `{ ... }`")
            }
            settings = object
        } catch let mistake as PluginMistake {
            throw mistake
        } catch {
            throw PluginMistake.notJSON(path: configuration.path, reason: error.localizedDescription)
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
        return WITLocation(url: url, files: files)
    }

    private static func witFiles(in folder: URL) -> [URL] {
        let walk = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        let files = (walk?.allObjects ?? []).compactMap { $0 as? URL }.filter { $0.pathExtension == "wit" }
        return files.sorted { $0.path < $1.path }
    }
}
