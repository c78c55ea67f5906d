import TestSupport
import Testing
import WITModel

/// Every file in `Fixtures/wit/accepted` and `Fixtures/wit/refused` is a test: what must come of it lies beside it.
struct GrammarTests {
    @Test(arguments: Golden.cases(in: "accepted", suffix: ".wit"))
    func fileResolves(_ name: String) throws {
        let resolve = try Resolve(main: [try Self.source("accepted/\(name).wit")])
        #expect(try Golden.difference(of: resolve.json, from: "accepted/\(name).json") == nil)
    }

    @Test func folderWithDependenciesResolves() throws {
        let resolve = try Resolve(SourceTree(path: Golden.folder + "accepted/dependencies"))
        #expect(try Golden.difference(of: resolve.json, from: "accepted/dependencies.json") == nil)
    }

    @Test(arguments: Golden.cases(in: "refused", suffix: ".wit"))
    func fileIsRefused(_ name: String) throws {
        let source = try Self.source("refused/\(name).wit")
        let error = #expect(throws: WITError.self) { _ = try Resolve(main: [source]) }
        #expect(try Golden.difference(of: error?.description ?? "", from: "refused/\(name).txt") == nil)
    }

    @Test func gatedItemsComeWithTheirFeature() throws {
        let source = try Self.source("accepted/gates.wit")
        func names(_ features: Features) throws -> [String] {
            try Resolve(main: [source], features: features).interfaces[0].functions.map(\.name)
        }
        #expect(try names(.only([])) == ["old", "fading", "named"])
        #expect(try names(.only(["fancy"])) == ["old", "fading", "coming", "named"])
        #expect(try names(.all) == names(.only(["fancy"])))
    }

    @Test func filesOfOnePackageMustAgree() {
        func diagnostics(_ first: String, _ second: String) -> String {
            let files = [SourceFile(path: "a.wit", text: first), SourceFile(path: "b.wit", text: second)]
            let error = #expect(throws: WITError.self) { _ = try Resolve(main: files) }
            return error?.description ?? ""
        }
        #expect(diagnostics("package a:b;", "package a:c;").contains("b.wit:1:1: error: the package is `a:c` here"))
        #expect(diagnostics("/// x\npackage a:b;", "/// y\npackage a:b;").contains("documented in another file"))
        #expect(diagnostics("package a:b; interface i {}", "interface i {}").contains("`i` is defined twice"))
        #expect(
            diagnostics("package a:b; use c:d/i as j;", "world w { import j; }").contains("no interface or world `j`")
        )
    }

    static func source(_ path: String) throws -> SourceFile {
        try SourceFile(path: path, bytes: Golden.bytes(path))
    }
}
