;; Every kind of command, each expecting what does not happen.

(component
  (core module $m
    (func (export "one") (result i32) (i32.const 1))
    (func (export "trap") unreachable))
  (core instance $i (instantiate $m))
  (func (export "one") (result u32) (canon lift (core func $i "one")))
  (func (export "trap") (canon lift (core func $i "trap"))))
(assert_return (invoke "one") (u32.const 2))
(assert_return (invoke "one"))
(assert_return (invoke "one") (s32.const 1))
(assert_return (invoke "two"))
(assert_return (invoke "one" (u32.const 1)) (u32.const 1))
(assert_trap (invoke "one") "unreachable")
(assert_trap (invoke "trap") "integer divide by zero")
(assert_invalid (component) "anything")
(assert_malformed (component binary "\00asm\0d\00\01\00") "anything")
(assert_unlinkable (component) "anything")
(assert_trap (component) "anything")
(component (import "nobody-has-this" (func)))
(invoke "one")
