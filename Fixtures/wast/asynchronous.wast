;; What the strict set of features leaves off, and a command for core modules.

(component
  (core func $return (canon task.return (result u32)))
  (core module $m
    (import "h" "return" (func $return (param i32)))
    (func (export "answer") (result i32) (call $return (i32.const 42)) (i32.const 0))
    (func (export "callback") (param i32 i32 i32) (result i32) unreachable))
  (core instance $i (instantiate $m (with "h" (instance (export "return" (func $return))))))
  (func (export "answer") async (result u32)
    (canon lift (core func $i "answer") async (callback (core func $i "callback")))))
(assert_return (invoke "answer") (u32.const 42))

;; No feature lets a stream reach the host.
(component
  (type $t (stream u8))
  (core func $new (canon stream.new $t))
  (core module $m
    (import "h" "new" (func $new (result i64)))
    (func (export "make") (result i32) (i32.wrap_i64 (call $new))))
  (core instance $i (instantiate $m (with "h" (instance (export "new" (func $new))))))
  (func (export "make") (result (stream u8)) (canon lift (core func $i "make"))))
(assert_trap (invoke "make") "anything")

(register "nobody")
