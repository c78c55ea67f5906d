import Testing
import WasmComponentModel

/// Each value goes to the guest, from there to the host, and back the same way: it is lowered and lifted twice.
struct RoundTripTests {
    @Test func smallestScalars() async throws {
        let probe = try await Probe()
        let back = try await probe.world.values.scalars(
            probe.store,
            a: false,
            b: .min,
            c: .min,
            d: .min,
            e: .min,
            f: .min,
            g: .min,
            h: .min,
            i: .min,
            j: -.infinity,
            k: -0.0,
            l: "\0"
        )
        #expect((back.0, back.1, back.2, back.3, back.4) == (false, .min, .min, .min, .min))
        #expect((back.5, back.6, back.7, back.8, back.9) == (.min, .min, .min, .min, -.infinity))
        #expect(back.10.bitPattern == (-0.0).bitPattern)
        #expect(back.11 == "\0")
        #expect(probe.host.calls == ["scalars"])
    }

    @Test func largestScalars() async throws {
        let probe = try await Probe()
        let back = try await probe.world.values.scalars(
            probe.store,
            a: true,
            b: .max,
            c: .max,
            d: .max,
            e: .max,
            f: .max,
            g: .max,
            h: .max,
            i: .max,
            j: .nan,
            k: .leastNonzeroMagnitude,
            l: "\u{10FFFF}"
        )
        #expect((back.0, back.1, back.2, back.3, back.4) == (true, .max, .max, .max, .max))
        #expect((back.5, back.6, back.7, back.8) == (.max, .max, .max, .max))
        #expect(back.9.isNaN)
        #expect(back.10 == .leastNonzeroMagnitude)
        #expect(back.11 == "\u{10FFFF}")
    }

    @Test(arguments: ["", "plain", "é\u{301}", "\0 in it", "\u{FFFF}\u{10000}\u{E0001}\u{10FFFF}", "一二三 🏴󠁧󠁢󠁥󠁮󠁧󠁿"])
    func texts(_ text: String) async throws {
        let probe = try await Probe()
        let back = try await probe.world.values.text(probe.store, value: text)
        #expect(Array(back.utf8) == Array(text.utf8))
    }

    @Test(arguments: [0, 1, 65_536])
    func byteLists(_ count: Int) async throws {
        let probe = try await Probe()
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        #expect(try await probe.world.values.bytes(probe.store, value: bytes) == bytes)
    }

    @Test func listsOfTexts() async throws {
        let probe = try await Probe()
        for names in [[], [""], ["a", "", "ccc"]] {
            #expect(try await probe.world.values.several(probe.store, value: names) == names)
        }
    }

    @Test func recordsWithOptions() async throws {
        let probe = try await Probe()
        let points = [Values.Point(x: 1.5, y: -2.25, tag: nil), Values.Point(x: 0, y: .infinity, tag: "far")]
        #expect(try await probe.world.values.points(probe.store, value: points) == points)
    }

    @Test func variantsOfEveryCase() async throws {
        let probe = try await Probe()
        let shapes: [Values.Shape] = [
            .dot, .circle(2.5), .path([]), .path([.init(x: 1, y: 2, tag: "t")]), .label("name"),
        ]
        #expect(try await probe.world.values.shapes(probe.store, value: shapes) == shapes)
    }

    @Test(arguments: Values.Color.allCases)
    func enumsOfEveryCase(_ color: Values.Color) async throws {
        let probe = try await Probe()
        #expect(try await probe.world.values.hue(probe.store, value: color) == color)
    }

    @Test(arguments: 0..<8)
    func flagsOfEverySet(_ bits: UInt32) async throws {
        let probe = try await Probe()
        let rights = Values.Rights(rawValue: bits)
        #expect(try await probe.world.values.allow(probe.store, value: rights) == rights)
    }

    @Test(arguments: [UInt8??.none, .some(.none), .some(.some(7))])
    func optionsInOptions(_ value: UInt8??) async throws {
        let probe = try await Probe()
        #expect(try await probe.world.values.nested(probe.store, value: value) == value)
    }

    @Test func tuples() async throws {
        let probe = try await Probe()
        let pairs: [(String, UInt64)] = [("one", 1), ("", .max)]
        let back = try await probe.world.values.pairs(probe.store, value: pairs)
        #expect(back.map(\.0) == pairs.map(\.0))
        #expect(back.map(\.1) == pairs.map(\.1))
    }

    @Test(arguments: [Result<String, Values.Problem>.success("fine"), .failure(.broken), .failure(.missing("it"))])
    func resultsWithErrorTypes(_ value: Result<String, Values.Problem>) async throws {
        let probe = try await Probe()
        #expect(try await probe.world.values.checked(probe.store, value: value) == value)
        #expect(probe.host.calls == ["checked"])
    }

    @Test(arguments: [Result<UInt32, ComponentFailure<String>>.success(3), .failure(.init("no"))])
    func resultsWithPlainErrors(_ value: Result<UInt32, ComponentFailure<String>>) async throws {
        let probe = try await Probe()
        #expect(try await probe.world.values.refused(probe.store, value: value) == value)
    }

    @Test func resultsWithoutAnything() async throws {
        let probe = try await Probe()
        let failed = try await probe.world.values.unit(probe.store, value: .failure(.init(())))
        #expect(throws: ComponentFailure<Void>.self) { try failed.get() }
        try await probe.world.values.unit(probe.store, value: .success(())).get()
    }
}
