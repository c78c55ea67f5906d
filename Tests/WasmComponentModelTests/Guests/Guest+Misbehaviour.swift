extension Guest {
    /// Loops for ever in its start function.
    static let startSpin = #"""
        (component
          (core module $m (func $s (loop $l (br $l))) (start $s))
          (core instance (instantiate $m)))
        """#

    /// Six core instances, six memories, and a memory of 32 MiB from the start.
    static let large = #"""
        (component
          (core module $m (memory 512))
          (core instance (instantiate $m)) (core instance (instantiate $m)) (core instance (instantiate $m))
          (core instance (instantiate $m)) (core instance (instantiate $m)) (core instance (instantiate $m)))
        """#

    /// Traps in a function of the given name.
    static func trapping(named name: String) -> String {
        """
        (component
          (core module $m
            (func $f (@name "\(name)") unreachable)
            (func (export "go") (call $f)))
          (core instance $i (instantiate $m))
          (func (export "go") (canon lift (core func $i "go"))))
        """
    }

    /// Arithmetic and calls that trap and that `many` has not.
    static let arithmetic = #"""
        (component
          (core module $m
            (type $v (func))
            (type $i (func (result i32)))
            (table 1 funcref)
            (elem (i32.const 0) $number)
            (func $number (type $i) (i32.const 1))
            (func (export "overflow") (result i32) (i32.div_s (i32.const 0x80000000) (i32.const -1)))
            (func (export "convert") (result i32) (i32.trunc_f32_s (f32.const nan)))
            (func (export "signature") (call_indirect (type $v) (i32.const 0))))
          (core instance $i (instantiate $m))
          (func (export "overflow") (result s32) (canon lift (core func $i "overflow")))
          (func (export "convert") (result s32) (canon lift (core func $i "convert")))
          (func (export "signature") (canon lift (core func $i "signature"))))
        """#

    /// Takes a value of each kind that has names or a length.
    static let shapes = #"""
        (component
          (core module $m (func (export "take") (param i32 i32 i32 i32 i32 i32 i32 i32)))
          (core instance $i (instantiate $m))
          (type $v (variant (case "a") (case "b" u32))) (export $choice "choice" (type $v))
          (type $e (enum "red" "green")) (export $color "color" (type $e))
          (type $f (flags "read" "write")) (export $rights "rights" (type $f))
          (type $r (record (field "x" u32) (field "y" u32))) (export $point "point" (type $r))
          (func (export "take") (param "choice" $choice) (param "color" $color) (param "rights" $rights)
            (param "point" $point) (param "pair" (tuple u32 u32)) (canon lift (core func $i "take"))))
        """#

    /// Leaks handles of its own resource, gives one away, and takes a borrow of it.
    static let ownResource = #"""
        (component
          (core module $m0 (func (export "dtor") (param i32)))
          (core instance $d (instantiate $m0))
          (type $own (resource (rep i32) (dtor (core func $d "dtor"))))
          (core func $new (canon resource.new $own))
          (core module $m
            (import "h" "new" (func $new (param i32) (result i32)))
            (func (export "leak") (param i32) (local $i i32)
              (loop $l
                (drop (call $new (i32.const 5)))
                (local.set $i (i32.add (local.get $i) (i32.const 1)))
                (br_if $l (i32.lt_u (local.get $i) (local.get 0)))))
            (func (export "give") (result i32) (call $new (i32.const 77)))
            (func (export "look") (param i32) (result i32) (local.get 0)))
          (core instance $i (instantiate $m (with "h" (instance (export "new" (func $new))))))
          (export $ex "own" (type $own))
          (func (export "leak") (param "n" u32) (canon lift (core func $i "leak")))
          (func (export "give") (result (own $ex)) (canon lift (core func $i "give")))
          (func (export "look") (param "x" (borrow $ex)) (result u32) (canon lift (core func $i "look"))))
        """#

    /// Uses a resource of the host's: makes one, lends it, passes it on, drops it.
    static let hostResource = #"""
        (component
          (import "r" (type $r (sub resource)))
          (import "make" (func $make (result (own $r))))
          (import "look" (func $look (param "x" (borrow $r)) (result u32)))
          (core func $make (canon lower (func $make)))
          (core func $look (canon lower (func $look)))
          (core func $drop (canon resource.drop $r))
          (core module $m
            (import "h" "make" (func $make (result i32)))
            (import "h" "look" (func $look (param i32) (result i32)))
            (import "h" "drop" (func $drop (param i32)))
            (func (export "use") (result i32) (local $h i32) (local $x i32)
              (local.set $h (call $make))
              (local.set $x (call $look (local.get $h)))
              (call $drop (local.get $h))
              (local.get $x))
            (func (export "keep") (drop (call $make)))
            (func (export "give") (result i32) (call $make))
            (func (export "bad-drop") (call $drop (i32.const 999))))
          (core instance $i (instantiate $m (with "h" (instance
            (export "make" (func $make)) (export "look" (func $look)) (export "drop" (func $drop))))))
          (func (export "use") (result u32) (canon lift (core func $i "use")))
          (func (export "keep") (canon lift (core func $i "keep")))
          (func (export "give") (result (own $r)) (canon lift (core func $i "give")))
          (func (export "bad-drop") (canon lift (core func $i "bad-drop"))))
        """#

    /// Uses WASI p2: exits, prints, and asks for random bytes.
    static let wasi = #"""
        (component
          (type $rt (instance (type $l (list u8))
            (export "get-random-bytes" (func (param "len" u64) (result $l)))))
          (import "wasi:random/random@0.2.0" (instance $rnd (type $rt)))
          (type $xt (instance (type $r (result)) (export "exit" (func (param "status" $r)))))
          (import "wasi:cli/exit@0.2.0" (instance $exit (type $xt)))
          (type $errt (instance (export "error" (type (sub resource)))))
          (import "wasi:io/error@0.2.0" (instance $err (type $errt)))
          (alias export $err "error" (type $error))
          (type $st (instance
            (alias outer 1 $error (type $e0))
            (export "error" (type $e (eq $e0)))
            (type $oe (own $e))
            (type $serr (variant (case "last-operation-failed" $oe) (case "closed")))
            (export "stream-error" (type $se (eq $serr)))
            (export "output-stream" (type $os (sub resource)))
            (type $bos (borrow $os)) (type $bytes (list u8)) (type $res (result (error $se)))
            (export "[method]output-stream.blocking-write-and-flush"
              (func (param "self" $bos) (param "contents" $bytes) (result $res)))))
          (import "wasi:io/streams@0.2.0" (instance $streams (type $st)))
          (alias export $streams "output-stream" (type $output))
          (type $ot (instance
            (alias outer 1 $output (type $o0))
            (export "output-stream" (type $o (eq $o0)))
            (type $own (own $o))
            (export "get-stdout" (func (result $own)))))
          (import "wasi:cli/stdout@0.2.0" (instance $out (type $ot)))
          (core module $libc (memory (export "memory") 1) (data (i32.const 0) "printed")
            (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024)))
          (core instance $libc (instantiate $libc))
          (core func $rand (canon lower (func $rnd "get-random-bytes")
            (memory (core memory $libc "memory")) (realloc (core func $libc "realloc"))))
          (core func $ex (canon lower (func $exit "exit")))
          (core func $stdout (canon lower (func $out "get-stdout")))
          (core func $write (canon lower (func $streams "[method]output-stream.blocking-write-and-flush")
            (memory (core memory $libc "memory"))))
          (core module $m
            (import "h" "rand" (func $rand (param i64 i32)))
            (import "h" "exit" (func $exit (param i32)))
            (import "h" "stdout" (func $stdout (result i32)))
            (import "h" "write" (func $write (param i32 i32 i32 i32)))
            (func (export "random") (param i32) (result i32)
              (call $rand (i64.extend_i32_u (local.get 0)) (i32.const 64)) (i32.const 64))
            (func (export "exit") (param i32) (call $exit (local.get 0)))
            (func (export "print") (call $write (call $stdout) (i32.const 0) (i32.const 7) (i32.const 128))))
          (core instance $i (instantiate $m (with "h" (instance (export "rand" (func $rand))
            (export "exit" (func $ex)) (export "stdout" (func $stdout)) (export "write" (func $write))))))
          (func (export "random") (param "n" u32) (result (list u8))
            (canon lift (core func $i "random") (memory (core memory $libc "memory"))))
          (func (export "exit") (param "n" u32) (canon lift (core func $i "exit")))
          (func (export "print") (canon lift (core func $i "print"))))
        """#
}
