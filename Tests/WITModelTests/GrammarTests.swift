import TestSupport
import Testing
import WITModel

/// Every file in `Fixtures/wit/accepted` and `Fixtures/wit/refused` is a test: what must come of it lies beside it.
struct GrammarTests {
    @Test(arguments: Golden.cases(in: "accepted", suffix: ".wit"))
    func fileResolves(_ name: String) throws {
        let source = try SourceFile(path: "accepted/\(name).wit", bytes: Golden.bytes("accepted/\(name).wit"))
        let resolve = try Resolve(main: [source])
        #expect(try Golden.difference(of: resolve.summary, from: "accepted/\(name).txt") == nil)
    }

    @Test func folderWithDependenciesResolves() throws {
        let resolve = try Resolve(SourceTree(path: Golden.folder + "accepted/dependencies"))
        #expect(try Golden.difference(of: resolve.summary, from: "accepted/dependencies.txt") == nil)
    }

    @Test(arguments: Golden.cases(in: "refused", suffix: ".wit"))
    func fileIsRefused(_ name: String) throws {
        let source = try SourceFile(path: "refused/\(name).wit", bytes: Golden.bytes("refused/\(name).wit"))
        let error = #expect(throws: WITError.self) { _ = try Resolve(main: [source]) }
        #expect(try Golden.difference(of: error?.description ?? "", from: "refused/\(name).txt") == nil)
    }

    @Test func gatedItemsComeWithTheirFeature() throws {
        let source = try SourceFile(path: "accepted/gates.wit", bytes: Golden.bytes("accepted/gates.wit"))
        func names(_ features: Features) throws -> [String] {
            try Resolve(main: [source], features: features).interfaces[0].functions.map(\.name)
        }
        #expect(try names(.only([])) == ["old", "fading", "named"])
        #expect(try names(.only(["fancy"])) == ["old", "fading", "coming", "named"])
        #expect(try names(.all) == names(.only(["fancy"])))
    }
}
