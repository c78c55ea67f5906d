import TestSupport
import Testing
import WITModel
import WasmComponentModel
import WasmCore

@testable import wasm_actors

@Suite struct InspectTests {
    private static let colour = ValueType.enumeration(["red", "type"])
    private static let point = ValueType.record([.init(name: "x", type: .f64), .init(name: "record", type: colour)])
    private static let shape = ValueType.variant([.init(name: "dot", payload: point), .init(name: "nothing")])
    private static let rights = ValueType.flags(["read", "write"])
    private static let file = ResourceType(interface: "test:files/store@1.2.0", name: "file")

    private static let store = InstanceType(exports: [
        .init(name: "file", type: .resource(file)),
        .init(name: "rights", type: .type(rights)),
        .init(
            name: "[constructor]file",
            type: .function(.init(parameters: [.init(name: "path", type: .string)], result: .own(file)))
        ),
        .init(
            name: "[method]file.read",
            type: .function(
                .init(
                    parameters: [.init(name: "self", type: .borrow(file)), .init(name: "count", type: .u32)],
                    result: .result(ok: .list(.u8), error: nil)
                )
            )
        ),
        .init(
            name: "[static]file.merge",
            type: .function(.init(parameters: [.init(name: "list", type: .list(.own(file)))], result: .option(rights)))
        ),
    ])

    private static let shapes = InstanceType(exports: [
        .init(name: "colour", type: .type(colour)),
        .init(name: "point", type: .type(point)),
        .init(name: "shape", type: .type(shape)),
        .init(name: "same-shape", type: .type(shape)),
        .init(name: "bytes", type: .type(.list(.u8))),
        .init(name: "file", type: .resource(file)),
        .init(
            name: "draw",
            type: .function(
                .init(
                    parameters: [
                        .init(name: "shapes", type: .list(shape)), .init(name: "from", type: .tuple([.char, .s8])),
                        .init(name: "into", type: .borrow(file)),
                    ],
                    result: .result(ok: point, error: .string)
                )
            )
        ),
        .init(name: "import", type: .function(.init())),
    ])

    private static let component = ComponentType(
        imports: [
            .init(name: "test:files/store@1.2.0", type: .instance(store)),
            .init(
                name: "host",
                type: .instance(.init(exports: [.init(name: "now", type: .function(.init(result: .u64)))]))
            ),
        ],
        exports: [
            .init(name: "test:shapes/shapes", type: .instance(shapes)),
            .init(
                name: "run",
                type: .function(
                    .init(parameters: [.init(name: "colour", type: colour)], result: .result(ok: nil, error: nil))
                )
            ),
        ]
    )

    @Test func theReportParsesToTheSameTypes() throws {
        let parsed = try WITStructure(InspectCommand.report(on: Self.component, size: 12))
        #expect(parsed.functions(of: "test:files/store@1.2.0") == Self.functions(of: Self.store))
        #expect(parsed.functions(of: "test:shapes/shapes") == Self.functions(of: Self.shapes))
        #expect(
            parsed.exportedFunctions["run"]
                == FunctionType(
                    parameters: [.init(name: "colour", type: Self.colour)],
                    result: .result(ok: nil, error: nil)
                )
        )
        #expect(parsed.imports.contains("test:files/store@1.2.0"))
        #expect(parsed.imports.contains("host"))
        #expect(parsed.exports.contains("test:shapes/shapes"))
    }

    @Test func typesKeepTheirNames() {
        let text = InspectCommand.report(on: Self.component, size: 12)
        #expect(text.contains("variant shape { dot(point), nothing }"))
        #expect(text.contains("type same-shape = shape;"))
        #expect(text.contains("use test:files/store@1.2.0.{file};"))
        #expect(text.contains("record point { x: f64, %record: colour }"))
        #expect(text.contains("// Size: 12 bytes"))
    }

    private static func functions(of instance: InstanceType) -> [String: FunctionType] {
        var functions: [String: FunctionType] = [:]
        for item in instance.exports {
            if case .function(let type) = item.type { functions[item.name] = type }
        }
        return functions
    }

    @Test func namesThatAreKeywordsAreEscapedEverywhere() throws {
        let items = [NamedExtern(name: "func", type: .function(.init(result: .list(.bool))))]
        let type = ComponentType(imports: [.init(name: "use:import/type@0.1.0", type: .instance(.init(exports: items)))]
        )
        let parsed = try WITStructure(InspectCommand.report(on: type, size: 1))
        #expect(parsed.functions(of: "use:import/type@0.1.0") == ["func": FunctionType(result: .list(.bool))])
    }

    @Test func aTypeThatIsImportedAndExportedIsDeclaredOnce() throws {
        let take = FunctionType(parameters: [.init(name: "shape", type: Self.shape)])
        let give = FunctionType(result: Self.shape)
        let type = ComponentType(
            imports: [.init(name: "take", type: .function(take))],
            exports: [.init(name: "give", type: .function(give)), .init(name: "take", type: .function(take))]
        )
        let parsed = try WITStructure(InspectCommand.report(on: type, size: 1))
        #expect(parsed.exportedFunctions == ["give": give, "take": take])
        #expect(parsed.imports.contains("take"))
    }

    @Test(arguments: ["counter", "relay", "chaos"])
    func theReportOnAFixtureParsesToTheContract(name: String) throws {
        let component = try Component(engine: .forCommand(), bytes: Fixture.bytes(name))
        let parsed = try WITStructure(InspectCommand.report(on: component.type, size: 1))
        for item in component.type.imports + component.type.exports {
            guard case .instance(let instance) = item.type else { continue }
            #expect(parsed.functions(of: item.name) == Self.functions(of: instance), "\(item.name)")
        }
        #expect(parsed.exports.contains("wasm-actors:actor/lifecycle@0.1.0"))
    }

    /// Files that are no components, and what is said of each.
    private static let badFiles: [(bytes: [UInt8], message: String)] = [
        ([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0], "core module"),
        ([], "empty or truncated"),
        (Array("(component)".utf8), "text"),
        (Array(repeating: 0, count: 10_000_000), "do not begin as a component does"),
        ([0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0, 7, 9], "unexpected end"),
    ]

    @Test(arguments: badFiles.indices)
    func whatIsNoComponentIsRefusedWithItsReason(index: Int) async throws {
        let (bytes, message) = Self.badFiles[index]
        let file = try TemporaryFile(bytes: bytes)
        for command in [["inspect", file.path], ["invoke", file.path, "run"]] {
            let recording = RecordingConsole()
            #expect(await CommandLineTool.standard.run(command, console: recording.console) == .failure)
            #expect(recording.error.contains("\(file.path): "))
            #expect(recording.error.contains(message))
            #expect(recording.error.utf8.count < 5000)
            #expect(recording.out.isEmpty)
        }
    }

    @Test func theReasonOfTheLibraryStandsOnLinesOfItsOwn() async throws {
        let file = try TemporaryFile(bytes: Array(Fixture.bytes("counter").prefix(3000)))
        for command in [["inspect", file.path], ["invoke", file.path, "run"]] {
            let recording = RecordingConsole()
            #expect(await CommandLineTool.standard.run(command, console: recording.console) == .failure)
            let lines = recording.error.split(separator: "\n")
            #expect(lines.contains("  Caused by:"))
            #expect(lines.count > 3)
            #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("  ") })
            #expect(!recording.error.contains(#"\n"#))
        }
    }

    @Test func aMissingFileIsNamed() async {
        let recording = RecordingConsole()
        #expect(await recording.run("inspect", "no-such.wasm") == .failure)
        #expect(recording.error.contains("no-such.wasm: no such file"))
    }

    @Test func oneFileIsNeeded() async {
        #expect(await RecordingConsole().run("inspect") == .usage)
    }
}

