import Foundation
import Testing

/// Rules over the manifest and the repository's top folder.
@Suite struct ManifestTests {
    @Test func targetsHaveExactlyTheEdgesOfTheTable() throws {
        let manifest = try Manifest()
        for (target, edges) in Layers.edges {
            // A build tool plugin is no edge: its output is, and that is held with the sources.
            #expect(manifest.dependencies[target] == edges, "\(target) in Package.swift")
        }
        let sources = try FileManager.default.contentsOfDirectory(
            atPath: Repository.root.appending(path: "Sources").path
        )
        for target in sources where !target.hasPrefix(".") {
            #expect(Layers.edges[target] != nil, "Sources/\(target) has no row in the table of layers")
        }
    }

    @Test func onlyTheCommandLinksTheCallFloor() throws {
        let users = try Manifest().dependencies.filter { $0.value.contains("CallFloor") }.keys
        #expect(Array(users) == ["wasm-actors"])
    }

    @Test func thePackageDependsOnNoOther() throws {
        let code = try Manifest().code
        let dependencies = [".package(", ".binaryTarget("].filter { code.contains($0) }
        #expect(dependencies.isEmpty, "in Package.swift")
    }

    @Test func theTopFolderHoldsNothingElse() throws {
        for entry in try FileManager.default.contentsOfDirectory(atPath: Repository.root.path) {
            #expect(entry.hasPrefix(".") || Layers.topLevel.contains(entry), "\(entry) at the top of the repository")
        }
    }
}
