import TestSupport
import Testing
import WITModel
import WITSwift

/// Generated text of guests against text that was read and found good; that it works is shown by the guests in
/// `Fixtures`, which are made of it.
struct GuestBindingsTests {
    private static let worlds = [
        ("wit", "durable-actor", "contract"), ("Fixtures/shapes/wit", "shapes", "shapes"),
        ("Fixtures/resources/wit", "resources", "resources"), ("Fixtures/wit/host/maps/maps.wit", "maps", "maps"),
        ("Fixtures/wit/guest/skip/skip.wit", "skip", "skip"),
    ]

    private static func files(_ path: String, world: String) throws -> [GeneratedFile] {
        var configuration = BindingsConfiguration()
        configuration.side = .guest
        configuration.stubs = true
        configuration.unsupported = .skip
        configuration.worlds = [.init(text: world, span: nil)]
        return try Generator.files(path: Golden.root + path, features: [], configuration)
    }

    @Test(arguments: worlds)
    func bindingsOfAWorld(_ path: String, _ world: String, _ golden: String) throws {
        let files = try Self.files(path, world: world)
        #expect(files.prefix(2).map(\.name) == ["WITBindings.swift", "GuestStubs.swift"])
        for file in files.prefix(2) {
            #expect(try Golden.difference(of: file.text, from: "guest/\(golden)/\(file.name).txt") == nil)
        }
    }

    /// Embedded Swift has no existential types that work in all places; neither has what is generated.
    @Test(arguments: worlds)
    func nothingIsExistential(_ path: String, _ world: String, _ golden: String) throws {
        for file in try Self.files(path, world: world) {
            let code = file.text.split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("//") }
            #expect(code.filter { $0.contains(/\bany\b/) } == [], "\(file.name)")
        }
    }

    @Test func exportedFunctionIsNeverLeftOut() throws {
        let text = "package a:b; world w { import f: func(a: future); export g: func(a: stream<u8>); }"
        let resolve = try Resolve(main: [SourceFile(path: "w.wit", bytes: Array(text.utf8))])
        var configuration = BindingsConfiguration()
        configuration.side = .guest
        configuration.unsupported = .skip
        let error = #expect(throws: WITError.self) { _ = try Generator.files(resolve, configuration) }
        #expect(error?.diagnostics.map(\.message) == ["function `g` uses a stream, which the bindings do not carry"])
    }

    /// One type answers for all interfaces: what two of them call alike is told apart by their names.
    @Test func functionsOfTwoInterfacesAreToldApart() throws {
        let text = """
            package a:b;
            interface one { f: func(); only: func(); }
            interface two { f: func(); }
            world w { export one; export two; export f: func(); }
            """
        let resolve = try Resolve(main: [SourceFile(path: "w.wit", bytes: Array(text.utf8))])
        var configuration = BindingsConfiguration()
        configuration.side = .guest
        let code = try Generator.files(resolve, configuration)[0].text
        for name in ["oneF", "twoF", "f", "only"] { #expect(code.contains("mutating func \(name)()")) }
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
    func whatCannotBeCarriedIsRefused(_ name: String) throws {
        let path = "unsupported/\(name).wit"
        let resolve = try Resolve(main: [SourceFile(path: path, bytes: Golden.bytes(path))])
        var configuration = BindingsConfiguration()
        configuration.side = .guest
        let error = #expect(throws: WITError.self) { _ = try Generator.files(resolve, configuration) }
        #expect(try Golden.difference(of: error?.description ?? "", from: "unsupported/\(name).guest.txt") == nil)
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