@Suite struct RequiredGrantsTests {
    private static func importing(_ interface: String, _ functions: String...) -> ComponentType {
        let items = functions.map { NamedExtern(name: $0, type: .function(.init())) }
        return ComponentType(imports: [.init(name: interface, type: .instance(.init(exports: items)))])
    }

    @Test func eachImportThatNeedsAGrantIsListedUnderIt() {
        let required = RequiredGrants(Self.importing("wasm-actors:actor/storage@0.1.0", "get", "exists", "set", "log"))
        #expect(required.grants.map { $0.kind } == [.read, .write])
        #expect(required.grants[0].functions == ["storage.get", "storage.exists"])
    }

    @Test func whatEveryActorMayDoNeedsNothing() {
        #expect(RequiredGrants(Self.importing("wasm-actors:actor/services@0.1.0", "log", "sleep")).grants.isEmpty)
    }

    @Test func wasiAndForeignImportsAreToldApart() {
        let wasi = RequiredGrants(Self.importing("wasi:io/poll@0.2.0", "poll"))
        #expect(wasi.usesWASI)
        #expect(wasi.foreign.isEmpty)
        #expect(RequiredGrants(Self.importing("my:own/thing", "f")).foreign == ["my:own/thing"])
    }

    @Test func whatAnEmbedderSuppliesIsGrantedByItsName() throws {
        let type = ComponentType(imports: [
            .init(name: "acme:shop/types@1.0.0", type: .instance(.init(exports: []))),
            .init(
                name: "acme:shop/pricing@1.0.0",
                type: .instance(.init(exports: [.init(name: "quote", type: .function(.init()))]))
            ),
            .init(name: "greeter", type: .function(.init())),
        ])
        let lines = InspectCommand.report(on: type, size: 1).split(separator: "\n").filter { $0.contains("embedder") }
        #expect(
            lines == [
                "// Import that an embedder must supply: acme:shop/pricing@1.0.0, with the grant host.call(acme:shop/pricing/**)",
                "// Import that an embedder must supply: greeter, with the grant host.call(greeter)",
            ]
        )
    }

    /// The functions that an actor imports, as `messaging.send`.
    private static func imports() throws -> [(interface: String, function: String)] {
        let contract = try Resolve(main: ContractFiles.all())
        let world = try #require(contract.worlds.first { $0.name == "durable-actor" })
        return world.imports.flatMap { item -> [(interface: String, function: String)] in
            guard case .interface(let id) = item.kind, let interface = contract[id].name else { return [] }
            return contract[id].functions.map { (interface, $0.name) }
        }
    }

    @Test func everyImportOfTheContractNeedsWhatItsTableSays() throws {
        let table = try CapabilityTable().needs
        let imports = try Self.imports()
        #expect(imports.count > 20)
        #expect(Set(table.keys) == Set(imports.map { "\($0.interface).\($0.function)" }))
        for (interface, function) in imports {
            let need = try #require(
                RequiredGrants.need(interface: interface, function: function),
                "\(interface).\(function)"
            )
            #expect(need.kind == table["\(interface).\(function)", default: nil], "\(interface).\(function)")
        }
    }
}
