/// The component of the world `bench`, as text: one core function without a memory.
enum BenchComponent {
    /// The name of the exported interface.
    static let interface = "wasm-actors:bench/calls"

    /// The text.
    static let text = """
        (component
          (core module $code
            (func (export "add") (param i32 i32) (result i32)
              (i32.add (local.get 0) (local.get 1))))
          (core instance $core (instantiate $code))
          (func $add (param "a" u32) (param "b" u32) (result u32) (canon lift (core func $core "add")))
          (instance $calls (export "add" (func $add)))
          (export "\(interface)" (instance $calls)))
        """
}
