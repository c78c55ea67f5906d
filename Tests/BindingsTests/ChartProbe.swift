import Synchronization
import WasmComponentModel

/// What `point` is in Swift.
struct Position: Equatable {
    let east: Float
    let north: Float
}

/// What `side` is in Swift; the cases stand in another order than in the WIT.
enum Board: CaseIterable {
    case starboard
    case port
}

/// Answers with the other side, and counts the calls.
final class ChartHost: ChartImports {
    private let count = Atomic<Int>(0)

    var calls: Int { count.load(ordering: .relaxed) }

    func across(of side: Board) -> Board {
        count.add(1, ordering: .relaxed)
        return side == .port ? .starboard : .port
    }
}

/// An instance of a component of the world `places-probe`, or nearly of it, in a synchronous store. It rotates points by a
/// quarter, and asks its host what is opposite to the left alone: neither is the same with names exchanged.
struct ChartProbe: ~Copyable {
    let host = ChartHost()
    let world: ChartWorld
    let store: Store

    /// Links the component and binds it.
    ///
    /// - Parameters:
    ///   - opposite: The result that the component expects of the import `opposite`.
    ///   - turn: The result of its export `turn`. All of these are one `i32` to the core module.
    /// - Throws: What is missing, or of another type.
    init(opposite: String = "$side", turn: String = "$side") throws {
        let engine = try Engine(EngineConfiguration())
        let component = try Component(engine: engine, text: Self.text(opposite: opposite, turn: turn))
        var linker = Linker(engine: engine)
        try ChartWorld.define(in: &linker, host: ChartHost.self)
        var configuration = StoreConfiguration()
        configuration.kind = .sync
        configuration.data = host
        let store = try Store(engine: engine, configuration: configuration)
        world = try ChartWorld(
            store: store,
            instance: store.instantiate(component, linker: linker.finish())
        )
        self.store = store
    }

    private static func text(opposite: String, turn: String) -> String {
        """
        (component
          (import "tests:probe/places@1.0.0" (instance $places
            (type $a (record (field "x" f32) (field "y" f32)))
            (export "point" (type $point (eq $a)))
            (type $b (enum "left" "right"))
            (export "side" (type $side (eq $b)))
            (export "opposite" (func (param "of" $side) (result \(opposite))))))
          (alias export $places "point" (type $point))
          (alias export $places "side" (type $side))
          (core func $opposite (canon lower (func $places "opposite")))
          (core module $module
            (import "places" "opposite" (func $opposite (param i32) (result i32)))
            (memory (export "memory") 1)
            (func (export "rotated") (param f32 f32) (result i32)
              (f32.store (i32.const 64) (f32.neg (local.get 1)))
              (f32.store (i32.const 68) (local.get 0))
              (i32.const 64))
            (func (export "turn") (param i32) (result i32)
              (if (result i32) (local.get 0) (then (i32.const 0)) (else (call $opposite (local.get 0))))))
          (core instance $i (instantiate $module
            (with "places" (instance (export "opposite" (func $opposite))))))
          (func (export "rotated") (param "value" $point) (result $point)
            (canon lift (core func $i "rotated") (memory (core memory $i "memory"))))
          (func (export "turn") (param "value" $side) (result \(turn)) (canon lift (core func $i "turn"))))
        """
    }
}
