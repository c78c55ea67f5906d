;; Hands every value on to the host, like probe.wat. Made into tables.wasm by
;;   wasm-tools component embed wit tables.wat -w table-probe -o tables.core.wasm
;;   wasm-tools component new tables.core.wasm -o tables.wasm
(module
  (import "tests:probe/tables@1.0.0" "numbers" (func $host-numbers (param i32 i32 i32)))
  (import "tests:probe/tables@1.0.0" "rows" (func $host-rows (param i32 i32 i32)))
  (import "tests:probe/tables@1.0.0" "deep" (func $host-deep (param i32 i32 i32)))
  (import "tests:probe/tables@1.0.0" "pick" (func $host-pick (param i32 i32 i32 i32)))
  (import "tests:probe/tables@1.0.0" "said" (func $host-said (param i32) (result i32)))
  (memory (export "memory") 16)
  ;; Results lie at 64 to 256; behind them what arguments and results point to, which is never freed.
  (global $next (mut i32) (i32.const 1024))
  (func (export "cabi_realloc") (param $old i32) (param $old-size i32) (param $align i32) (param $size i32) (result i32)
    (local $start i32)
    (local.set $start
      (i32.and
        (i32.add (global.get $next) (i32.sub (local.get $align) (i32.const 1)))
        (i32.sub (i32.const 0) (local.get $align))))
    (global.set $next (i32.add (local.get $start) (local.get $size)))
    (block $fits
      (loop $grow
        (br_if $fits (i32.le_u (global.get $next) (i32.shl (memory.size) (i32.const 16))))
        (if (i32.eq (memory.grow (i32.const 64)) (i32.const -1)) (then unreachable))
        (br $grow)))
    (memory.copy (local.get $start) (local.get $old) (local.get $old-size))
    (local.get $start))
  (func (export "tests:probe/tables@1.0.0#numbers") (param i32 i32) (result i32)
    (call $host-numbers (local.get 0) (local.get 1) (i32.const 64))
    (i32.const 64))
  (func (export "tests:probe/tables@1.0.0#rows") (param i32 i32) (result i32)
    (call $host-rows (local.get 0) (local.get 1) (i32.const 64))
    (i32.const 64))
  (func (export "tests:probe/tables@1.0.0#deep") (param i32 i32) (result i32)
    (call $host-deep (local.get 0) (local.get 1) (i32.const 64))
    (i32.const 64))
  (func (export "tests:probe/tables@1.0.0#pick") (param i32 i32 i32) (result i32)
    (call $host-pick (local.get 0) (local.get 1) (local.get 2) (i32.const 64))
    (i32.const 64))
  (func (export "tests:probe/tables@1.0.0#said") (param i32) (result i32) (call $host-said (local.get 0)))
)
