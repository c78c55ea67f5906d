import Foundation
import Testing

/// Rules over the sources: what they import, and where.
@Suite struct ImportTests {
    /// The Swift files of every target, the generated ones too, with the target's name.
    private func files() throws -> [(target: String, url: URL)] {
        let written = try Repository.targetFolders().flatMap { target, folder in
            Repository.swiftFiles(below: folder).map { (target, $0) }
        }
        let generated = Layers.edges.keys.flatMap { target in
            Repository.swiftFiles(below: BuiltObjects.pluginOutput(of: target)).map { (target, $0) }
        }
        return written + generated
    }

    private func place(_ url: URL) -> String {
        url.path.replacing(Repository.root.path + "/", with: "")
    }

    @Test func everyImportFollowsAnEdge() throws {
        let manifest = try Manifest()
        let modules = Set(Layers.edges.keys).union(["TestSupport"])
        var seen = 0
        for (target, url) in try files() {
            let isTest = Layers.edges[target] == nil
            let edges = Layers.edges[target] ?? manifest.dependencies[target] ?? []
            for declaration in ImportDeclaration.all(in: try String(contentsOf: url, encoding: .utf8)) {
                seen += 1
                // An executable's module is named with an underscore.
                let module = declaration.module == "wasm_actors" ? "wasm-actors" : declaration.module
                if edges.contains(module) || Layers.everywhere.contains(module) { continue }
                if Layers.systemModules[target, default: []].contains(module) { continue }
                if isTest, !modules.contains(module) { continue }
                Issue.record("\(place(url)) imports \(module), which \(target) may not use")
            }
        }
        #expect(seen > 0)
    }

    @Test func onlyTheComponentModelImportsC() throws {
        for (target, url) in try files() {
            for declaration in ImportDeclaration.all(in: try String(contentsOf: url, encoding: .utf8))
            where declaration.module == "CWasmtime" {
                #expect(Layers.importersOfC.contains(target), "\(place(url)) imports CWasmtime")
                // An import without an access level is internal under InternalImportsByDefault.
                #expect(
                    declaration.access == "internal" || declaration.access == nil,
                    "\(place(url)) imports CWasmtime as \(declaration.access ?? "")"
                )
                #expect(declaration.attributes.isEmpty, "\(place(url)): \(declaration.attributes) lets C types out")
            }
        }
    }

    @Test(arguments: ["WasmCore", "WasmActor", "WasmActorTestKit"])
    func noFoundation(in target: String) throws {
        let sources = Repository.swiftFiles(below: Repository.root.appending(path: "Sources/\(target)"))
        #expect(!sources.isEmpty)
        for url in sources {
            for declaration in ImportDeclaration.all(in: try String(contentsOf: url, encoding: .utf8)) {
                #expect(!declaration.module.hasPrefix("Foundation"), "\(place(url)) imports \(declaration.module)")
            }
        }
    }

    @Test(arguments: [
        ("import A", ImportDeclaration(module: "A", attributes: [], access: nil)),
        ("  public import A", ImportDeclaration(module: "A", attributes: [], access: "public")),
        ("@testable import A", ImportDeclaration(module: "A", attributes: ["@testable"], access: nil)),
        (
            "@_spi(Inner) @preconcurrency package import A",
            ImportDeclaration(module: "A", attributes: ["@_spi(Inner)", "@preconcurrency"], access: "package")
        ),
        ("import struct A.B", ImportDeclaration(module: "A", attributes: [], access: nil)),
        ("import A.B", ImportDeclaration(module: "A", attributes: [], access: nil)),
        ("import B; private import class A.C", ImportDeclaration(module: "A", attributes: [], access: "private")),
        ("/* import B */ import A", ImportDeclaration(module: "A", attributes: [], access: nil)),
        ("@_exported\nimport A", ImportDeclaration(module: "A", attributes: ["@_exported"], access: nil)),
    ])
    func everyFormOfAnImportIsSeen(source: String, expected: ImportDeclaration) {
        #expect(ImportDeclaration.all(in: source).last == expected)
    }

    @Test(arguments: [
        "// import A", "/* /* */ import A */", "let text = \"import A\"", "let text = \"\"\"\nimport A\n\"\"\"",
        "let text = #\"\\\"\nimport\"# + \"\\(name(\"import A\"))\"", "call(import: A)", "item.import A",
        "#if canImport(A)",
    ])
    func nothingElseIsTakenForAnImport(source: String) {
        #expect(ImportDeclaration.all(in: source).isEmpty)
    }
}
