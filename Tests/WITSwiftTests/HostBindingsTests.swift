import TestSupport
import Testing
import WITModel
import WITSwift

/// Generated text against text that was read and found good, and refusals against theirs.
struct HostBindingsTests {
    private static func configuration(_ path: String) throws -> BindingsConfiguration {
        try BindingsConfiguration(path: path, bytes: Golden.bytes(path))
    }

    /// `shop` has every construct, and each of the others what its name says.
    @Test(arguments: ["maps", "naming", "resources", "shop", "skip"])
    func worlds(_ name: String) throws {
        let configuration = try Self.configuration("host/\(name)/wit-swift.json")
        let path = Golden.folder + "host/\(name)/\(configuration.wit)"
        let files = try Generator.files(path: path, features: [], configuration)
        #expect(files.map(\.name) == [Generator.hostFile])
        #expect(try Golden.difference(of: files[0].text, from: "host/\(name)/WITBindings.swift.txt") == nil)
    }

    @Test func contract() throws {
        let configuration = try Self.configuration("../../Sources/WasmBindings/wit-swift.json")
        let files = try Generator.files(path: Golden.root + "wit", features: [], configuration)
        #expect(try Golden.difference(of: files[0].text, from: "host/contract/WITBindings.swift.txt") == nil)
    }

    /// Only what the package itself has, with types of the module that has bindings for the rest.
    @Test func providedPackage() throws {
        var configuration = try Self.configuration("../../Tests/ShopBindings/wit-swift.json")
        configuration.providers["WasmBindings"] = try Self.configuration("../../Sources/WasmBindings/wit-swift.json")
        let files = try Generator.files(path: Golden.root + "Fixtures/shop/wit", features: [], configuration)
        #expect(try Golden.difference(of: files[0].text, from: "host/provided/WITBindings.swift.txt") == nil)
    }

    @Test func sameInputGivesTheSameText() throws {
        let configuration = try Self.configuration("host/shop/wit-swift.json")
        let texts = try (0..<5).map { _ in
            try Generator.files(path: Golden.folder + "host/shop/shop.wit", features: [], configuration)[0].text
        }
        #expect(Set(texts).count == 1)
    }

    @Test(arguments: Golden.cases(in: "unsupported", suffix: ".wit"))
    func whatCannotBeCarriedIsRefused(_ name: String) throws {
        let path = "unsupported/\(name).wit"
        let resolve = try Resolve(main: [SourceFile(path: path, bytes: Golden.bytes(path))])
        let error = #expect(throws: WITError.self) { _ = try Generator.files(resolve, BindingsConfiguration()) }
        #expect(try Golden.difference(of: error?.description ?? "", from: "unsupported/\(name).txt") == nil)
    }

    @Test(arguments: Golden.cases(in: "configuration", suffix: ".json"))
    func mistakesOfAConfigurationAreLocated(_ name: String) throws {
        let path = "configuration/\(name).json"
        let error = #expect(throws: WITError.self) {
            let configuration = try Self.configuration(path)
            let wit = configuration.wit == "wit" ? "shop.wit" : configuration.wit
            _ = try Generator.files(path: Golden.folder + "host/shop/" + wit, features: [], configuration)
        }
        #expect(try Golden.difference(of: error?.description ?? "", from: "configuration/\(name).txt") == nil)
    }
}
