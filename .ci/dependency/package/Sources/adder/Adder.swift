import WasmComponentModel

/// A component for the world of this package's own WIT, called through the bindings that the plugin makes.
@main
struct Adder {
    private static let text = """
        (component
          (core module $module
            (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1))))
          (core instance $instance (instantiate $module))
          (func $add (param "left" u32) (param "right" u32) (result u32) (canon lift (core func $instance "add")))
          (instance $sums (export "add" (func $add)))
          (export "example:probe/sums@1.0.0" (instance $sums)))
        """

    static func main() async throws {
        let component = try Component(engine: Engine(), text: text)
        let store = try Store(engine: component.engine)
        let instance = try await store.instantiateAsync(component, linker: Linker(engine: component.engine).finish())
        print(try await AdderWorld(store: store, instance: instance).sums.add(store, left: 40, right: 2))
    }
}
