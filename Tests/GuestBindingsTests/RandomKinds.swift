import WasmComponentModel

/// Values of the generated types.
extension RandomValues {
    /// Any bits: numbers, infinities, and all that is not a number.
    mutating func float() -> Float {
        let edges: [Float] = [0, -0.0, .infinity, .leastNonzeroMagnitude, .greatestFiniteMagnitude]
        return below(2) == 0 ? edges[below(edges.count)] : Float(bitPattern: UInt32(truncatingIfNeeded: next()))
    }

    mutating func double() -> Double {
        let edges: [Double] = [0, -0.0, -.infinity, .nan, .leastNonzeroMagnitude, .greatestFiniteMagnitude]
        return below(2) == 0 ? edges[below(edges.count)] : Double(bitPattern: next())
    }

    mutating func several<Element>(_ element: (inout RandomValues) -> Element) -> [Element] {
        (0..<[0, 1, 2, 5][below(4)]).map { _ in element(&self) }
    }

    mutating func maybe<Element>(_ element: (inout RandomValues) -> Element) -> Element? {
        below(3) == 0 ? nil : element(&self)
    }

    mutating func color() -> FixtureKinds.Color {
        FixtureKinds.Color.allCases[below(FixtureKinds.Color.allCases.count)]
    }
    mutating func marks() -> FixtureKinds.Marks { FixtureKinds.Marks(rawValue: UInt32(below(512))) }
    mutating func point() -> FixtureKinds.Point { FixtureKinds.Point(x: integer(Int32.self), y: double()) }

    mutating func shape() -> FixtureKinds.Shape {
        switch below(9) {
        case 0: .nothing
        case 1: .circle(float())
        case 2: .square(double())
        case 3: .label(text())
        case 4: .outline(several { $0.point() })
        case 5: .count(integer(UInt64.self))
        case 6: .pair((integer(UInt8.self), float(), integer(Int64.self)))
        case 7: .painted(color())
        default: .default(marks())
        }
    }

    mutating func numbers() -> FixtureKinds.Numbers {
        FixtureKinds.Numbers(
            truth: below(2) == 0,
            a: integer(Int8.self),
            b: integer(UInt8.self),
            c: integer(Int16.self),
            d: integer(UInt16.self),
            e: integer(Int32.self),
            f: integer(UInt32.self),
            g: integer(Int64.self),
            h: integer(UInt64.self),
            i: float(),
            j: double(),
            letter: scalar()
        )
    }

    mutating func everything() -> FixtureKinds.Everything {
        FixtureKinds.Everything(
            numbers: numbers(),
            text: text(),
            bytes: several { $0.integer(UInt8.self) },
            words: several { $0.text() },
            grid: several { $0.several { $0.integer(UInt32.self) } },
            maybe: maybe { $0.maybe { $0.integer(UInt32.self) } },
            pick: below(2) == 0 ? .success(integer(UInt8.self)) : .failure(.init(text())),
            bare: below(2) == 0 ? .success(()) : .failure(.init(())),
            onlyOk: below(2) == 0 ? .success(integer(UInt8.self)) : .failure(.init(())),
            onlyError: below(2) == 0 ? .success(()) : .failure(shape()),
            color: color(),
            marks: marks(),
            shapes: several { $0.shape() },
            three: (below(2) == 0, text(), integer(UInt64.self)),
            one: text()
        )
    }
}
