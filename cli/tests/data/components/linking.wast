;; What components give to each other and get of the host: modules, components, instances, subtyping when they are linked.

;; Modules that are imported and exported again, in an instance and by themselves.
(component $lib
  (core module (export "m")
    (import "env" "base" (func $base (result i32)))
    (import "env" "memory" (memory 1))
    (global (export "g") i32 (i32.const 3))
    (func (export "n") (result i32) (i32.add (call $base) (global.get 0)))))
(component $between
  (import "lib" (instance $lib
    (export "m" (core module
      (import "env" "base" (func (result i32)))
      (import "env" "memory" (memory 2))
      (import "env" "unused" (global i32))
      (export "n" (func (result i32)))))))
  (core module $own (func (export "n") (result i32) (i32.const 50)))
  (instance $mods (export "theirs" (core module $lib "m")) (export "ours" (core module $own)))
  (export "mods" (instance $mods)))
(component
  (import "between" (instance $between
    (export "mods" (instance
      (export "theirs" (core module
        (import "env" "base" (func (result i32)))
        (import "env" "memory" (memory 3))
        (import "env" "unused" (global i32))
        (export "n" (func (result i32)))))
      (export "ours" (core module (export "n" (func (result i32)))))))))
  (core instance $ours (instantiate (module $between "mods" "ours")))
  (core module $env
    (import "ours" "n" (func $n (result i32)))
    (memory (export "memory") 3)
    (global (export "unused") i32 (i32.const 0))
    (export "base" (func $n)))
  (core instance $env (instantiate $env (with "ours" (instance $ours))))
  (core instance $theirs (instantiate (module $between "mods" "theirs") (with "env" (instance $env))))
  (func (export "n") (result u32) (canon lift (core func $theirs "n"))))
(assert_return (invoke "n") (u32.const 53))

;; A module needs no more, and gives no less, than it is imported with.
(assert_unlinkable
  (component (import "lib" (instance (export "m" (core module)))))
  "module import `env::base` not defined")
(assert_unlinkable
  (component (import "lib" (instance (export "m" (core module
    (import "env" "base" (func (result i64))) (import "env" "memory" (memory 1)))))))
  "module import `env::base` has the wrong type")
(assert_unlinkable
  (component (import "lib" (instance (export "m" (core module
    (import "env" "base" (func (result i32))) (import "env" "memory" (memory 0)))))))
  "module import `env::memory` has the wrong type")
(assert_unlinkable
  (component (import "lib" (instance (export "m" (core module
    (import "env" "base" (func (result i32))) (import "env" "memory" (memory 1)) (export "g" (global (mut i32))))))))
  "module export `g` has the wrong type")
(assert_unlinkable
  (component (import "lib" (instance (export "m" (component)))))
  "expected component found module")
(assert_unlinkable
  (component (import "host" (instance (export "simple-module" (core module (export "h" (func)))))))
  "module export `h` not defined")

;; What is provided by the host: functions by name, sort and type; instances by what they lack.
(assert_unlinkable (component (import "host-return-two" (func (param "x" u32) (result u32)))) "wrong number of parameters")
(assert_unlinkable (component (import "host-return-two" (func (result u64)))) "expected `u64` found `u32`")
(assert_unlinkable (component (import "host-return-two" (func))) "expected no result, found `u32`")
(assert_unlinkable (component (import "host-echo-u32" (func (param "v" string) (result u32)))) "expected `string` found `u32`")
(assert_unlinkable (component (import "host" (instance (export "return-four" (func (result u32)))))) "not found")
(assert_unlinkable (component (import "host" (instance (export "nested" (func))))) "expected func found instance")
(assert_unlinkable (component (import "host" (instance (export "return-three" (instance))))) "expected instance found func")
(assert_unlinkable (component (import "host" (core module))) "expected module found instance")
(component (import "host" (instance (export "nested" (instance (export "return-four" (func (result u32))))))))
(component (import "nobody" (instance (export "empty" (instance)) (type $t u32) (export "t" (type (eq $t))))))

