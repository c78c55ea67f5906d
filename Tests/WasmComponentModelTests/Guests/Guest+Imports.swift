extension Guest {
    /// Calls the host functions `f: (string) -> string` and `g: (u32) -> u32`.
    static let host = #"""
        (component
          (import "f" (func $f (param "s" string) (result string)))
          (import "g" (func $g (param "x" u32) (result u32)))
          (core module $libc
            (memory (export "memory") 2)
            (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024))
            (data (i32.const 0) "hello"))
          (core instance $libc (instantiate $libc))
          (core func $lf (canon lower (func $f)
            (memory (core memory $libc "memory")) (realloc (core func $libc "cabi_realloc"))))
          (core func $lg (canon lower (func $g)))
          (core module $m
            (import "l" "memory" (memory 1))
            (import "h" "f" (func $f (param i32 i32 i32)))
            (import "h" "g" (func $g (param i32) (result i32)))
            (func (export "callf") (result i32) (call $f (i32.const 0) (i32.const 5) (i32.const 64)) (i32.const 64))
            (func (export "callg") (param i32) (result i32) (call $g (local.get 0)))
            (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1))))
          (core instance $i (instantiate $m
            (with "l" (instance $libc))
            (with "h" (instance (export "f" (func $lf)) (export "g" (func $lg))))))
          (func (export "callf") (result string)
            (canon lift (core func $i "callf") (memory (core memory $libc "memory"))))
          (func (export "callg") (param "x" u32) (result u32) (canon lift (core func $i "callg")))
          (func (export "add") (param "a" u32) (param "b" u32) (result u32) (canon lift (core func $i "add"))))
        """#

    /// Imports `f` as `(u32) -> u32`, where the host means `(string) -> string`.
    static let lie = #"""
        (component
          (import "f" (func $f (param "s" u32) (result u32)))
          (core func $lf (canon lower (func $f)))
          (core module $m
            (import "h" "f" (func $f (param i32) (result i32)))
            (func (export "go") (result i32) (call $f (i32.const 0x41414141))))
          (core instance $i (instantiate $m (with "h" (instance (export "f" (func $lf))))))
          (func (export "go") (result u32) (canon lift (core func $i "go"))))
        """#
}
