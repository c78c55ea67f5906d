import TestSupport
import Testing
import WITModel

/// What is printed reads back as what was read.
struct PrinterTests {
    @Test(arguments: Golden.cases(in: "accepted", suffix: ".wit"))
    func formattedTextIsTheSameModel(_ name: String) throws {
        let source = try GrammarTests.source("accepted/\(name).wit")
        let resolve = try Resolve(main: [source])
        #expect(try Golden.difference(of: resolve.wit, from: "accepted/\(name).printed.txt") == nil)
        try Self.expectSameModel(resolve)
    }

    @Test func dependenciesArePrintedAsNestedPackages() throws {
        let resolve = try Resolve(SourceTree(path: Golden.folder + "accepted/dependencies"))
        #expect(try Golden.difference(of: resolve.wit, from: "accepted/dependencies.printed.txt") == nil)
        try Self.expectSameModel(resolve)
    }

    @Test func theContractIsTheSameModel() throws {
        try Self.expectSameModel(Resolve(SourceTree(path: Golden.root + "wit")))
    }

    /// Which interface another was copied of is all that a text does not say.
    static func expectSameModel(_ resolve: Resolve) throws {
        let text = resolve.wit
        let again = try Resolve(main: [SourceFile(path: "printed.wit", text: text)], features: .all)
        #expect(again.wit == text)
        #expect(again.json == resolve.json.replacing(/,\n *"clone_of": [0-9]+/, with: ""))
    }
}
