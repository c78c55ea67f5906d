import TestSupport
import Testing
import WITModel
import WITSwift

/// Generated text of guests against text that was read and found good; that it works is shown by the guests in
/// `Fixtures`, which are made of it.
struct GuestBindingsTests {
    private static func files(_ path: String, world: String) throws -> [GeneratedFile] {
        var configuration = BindingsConfiguration()
        configuration.side = .guest
        configuration.worlds = [.init(text: world, span: nil)]
        return try Generator.files(path: Golden.root + path, features: [], configuration)
    }

    @Test(arguments: [
        ("wit", "durable-actor", "guest/contract"), ("Fixtures/shapes/wit", "shapes", "guest/shapes"),
        ("Fixtures/resources/wit", "resources", "guest/resources"),
    ])
    func bindingsOfAWorld(_ path: String, _ world: String, _ golden: String) throws {
        let file = try #require(try Self.files(path, world: world).first)
        #expect(file.name == "WITBindings.swift")
        #expect(try Golden.difference(of: file.text, from: "\(golden)/WITBindings.swift.txt") == nil)
    }

    @Test func actorHasDefaultsAndALog() throws {
        let names = try Self.files("wit", world: "actor").map(\.name)
        #expect(names.contains("ActorDefaults.swift"))
        #expect(names.contains("LogConsole.swift"))
        #expect(!names.contains("SilentConsole.swift"))
    }

    @Test func worldWithoutTheContractHasNeither() throws {
        let names = try Self.files("Fixtures/shapes/wit", world: "shapes").map(\.name)
        #expect(!names.contains("ActorDefaults.swift"))
        #expect(!names.contains("LogConsole.swift"))
        #expect(names.contains("SilentConsole.swift"))
    }

    @Test(arguments: Golden.cases(in: "unsupported", suffix: ".wit"))
    func whatCannotBeCarriedIsRefusedAsForAHost(_ name: String) throws {
        let path = "unsupported/\(name).wit"
        let resolve = try Resolve(main: [SourceFile(path: path, bytes: Golden.bytes(path))])
        var configuration = BindingsConfiguration()
        configuration.side = .guest
        let error = #expect(throws: WITError.self) { _ = try Generator.files(resolve, configuration) }
        #expect(try Golden.difference(of: error?.description ?? "", from: "unsupported/\(name).txt") == nil)
    }

    @Test func guestOfTwoWorldsIsRefused() throws {
        var configuration = BindingsConfiguration()
        configuration.side = .guest
        let error = #expect(throws: WITError.self) {
            _ = try Generator.files(path: Golden.root + "wit", features: [], configuration)
        }
        #expect(error?.description.contains("a guest has one world") == true)
    }
}
