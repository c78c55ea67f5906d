;; Every kind of command, each with the outcome that it expects.

(component definition $Adder
  (core module $m
    (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
    (func (export "divide") (param i32 i32) (result i32) (i32.div_u (local.get 0) (local.get 1)))
    (func (export "spin") (loop $again (br $again))))
  (core instance $i (instantiate $m))
  (func (export "spin") (canon lift (core func $i "spin")))
  (func (export "add") (param "a" u32) (param "b" u32) (result u32) (canon lift (core func $i "add")))
  (func (export "divide") (param "a" u32) (param "b" u32) (result u32) (canon lift (core func $i "divide"))))

(component instance $first $Adder)
(component instance $second $Adder)
(assert_return (invoke "add" (u32.const 1) (u32.const 4294967295)) (u32.const 0))
(assert_return (invoke $first "add" (u32.const 40) (u32.const 2)) (u32.const 42))
(invoke "add" (u32.const 1) (u32.const 2))

;; A trap finishes the instance, and no other.
(assert_trap (invoke "divide" (u32.const 1) (u32.const 0)) "integer divide by zero")
(assert_trap (invoke "add" (u32.const 1) (u32.const 2)) "cannot enter component instance")
(assert_return (invoke $first "divide" (u32.const 84) (u32.const 2)) (u32.const 42))

;; A result in memory.
(component
  (core module $m
    (memory (export "memory") 1)
    (data (i32.const 16) "\08\00\00\00\02\00\00\00hi")
    (data (i32.const 8) "\18\00\00\00\02\00\00\00")
    (func (export "greet") (result i32) (i32.const 8)))
  (core instance $i (instantiate $m))
  (func (export "greet") (result string) (canon lift (core func $i "greet") (memory (core memory $i "memory")))))
(assert_return (invoke "greet") (str.const "hi"))

;; The host's functions at the top level.
(component
  (import "host-return-two" (func $two (result u32)))
  (import "host-echo-u32" (func $echo (param "v" u32) (result u32)))
  (core func $two (canon lower (func $two)))
  (core func $echo (canon lower (func $echo)))
  (core module $m
    (import "h" "two" (func $two (result i32)))
    (import "h" "echo" (func $echo (param i32) (result i32)))
    (func (export "sum") (result i32) (i32.add (call $two) (call $echo (i32.const 40)))))
  (core instance $i (instantiate $m (with "h" (instance (export "two" (func $two)) (export "echo" (func $echo))))))
  (func (export "sum") (result u32) (canon lift (core func $i "sum"))))
(assert_return (invoke "sum") (u32.const 42))

;; The host's resources: a handle made, asserted, and one dropped.
(component
  (import "host" (instance $host
    (export "resource1" (type $r (sub resource)))
    (export "[constructor]resource1" (func (param "rep" u32) (result (own $r))))
    (export "[static]resource1.assert" (func (param "r" (own $r)) (param "rep" u32)))
    (export "[static]resource1.last-drop" (func (result u32)))
    (export "[static]resource1.drops" (func (result u32)))
    (export "[method]resource1.simple" (func (param "self" (borrow $r)) (param "rep" u32)))
    (export "return-three" (func (result u32)))))
  (alias export $host "resource1" (type $r))
  (core func $drop (canon resource.drop $r))
  (core func $make (canon lower (func $host "[constructor]resource1")))
  (core func $assert (canon lower (func $host "[static]resource1.assert")))
  (core func $last (canon lower (func $host "[static]resource1.last-drop")))
  (core func $drops (canon lower (func $host "[static]resource1.drops")))
  (core func $simple (canon lower (func $host "[method]resource1.simple")))
  (core func $three (canon lower (func $host "return-three")))
  (core module $m
    (import "h" "drop" (func $drop (param i32)))
    (import "h" "make" (func $make (param i32) (result i32)))
    (import "h" "assert" (func $assert (param i32 i32)))
    (import "h" "last" (func $last (result i32)))
    (import "h" "drops" (func $drops (result i32)))
    (import "h" "simple" (func $simple (param i32 i32)))
    (import "h" "three" (func $three (result i32)))
    (func (export "run") (result i32) (local $handle i32)
      (call $assert (call $make (i32.const 7)) (i32.const 7))
      (local.set $handle (call $make (i32.const 36)))
      (call $simple (local.get $handle) (i32.const 36))
      (call $drop (local.get $handle))
      (i32.add (i32.add (call $last) (call $drops)) (call $three)))
    (func (export "lie") (call $assert (call $make (i32.const 7)) (i32.const 8))))
  (core instance $i (instantiate $m (with "h" (instance
    (export "drop" (func $drop)) (export "make" (func $make)) (export "assert" (func $assert))
    (export "last" (func $last)) (export "drops" (func $drops)) (export "simple" (func $simple))
    (export "three" (func $three))))))
  (func (export "run") (result u32) (canon lift (core func $i "run")))
  (func (export "lie") (canon lift (core func $i "lie"))))
(assert_return (invoke "run") (u32.const 40))
(assert_trap (invoke "lie") "a resource1 with the representation")

;; What does not load, link or start.
(assert_invalid (component (export "x" (func 0))) "unknown function")
(assert_malformed (component binary "\00asm\0d\00\01\00\63") "unexpected end")
(assert_malformed (component quote "(export") "expected")
(assert_unlinkable (component (import "nobody-has-this" (func))) "not found")
(assert_unlinkable (component (import "host-return-two" (func (result string)))) "type mismatch")
(assert_trap
  (component
    (core module $m (func $start unreachable) (start $start))
    (core instance (instantiate $m)))
  "unreachable")
