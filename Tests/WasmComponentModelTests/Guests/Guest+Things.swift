extension Guest {
    /// Exports a resource `thing` and counts its destructor's runs; the destructor of 4,000,000,001 traps, that of 4,000,000,002 takes for
    /// ever.
    static let things = #"""
        (component
          (core module $counter
            (global $dropped (mut i32) (i32.const 0))
            (global $sum (mut i32) (i32.const 0))
            (func (export "dtor") (param i32)
              (if (i32.eq (local.get 0) (i32.const 4000000001)) (then unreachable))
              (if (i32.eq (local.get 0) (i32.const 4000000002)) (then (loop $l (br $l))))
              (global.set $sum (i32.add (i32.mul (global.get $sum) (i32.const 10)) (local.get 0)))
              (global.set $dropped (i32.add (global.get $dropped) (i32.const 1))))
            (func (export "order") (result i32) (global.get $sum))
            (func (export "dropped") (result i32) (global.get $dropped)))
          (core instance $counter (instantiate $counter))
          (type $thing (resource (rep i32) (dtor (core func $counter "dtor"))))
          (core func $new (canon resource.new $thing))
          (core func $drop (canon resource.drop $thing))
          (core module $m
            (import "h" "new" (func $new (param i32) (result i32)))
            (import "h" "drop" (func $drop (param i32)))
            (memory (export "memory") 32)
            (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1048576))
            (func (export "make") (param i32) (result i32) (call $new (local.get 0)))
            (func (export "value") (param i32) (result i32) (local.get 0))
            (func (export "consume") (param i32) (call $drop (local.get 0)))
            (func (export "echo") (param i32) (result i32) (local.get 0))
            (func (export "bad") (param i32) (result i32) (drop (call $new (local.get 0))) unreachable)
            (func (export "many") (param i32) (result i32) (local $i i32)
              (loop $l
                (i32.store (i32.add (i32.const 1024) (i32.mul (local.get $i) (i32.const 4)))
                  (call $new (local.get $i)))
                (local.set $i (i32.add (local.get $i) (i32.const 1)))
                (br_if $l (i32.lt_u (local.get $i) (local.get 0))))
              (i32.store (i32.const 16) (i32.const 1024))
              (i32.store (i32.const 20) (local.get 0))
              (i32.const 16))
            (func (export "sum") (param i32 i32) (result i32) (local $x i32)
              (block $end (loop $l
                (br_if $end (i32.eqz (local.get 1)))
                (local.set 1 (i32.sub (local.get 1) (i32.const 1)))
                (local.set $x (i32.add (local.get $x)
                  (i32.load (i32.add (local.get 0) (i32.mul (local.get 1) (i32.const 4))))))
                (br $l)))
              (local.get $x))
            (func (export "swap") (param i32 i32) (result i32)
              (i32.store (i32.const 32) (local.get 1))
              (i32.store (i32.const 36) (local.get 0))
              (i32.const 32))
            (func (export "store") (param i32 i32 i32)))
          (core instance $i (instantiate $m
            (with "h" (instance (export "new" (func $new)) (export "drop" (func $drop))))))
          (alias core export $i "memory" (core memory $memory))
          (alias core export $i "realloc" (core func $realloc))
          (export $t "thing" (type $thing))
          (type $r (record (field "left" (own $t)) (field "right" (option (own $t)))))
          (export $pair "pair" (type $r))
          (func (export "order") (result u32) (canon lift (core func $counter "order")))
          (func (export "dropped") (result u32) (canon lift (core func $counter "dropped")))
          (func (export "make") (param "x" u32) (result (own $t)) (canon lift (core func $i "make")))
          (func (export "value") (param "t" (borrow $t)) (result u32) (canon lift (core func $i "value")))
          (func (export "consume") (param "t" (own $t)) (canon lift (core func $i "consume")))
          (func (export "echo") (param "t" (own $t)) (result (own $t)) (canon lift (core func $i "echo")))
          (func (export "bad") (param "x" u32) (result (own $t)) (canon lift (core func $i "bad")))
          (func (export "many") (param "n" u32) (result (list (own $t)))
            (canon lift (core func $i "many") (memory $memory)))
          (func (export "sum") (param "all" (list (borrow $t))) (result u32)
            (canon lift (core func $i "sum") (memory $memory) (realloc $realloc)))
          (func (export "swap") (param "a" (own $t)) (param "b" (own $t)) (result (tuple (own $t) (own $t)))
            (canon lift (core func $i "swap") (memory $memory)))
          (func (export "store") (param "p" $pair) (canon lift (core func $i "store"))))
        """#

    /// Exports an interface `test:a/things` with a resource `thing`, and a function whose name looks like one that drops.
    static let thingsInterface = #"""
        (component
          (core module $m
            (global $dropped (mut i32) (i32.const 0))
            (func (export "dtor") (param i32) (global.set $dropped (i32.add (global.get $dropped) (i32.const 1))))
            (func (export "dropped") (result i32) (global.get $dropped)))
          (core instance $i (instantiate $m))
          (type $thing (resource (rep i32) (dtor (core func $i "dtor"))))
          (core func $new (canon resource.new $thing))
          (func $make (param "x" u32) (result (own $thing)) (canon lift (core func $new)))
          (func $dropped (result u32) (canon lift (core func $i "dropped")))
          (component $shape
            (import "thing" (type $thing (sub resource)))
            (import "make" (func $make (param "x" u32) (result (own $thing))))
            (import "dropped" (func $dropped (result u32)))
            (export $t "thing" (type $thing))
            (export "make" (func $make) (func (param "x" u32) (result (own $t))))
            (export "dropped" (func $dropped)))
          (instance $things (instantiate $shape
            (with "thing" (type $thing)) (with "make" (func $make)) (with "dropped" (func $dropped))))
          (export "test:a/things" (instance $things))
          (export "swift-drop-r0" (func $dropped)))
        """#
}