;; Functions of the host go through components, by new names.
(component
  (import "host-return-two" (func $two (result u32)))
  (import "host" (instance $host (export "return-three" (func (result u32)))))
  (component $rename
    (import "a" (func $a (result u32)))
    (import "b" (instance $b (export "return-three" (func (result u32)))))
    (instance $out (export "x" (func $a)) (export "y" (func $b "return-three")))
    (export "out" (instance $out)))
  (instance $r (instantiate $rename (with "a" (func $two)) (with "b" (instance $host))))
  (component $sum
    (import "in" (instance $in (export "x" (func (result u32))) (export "y" (func (result u32)))))
    (core func $x (canon lower (func $in "x")))
    (core func $y (canon lower (func $in "y")))
    (core module $m
      (import "" "x" (func $x (result i32))) (import "" "y" (func $y (result i32)))
      (func (export "sum") (result i32) (i32.add (call $x) (call $y))))
    (core instance $i (instantiate $m (with "" (instance (export "x" (func $x)) (export "y" (func $y))))))
    (func (export "sum") (result u32) (canon lift (core func $i "sum"))))
  (instance $s (instantiate $sum (with "in" (instance $r "out"))))
  (export "sum" (func $s "sum"))
  (export "two" (func $two))
  (export "some:more/names" (instance $r "out")))
(assert_return (invoke "sum") (u32.const 5))
(assert_return (invoke "two") (u32.const 2))
(assert_return (invoke "some:more/names#y") (u32.const 3))

;; Instances for instances: functions of one, called by the next; each has its own state.
(component $state
  (core module $m
    (global $n (mut i32) (i32.const 0))
    (func (export "add") (param i32) (result i32)
      (global.set $n (i32.add (global.get $n) (local.get 0))) (global.get $n)))
  (core instance $i (instantiate $m))
  (func (export "add") (param "n" u32) (result u32) (canon lift (core func $i "add"))))
(component $twice
  (import "state" (instance $state (export "add" (func (param "n" u32) (result u32)))))
  (core func $add (canon lower (func $state "add")))
  (core module $m
    (import "" "add" (func $add (param i32) (result i32)))
    (func (export "add") (param i32) (result i32) (drop (call $add (local.get 0))) (call $add (local.get 0))))
  (core instance $i (instantiate $m (with "" (instance (export "add" (func $add))))))
  (func (export "add") (param "n" u32) (result u32) (canon lift (core func $i "add"))))
(component
  (import "twice" (instance $twice (export "add" (func (param "n" u32) (result u32)))))
  (import "state" (instance $state (export "add" (func (param "n" u32) (result u32)))))
  (export "twice" (func $twice "add"))
  (export "once" (func $state "add")))
(assert_return (invoke "twice" (u32.const 5)) (u32.const 10))
(assert_return (invoke "once" (u32.const 1)) (u32.const 11))
(assert_unlinkable
  (component (import "twice" (instance (export "add" (func (param "m" u32) (result u32))))))
  "expected parameter `m`, found `n`")
(assert_unlinkable
  (component (import "twice" (instance (export "add" (func (param "n" u32) (result u32))) (export "sub" (func)))))
  "`sub` was not found")

