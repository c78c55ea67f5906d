import Foundation

/// The object files that this very test run's program was linked from.
enum BuiltObjects {
    /// The folder of the build's products, where the running test program lies.
    static let products: URL = {
        let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? program.path
        return URL(filePath: bundle).deletingLastPathComponent().resolvingSymlinksInPath()
    }()

    /// The folder into which the bindings' plugin writes the sources of `target`.
    static func pluginOutput(of target: String) -> URL {
        let build = products.deletingLastPathComponent().deletingLastPathComponent()
        return build.appending(path: "plugins/outputs/\(Repository.root.lastPathComponent.lowercased())/\(target)")
    }

    /// Whether the system's object files are ELF, the one format read here.
    static var areELF: Bool {
        #if os(Linux)
            true
        #else
            false
        #endif
    }

    /// The objects of every target that the linker was given, by target; read once.
    static func byTarget() throws -> [String: [(file: String, object: ELFObject)]] {
        try read.get()
    }

    private static let read = Result { try readAll() }

    private static func readAll() throws -> [String: [(file: String, object: ELFObject)]] {
        var objects: [String: [(file: String, object: ELFObject)]] = [:]
        var seen: Set<String> = []
        for list in lists {
            for line in try String(contentsOf: list, encoding: .utf8).split(separator: "\n") {
                let url = URL(filePath: line.trimmingCharacters(in: ["'", "\"", " "]))
                guard url.pathExtension == "o", seen.insert(url.path).inserted,
                    // `.../WasmCore.build/Message.swift.o`: the folder names the target.
                    let folder = url.pathComponents.last(where: { $0.hasSuffix(".build") && $0 != ".build" }),
                    let object = ELFObject([UInt8](try Data(contentsOf: url)))
                else { continue }
                objects[String(folder.dropLast(".build".count)), default: []].append((url.lastPathComponent, object))
            }
        }
        return objects
    }

    /// The files by which SwiftPM hands objects to the linker: of the test program and of the executables.
    private static var lists: [URL] {
        let folders =
            (try? FileManager.default.contentsOfDirectory(at: products, includingPropertiesForKeys: nil)) ?? []
        return folders.filter { $0.pathExtension == "product" }
            .map { $0.appending(path: "Objects.LinkFileList") }
            .filter { FileManager.default.fileExists(atPath: $0.path) }
    }
}
