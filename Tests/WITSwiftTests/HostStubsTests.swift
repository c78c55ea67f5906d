import TestSupport
import Testing
import WITModel
import WITSwift

/// The class that stands in for a host.
struct HostStubsTests {
    /// The class of the stubs for a world of a package.
    private static func stubs(
        _ package: String,
        access: BindingsConfiguration.Access = .internal
    ) throws -> [Substring] {
        var configuration = BindingsConfiguration()
        configuration.stubs = true
        configuration.access = access
        let source = SourceFile(path: "stubs.wit", bytes: Array(package.utf8))
        let text = try Generator.files(Resolve(main: [source]), configuration)[0].text
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex { $0.contains("final class") })
        let end = try #require(lines[start...].firstIndex(of: "}"))
        return Array(lines[start...end])
    }

    /// Functions that differ in nothing but what they throw are one, which throws nothing; those that differ in a type
    /// are two.
    @Test func oneFunctionStandsForRequirementsThatAreAlike() throws {
        let stubs = try Self.stubs(
            """
            package corpus:alike;
            interface first { record item { value: u32 } get: func(item: item); close: func() -> result<_, string>; }
            interface second { record item { value: u32 } get: func(item: item); close: func(); }
            world alike { import first; import second; }
            """
        )
        #expect(stubs.first == "nonisolated final class AlikeWorldStubs: FirstImports, SecondImports {")
        #expect(
            stubs.filter { $0.contains("func ") } == [
                "    func get(item: First.Item) {",
                "    func close() {",
                "    func get(item: Second.Item) {",
            ]
        )
        #expect(
            stubs.filter { $0.contains("fatalError") } == [
                #"        Swift.fatalError("the function get of corpus:alike/first is a stub")"#,
                #"        Swift.fatalError("the function close of corpus:alike/first and corpus:alike/second is a stub")"#,
                #"        Swift.fatalError("the function get of corpus:alike/second is a stub")"#,
            ]
        )
    }

    @Test func resourcesOfTheHostAreStubsToo() throws {
        let stubs = try Self.stubs(
            """
            package corpus:resources;
            interface store { resource blob { constructor(); read: func() -> u8; } }
            world uses { import store; }
            """
        )
        #expect(stubs.first == "nonisolated final class UsesWorldStubs: StoreImports, Store.Blob {")
        #expect(
            stubs.filter { $0.contains("func ") } == [
                "    func makeBlob() -> any Store.Blob {",
                "    func read() -> Swift.UInt8 {",
            ]
        )
    }

    @Test func worldWithoutImportsHasAHost() throws {
        let stubs = try Self.stubs("package corpus:empty; world empty {}", access: .public)
        #expect(stubs.first == "public nonisolated final class EmptyWorldStubs: Swift.Sendable {")
        #expect(stubs.contains("    public init() {"))
    }

    @Test func thereAreNoneWhereNoneAreAskedFor() throws {
        let source = SourceFile(path: "stubs.wit", bytes: Array("package a:b; world c { import d: func(); }".utf8))
        let text = try Generator.files(Resolve(main: [source]), BindingsConfiguration())[0].text
        #expect(!text.contains("Stubs"))
    }
}