;; Shared-everything: two modules of one component share memory, table, mutable global, and call each other by the table.
(component
  (core module $base
    (memory (export "memory") 1)
    (table (export "table") 4 funcref)
    (global (export "top") (mut i32) (i32.const 64)))
  (core instance $base (instantiate $base))
  (core module $lib
    (import "base" "memory" (memory 1))
    (import "base" "table" (table 1 funcref))
    (import "base" "top" (global $top (mut i32)))
    (func $double (param i32) (result i32) (i32.mul (local.get 0) (i32.const 2)))
    (elem (i32.const 1) $double)
    (func (export "alloc") (param i32) (result i32)
      (global.get $top)
      (global.set $top (i32.add (global.get $top) (local.get 0))))
    (data (i32.const 16) "shared"))
  (core instance $lib (instantiate $lib (with "base" (instance $base))))
  (core module $main
    (type $unary (func (param i32) (result i32)))
    (import "base" "memory" (memory 1))
    (import "base" "table" (table 1 funcref))
    (import "base" "top" (global $top (mut i32)))
    (import "lib" "alloc" (func $alloc (param i32) (result i32)))
    (func (export "run") (result i32)
      (drop (call $alloc (i32.const 7)))
      (global.set $top (i32.add (global.get $top) (i32.const 1)))
      (call_indirect (type $unary) (global.get $top) (i32.const 1)))
    (func (export "text") (result i32)
      (i32.store (i32.const 0) (i32.const 16)) (i32.store (i32.const 4) (i32.const 6)) (i32.const 0)))
  (core instance $main (instantiate $main (with "base" (instance $base)) (with "lib" (instance $lib))))
  (func (export "run") (result u32) (canon lift (core func $main "run")))
  (func (export "text") (result string) (canon lift (core func $main "text") (memory (core memory $base "memory")))))
(assert_return (invoke "run") (u32.const 144))
(assert_return (invoke "run") (u32.const 160))
(assert_return (invoke "text") (str.const "shared"))

;; Virtualised: the inner component's import is answered by its neighbour, which imports the real one.
(component
  (import "host-echo-u32" (func $echo (param "v" u32) (result u32)))
  (component $virtual
    (import "real" (func $real (param "v" u32) (result u32)))
    (core func $real (canon lower (func $real)))
    (core module $m
      (import "" "real" (func $real (param i32) (result i32)))
      (func (export "f") (param i32) (result i32) (i32.add (i32.const 100) (call $real (local.get 0)))))
    (core instance $i (instantiate $m (with "" (instance (export "real" (func $real))))))
    (func (export "f") (param "v" u32) (result u32) (canon lift (core func $i "f"))))
  (component $app
    (import "f" (func $f (param "v" u32) (result u32)))
    (core func $f (canon lower (func $f)))
    (core module $m
      (import "" "f" (func $f (param i32) (result i32)))
      (func (export "run") (result i32) (call $f (i32.const 7))))
    (core instance $i (instantiate $m (with "" (instance (export "f" (func $f))))))
    (func (export "run") (result u32) (canon lift (core func $i "run"))))
  (instance $virtual (instantiate $virtual (with "real" (func $echo))))
  (instance $plain (instantiate $app (with "f" (func $echo))))
  (instance $wrapped (instantiate $app (with "f" (func $virtual "f"))))
  (export "plain" (func $plain "run"))
  (export "wrapped" (func $wrapped "run")))
(assert_return (invoke "plain") (u32.const 7))
(assert_return (invoke "wrapped") (u32.const 107))

;; Components that are imported are compared contravariantly in what they import.
(component $maker
  (component (export "c")
    (import "f" (func $f (result u32)))
    (export "g" (func $f))))
(component
  (import "maker" (instance $maker
    (export "c" (component (import "f" (func (result u32))) (import "unused" (func)) (export "g" (func (result u32)))))))
  (import "host-return-two" (func $two (result u32)))
  (component $nothing (core module $m (func (export "f"))) (core instance $i (instantiate $m))
    (func (export "f") (canon lift (core func $i "f"))))
  (instance $n (instantiate $nothing))
  (instance $i (instantiate (component $maker "c") (with "f" (func $two)) (with "unused" (func $n "f"))))
  (export "g" (func $i "g")))
(assert_return (invoke "g") (u32.const 2))
(assert_unlinkable
  (component (import "maker" (instance (export "c" (component (export "g" (func (result u32))))))))
  "missing import named `f`")
(assert_unlinkable
  (component (import "maker" (instance (export "c" (component (import "f" (func (result u64))))))))
  "expected primitive `u32` found primitive `u64`")
