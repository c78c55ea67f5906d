extension Guest {
    /// Exports `async` functions: `answer` returns 42, `ask` returns what its import `g: (u32) -> u32` makes of 7, and
    /// `stuck` waits for a set of waitables that stays empty.
    static let asynchronous = """
        (component
          (import "g" (func $g (param "x" u32) (result u32)))
          (core func $g (canon lower (func $g)))
          (core func $return (canon task.return (result u32)))
          (core func $set (canon waitable-set.new))
          (core module $m
            (import "h" "g" (func $g (param i32) (result i32)))
            (import "h" "return" (func $return (param i32)))
            (import "h" "set" (func $set (result i32)))
            (func (export "answer") (result i32) (call $return (i32.const 42)) (i32.const 0))
            (func (export "ask") (result i32) (call $return (call $g (i32.const 7))) (i32.const 0))
            (func (export "stuck") (result i32) (i32.or (i32.const 2) (i32.shl (call $set) (i32.const 4))))
            (func (export "callback") (param i32 i32 i32) (result i32) unreachable))
          (core instance $i (instantiate $m (with "h" (instance
            (export "g" (func $g)) (export "return" (func $return)) (export "set" (func $set))))))
          (func (export "answer") async (result u32)
            (canon lift (core func $i "answer") async (callback (core func $i "callback"))))
          (func (export "ask") async (result u32)
            (canon lift (core func $i "ask") async (callback (core func $i "callback"))))
          (func (export "stuck") async (result u32)
            (canon lift (core func $i "stuck") async (callback (core func $i "callback")))))
        """

    /// Exports `run`, an ordinary function that returns what an `async` function of an inner component returns, 42.
    static let callingAsync = """
        (component
          (component $inner
            (core func $return (canon task.return (result u32)))
            (core module $m
              (import "h" "return" (func $return (param i32)))
              (func (export "answer") (result i32) (call $return (i32.const 42)) (i32.const 0))
              (func (export "callback") (param i32 i32 i32) (result i32) unreachable))
            (core instance $i (instantiate $m (with "h" (instance (export "return" (func $return))))))
            (func (export "answer") async (result u32)
              (canon lift (core func $i "answer") async (callback (core func $i "callback")))))
          (instance $inner (instantiate $inner))
          (core func $answer (canon lower (func $inner "answer")))
          (core module $m
            (import "h" "answer" (func $answer (result i32)))
            (func (export "run") (result i32) (call $answer)))
          (core instance $i (instantiate $m (with "h" (instance (export "answer" (func $answer))))))
          (func (export "run") (result u32) (canon lift (core func $i "run"))))
        """

    /// Exports `make`, whose result is of a type made of one end of a new stream or future.
    ///
    /// - Parameters:
    ///   - kind: `stream` or `future`.
    ///   - result: the result's type, in which `$t` is the stream's or future's.
    /// - Returns: the component.
    static func making(_ kind: String, result: String) -> String {
        """
        (component
          (type $t (\(kind) u8))
          (core func $new (canon \(kind).new $t))
          (core module $m
            (import "h" "new" (func $new (result i64)))
            (memory (export "memory") 1)
            (func (export "make") (result i32) (i32.wrap_i64 (call $new))))
          (core instance $i (instantiate $m (with "h" (instance (export "new" (func $new))))))
          (func (export "make") (result \(result)) (canon lift (core func $i "make") (memory (core memory $i "memory")))))
        """
    }
}
