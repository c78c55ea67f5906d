;;! wasi = true
;; A component that imports WASI p2, which a script says by the line above.

(component
  (import "wasi:random/random@0.2.0" (instance $random (export "get-random-u64" (func (result u64)))))
  (core func $draw (canon lower (func $random "get-random-u64")))
  (core module $m
    (import "h" "draw" (func $draw (result i64)))
    (func (export "differ") (result i32) (i64.ne (call $draw) (call $draw))))
  (core instance $i (instantiate $m (with "h" (instance (export "draw" (func $draw))))))
  (func (export "differ") (result bool) (canon lift (core func $i "differ"))))
(assert_return (invoke "differ") (bool.const true))
