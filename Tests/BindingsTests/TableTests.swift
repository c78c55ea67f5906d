import Foundation
import Synchronization
import Testing
import WasmComponentModel

/// Answers with what it is given, and counts the calls.
final class TableHost: TablesImports {
    private let count = Atomic<Int>(0)

    var calls: Int { count.load(ordering: .relaxed) }

    private func answer<Value>(_ value: Value) -> Value {
        count.add(1, ordering: .relaxed)
        return value
    }

    func numbers(value: [String: UInt32]) -> [String: UInt32] { answer(value) }
    func rows(value: [Unicode.Scalar: [Tables.Row]]) -> [Unicode.Scalar: [Tables.Row]] { answer(value) }
    func deep(value: [Int64: [Bool: (UInt8, String)]]) -> [Int64: [Bool: (UInt8, String)]] { answer(value) }
    func pick(value: Tables.Wide) -> Tables.Wide { answer(value) }
    func said(value: Tables.Words) -> Tables.Words { answer(value) }
}

/// Maps, variants of 300 cases and keywords go to the guest, to the host, and back, as in `RoundTripTests`.
struct TableTests: ~Copyable {
    private let host = TableHost()
    private let tables: TablesExports
    private let store: Store

    init() throws {
        var features = EngineConfiguration()
        features.features.insert(.maps)
        let engine = try Engine(features)
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "tables.wasm")
        let component = try Component(engine: engine, bytes: [UInt8](Data(contentsOf: path)))
        var linker = Linker(engine: engine)
        try TableProbeWorld.define(in: &linker, host: TableHost.self)
        var configuration = StoreConfiguration()
        configuration.kind = .sync
        configuration.data = host
        let store = try Store(engine: engine, configuration: configuration)
        let instance = try store.instantiate(component, linker: linker.finish())
        tables = try TableProbeWorld(store: store, instance: instance).tables
        self.store = store
    }

    @Test(arguments: [0, 1, 2, 1_000])
    func mapsComeBack(_ count: Int) throws {
        let value = Dictionary(uniqueKeysWithValues: (0..<count).map { ("key \($0) é", UInt32($0) &* 77_777) })
        #expect(try tables.numbers(store, value: value) == value)
        #expect(host.calls == 1)
    }

    @Test func mapsInsideOfOtherTypesComeBack() throws {
        let rows = [
            Tables.Row(var: .class, repeat: [0: nil, .max: "text", 7: ""]),
            Tables.Row(var: .where, repeat: [:]),
        ]
        let value: [Unicode.Scalar: [Tables.Row]] = ["\0": [], "\u{10FFFF}": rows]
        #expect(try tables.rows(store, value: value) == value)
        let deep: [Int64: [Bool: (UInt8, String)]] = [.min: [:], .max: [true: (255, "yes"), false: (0, "no")]]
        let back = try tables.deep(store, value: deep)
        #expect(back.count == 2 && back[.min]?.isEmpty == true)
        #expect(back[.max]?[true]?.0 == 255 && back[.max]?[true]?.1 == "yes" && back[.max]?[false]?.1 == "no")
    }

    @Test func casesOnBothSidesOfAByteComeBack() throws {
        let plain: [Tables.Wide] = [.c1, .c127, .c128, .c254, .c257, .c298]
        let carrying: [Tables.Wide] = [.c0("first"), .c255(255), .c256([1, .max]), .c299(["last": true])]
        for value in plain + carrying {
            #expect(try tables.pick(store, value: value) == value)
        }
    }

    @Test(arguments: Tables.Words.allCases)
    func keywordsAreCases(_ word: Tables.Words) throws {
        #expect(try tables.said(store, value: word) == word)
    }
}
