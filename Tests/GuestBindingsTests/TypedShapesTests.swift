import Testing
import WasmComponentModel

/// Values of generated types through generated bindings of both sides: what the host gives goes to the guest, from
/// there to the host, and back. It is the same at each stop, to the bit.
struct TypedShapesTests {
    private static let rounds = 200

    @Test func everythingComesBackAsItWas() async throws {
        let shapes = try await TypedShapes()
        var random = RandomValues(seed: 11)
        for _ in 0..<Self.rounds {
            let value = random.everything()
            let back = try await shapes.world.echo.echoEverything(shapes.store, everything: value)
            #expect(shapes.host.received == bits(value))
            #expect(bits(back) == bits(value))
        }
    }

    @Test func shapesComeBackAsTheyWere() async throws {
        let shapes = try await TypedShapes()
        var random = RandomValues(seed: 12)
        for _ in 0..<Self.rounds {
            let value = random.shape()
            let back = try await shapes.world.echo.echoShape(shapes.store, shape: value)
            #expect(shapes.host.received == bits(value))
            #expect(bits(back) == bits(value))
        }
    }

    @Test func numbersComeBackAsTheyWere() async throws {
        let shapes = try await TypedShapes()
        var random = RandomValues(seed: 13)
        for _ in 0..<Self.rounds {
            let n = random.numbers()
            let back = try await shapes.world.echo.echoNumbers(
                shapes.store,
                truth: n.truth,
                a: n.a,
                b: n.b,
                c: n.c,
                d: n.d,
                e: n.e,
                f: n.f,
                g: n.g,
                h: n.h,
                i: n.i,
                j: n.j,
                letter: n.letter
            )
            #expect(shapes.host.received == bits(n))
            #expect(bits(back) == bits(n))
        }
    }

    @Test func textsOfEveryPlaneComeBack() async throws {
        let shapes = try await TypedShapes()
        var random = RandomValues(seed: 14)
        for plane in UInt32(0)..<17 {
            var scalars = String.UnicodeScalarView()
            for low: UInt32 in [0, 1, 0x41, 0x301, 0xFFFE, 0xFFFF] {
                if let scalar = Unicode.Scalar(plane << 16 | low) { scalars.append(scalar) }
            }
            let text = String(scalars) + random.text()
            #expect(try await Array(shapes.world.echo.text(shapes.store, text: text).utf8) == Array(text.utf8))
        }
    }

    @Test(arguments: [UInt32(0x7F80_0001), 0x7FC0_0000, 0x7FFF_FFFF, 0xFF80_1234, 0xFFC0_DEAD])
    func bitsOfWhatIsNotANumberComeBack(_ pattern: UInt32) async throws {
        let shapes = try await TypedShapes()
        let back = try await shapes.world.echo.maybe(shapes.store, maybe: Float(bitPattern: pattern))
        #expect(back?.bitPattern == pattern)
    }

    @Test func longListsComeBack() async throws {
        let shapes = try await TypedShapes()
        var random = RandomValues(seed: 15)
        var value = random.everything()
        value.bytes = (0..<65_536).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        value.words = (0..<65_536).map { String($0) }
        value.grid = [[], (0..<65_536).map { UInt32($0) }]
        let back = try await shapes.world.echo.echoEverything(shapes.store, everything: value)
        #expect(back.bytes == value.bytes && back.words == value.words && back.grid == value.grid)
    }

    @Test(arguments: FixtureKinds.Color.allCases)
    func errorsAreThrownByTheHostAndCaughtByTheGuest(_ color: FixtureKinds.Color) async throws {
        let shapes = try await TypedShapes()
        #expect(try await shapes.world.echo.checked(shapes.store, value: .failure(color)) == .failure(color))
        #expect(try await shapes.world.echo.checked(shapes.store, value: .success(7)) == .success(7))
    }

    @Test func namesThatMeanSomethingInSwiftAreNames() async throws {
        let shapes = try await TypedShapes()
        let back = try await shapes.world.echo.func(
            shapes.store,
            self: 7,
            arena: 0,
            area: 0,
            result: 0,
            flat1: 0,
            parameters: ""
        )
        #expect(back == 7)
        #expect(try await shapes.world.echo.echoMarks(shapes.store, marks: [.first, .ninth]) == [.first, .ninth])
        guard case .default(.second) = try await shapes.world.echo.echoShape(shapes.store, shape: .default(.second))
        else {
            Issue.record("another case came back")
            return
        }
    }
}
