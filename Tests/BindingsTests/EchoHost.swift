import Synchronization
import WasmComponentModel

/// Gives back what it is given, and remembers which functions were called.
final class EchoHost: ValuesImports, ProbeWorldImports {
    private let log = Mutex<[String]>([])

    var calls: [String] { log.withLock { $0 } }

    private func note(_ name: String) {
        log.withLock { $0.append(name) }
    }

    func scalars(
        a: Bool,
        b: Int8,
        c: UInt8,
        d: Int16,
        e: UInt16,
        f: Int32,
        g: UInt32,
        h: Int64,
        i: UInt64,
        j: Float,
        k: Double,
        l: Unicode.Scalar
    ) -> (Bool, Int8, UInt8, Int16, UInt16, Int32, UInt32, Int64, UInt64, Float, Double, Unicode.Scalar) {
        note("scalars")
        return (a, b, c, d, e, f, g, h, i, j, k, l)
    }

    func text(value: String) -> String {
        note("text")
        return value
    }

    func bytes(value: [UInt8]) -> [UInt8] { value }
    func several(value: Values.Names) -> Values.Names { value }
    func points(value: [Values.Point]) -> [Values.Point] { value }
    func shapes(value: [Values.Shape]) -> [Values.Shape] { value }
    func hue(value: Values.Color) -> Values.Color { value }
    func allow(value: Values.Rights) -> Values.Rights { value }
    func nested(value: UInt8??) -> UInt8?? { value }
    func pairs(value: [(String, UInt64)]) -> [(String, UInt64)] { value }

    func checked(value: Result<String, Values.Problem>) throws(Values.Problem) -> String {
        note("checked")
        return try value.get()
    }

    func refused(
        value: Result<UInt32, ComponentFailure<String>>
    ) throws(ComponentFailure<String>) -> UInt32 {
        try value.get()
    }

    func unit(value: Result<Void, ComponentFailure<Void>>) throws(ComponentFailure<Void>) {
        try value.get()
    }

    func wait(turns: UInt32) async -> UInt32 {
        for _ in 0..<turns { await Task.yield() }
        note("wait")
        return turns
    }
}
