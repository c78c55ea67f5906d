extension Guest {
    /// Passes a value from its export `echo` through its import `echo` and back.
    ///
    /// - Parameters:
    ///   - type: the value's type in the text format.
    ///   - flat: the core types that the canonical ABI flattens it to.
    ///   - isNamed: whether it is of a kind that must have a name (record, variant, enum, flags).
    /// - Returns: the component.
    static func echo(_ type: String, flat: [String], isNamed: Bool = false) -> String {
        let definition = isNamed ? "(type $raw \(type)) (import \"t\" (type $t (eq $raw)))" : "(type $t \(type))"
        let isSingle = flat.count == 1
        let parameters = "(param \(flat.joined(separator: " ")))"
        let locals = flat.indices.map { "(local.get \($0))" }.joined(separator: " ")
        let importType = isSingle ? "\(parameters) (result \(flat[0]))" : "(param \(flat.joined(separator: " ")) i32)"
        let body =
            isSingle ? "(call $echo \(locals))" : "(call $echo \(locals) (i32.const 64)) (i32.const 64)"
        let result = isSingle ? flat[0] : "i32"
        return """
            (component
              \(definition)
              (import "echo" (func $echo (param "x" $t) (result $t)))
              (core module $libc
                (memory (export "memory") 4)
                (global $heap (mut i32) (i32.const 4096))
                (func (export "realloc") (param i32 i32 i32 i32) (result i32) (local $p i32)
                  (local.set $p (i32.and (i32.add (global.get $heap) (i32.const 15)) (i32.const -16)))
                  (global.set $heap (i32.add (local.get $p) (local.get 3)))
                  (local.get $p)))
              (core instance $libc (instantiate $libc))
              (core func $lowered (canon lower (func $echo)
                (memory (core memory $libc "memory")) (realloc (core func $libc "realloc"))))
              (core module $m
                (import "h" "echo" (func $echo \(importType)))
                (func (export "echo") \(parameters) (result \(result)) \(body)))
              (core instance $i (instantiate $m (with "h" (instance (export "echo" (func $lowered))))))
              (func (export "echo") (param "x" $t) (result $t)
                (canon lift (core func $i "echo")
                  (memory (core memory $libc "memory")) (realloc (core func $libc "realloc")))))
            """
    }
}
