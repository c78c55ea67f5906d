/// A guest that answers every call by making the same one of its host: each value crosses the boundary four times.
struct Shapes: ShapesGuest {
    private var count: UInt64 = 0

    mutating func nothing() {
        count += 1
        Echo.nothing()
    }

    mutating func echoNumbers(
        truth: Bool,
        a: Int8,
        b: UInt8,
        c: Int16,
        d: UInt16,
        e: Int32,
        f: UInt32,
        g: Int64,
        h: UInt64,
        i: Float,
        j: Double,
        letter: Unicode.Scalar
    ) -> Numbers {
        Echo.echoNumbers(truth: truth, a: a, b: b, c: c, d: d, e: e, f: f, g: g, h: h, i: i, j: j, letter: letter)
    }

    mutating func text(text: String) -> String { Echo.text(text: text) }
    mutating func echoNames(names: Names) -> Names { Echo.echoNames(names: names) }
    mutating func echoShape(shape: Shape) -> Shape { Echo.echoShape(shape: shape) }
    mutating func echoColor(color: Color) -> Color { Echo.echoColor(color: color) }
    mutating func echoMarks(marks: Marks) -> Marks { Echo.echoMarks(marks: marks) }
    mutating func maybe(maybe: Float?) -> Float? { Echo.maybe(maybe: maybe) }
    mutating func echoEverything(everything: Everything) -> Everything { Echo.echoEverything(everything: everything) }

    mutating func many(
        a: String,
        b: String,
        c: String,
        d: String,
        e: String,
        f: String,
        g: String,
        h: String,
        i: Shape
    ) -> [String] {
        Echo.many(a: a, b: b, c: c, d: d, e: e, f: f, g: g, h: h, i: i)
    }

    mutating func checked(value: Result<UInt32, Color>) throws(Color) -> UInt32 { try Echo.checked(value: value) }

    mutating func worded(
        value: Result<String, ComponentFailure<String>>
    ) throws(ComponentFailure<String>) -> String {
        try Echo.worded(value: value)
    }

    mutating func bare(value: Result<Void, ComponentFailure<Void>>) throws(ComponentFailure<Void>) {
        try Echo.bare(value: value)
    }

    mutating func `func`(
        `self` number: UInt32,
        arena: UInt32,
        area: UInt32,
        result: UInt32,
        flat1: UInt32,
        parameters: String
    ) -> UInt32 {
        Echo.func(self: number, arena: arena, area: area, result: result, flat1: flat1, parameters: parameters)
    }

    mutating func total(values: [UInt64]) -> UInt64 {
        UInt64(ShapesWorld.note(text: "\(values.count) values, call \(count)")) + values.reduce(0, &+)
    }
}

typealias Guest = Shapes
