;; Outer aliases of every sort, closures, and components that are instantiated several times.

;; Three components deep: a core module, a component and types of each of those around.
(component $A
  (core module $m (func (export "n") (result i32) (i32.const 1)))
  (type $f (func (result u32)))
  (component $leaf
    (core module $m (func (export "n") (result i32) (i32.const 2)))
    (core instance $i (instantiate $m))
    (func (export "n") (result u32) (canon lift (core func $i "n"))))
  (component $B
    (core module $m (func (export "n") (result i32) (i32.const 3)))
    (type $pair (tuple u32 u32))
    (component $C (export "c")
      (component $D (export "d")
        (alias outer $A $m (core module $m1))
        (alias outer $A $leaf (component $leaf))
        (alias outer $B $m (core module $m3))
        (alias outer 3 $f (type $f))
        (alias outer $B $pair (type $pair))
        (core instance $i1 (instantiate $m1))
        (instance $i2 (instantiate $leaf))
        (core instance $i3 (instantiate $m3))
        (core module $pairs
          (memory (export "memory") 1)
          (func (export "pair") (result i32)
            (i32.store (i32.const 8) (i32.const 4)) (i32.store (i32.const 12) (i32.const 5)) (i32.const 8)))
        (core instance $p (instantiate $pairs))
        (func (export "one") (type $f) (canon lift (core func $i1 "n")))
        (export "two" (func $i2 "n"))
        (func (export "three") (type $f) (canon lift (core func $i3 "n")))
        (func (export "pair") (result $pair) (canon lift (core func $p "pair") (memory (core memory $p "memory")))))))
  (instance $b (instantiate $B))
  (instance $c (instantiate (component $b "c")))
  (instance $d (instantiate (component $c "d")))
  (export "one" (func $d "one"))
  (export "two" (func $d "two"))
  (export "three" (func $d "three"))
  (export "pair" (func $d "pair")))
(assert_return (invoke "one") (u32.const 1))
(assert_return (invoke "two") (u32.const 2))
(assert_return (invoke "three") (u32.const 3))
(assert_return (invoke "pair") (tuple.const (u32.const 4) (u32.const 5)))

;; A component closes over what its parent was given: the same component made from two instances differs.
(component
  (component $maker
    (import "m" (core module $m (export "n" (func (result i32)))))
    (component (export "made")
      (core instance $i (instantiate $m))
      (func (export "n") (result u32) (canon lift (core func $i "n")))))
  (core module $one (func (export "n") (result i32) (i32.const 1)))
  (core module $two (func (export "n") (result i32) (i32.const 2)))
  (instance $first (instantiate $maker (with "m" (core module $one))))
  (instance $second (instantiate $maker (with "m" (core module $two))))
  (instance $a (instantiate (component $first "made")))
  (instance $b (instantiate (component $second "made")))
  (export "a" (func $a "n"))
  (export "b" (func $b "n")))
(assert_return (invoke "a") (u32.const 1))
(assert_return (invoke "b") (u32.const 2))

;; One component, three instances with a state each, two of them given another one's function.
(component
  (component $counter
    (import "step" (func $step (result u32)))
    (core func $step (canon lower (func $step)))
    (core module $m
      (import "" "step" (func $step (result i32)))
      (global $n (mut i32) (i32.const 0))
      (func (export "next") (result i32)
        (global.set $n (i32.add (global.get $n) (call $step)))
        (global.get $n)))
    (core instance $i (instantiate $m (with "" (instance (export "step" (func $step))))))
    (func (export "next") (result u32) (canon lift (core func $i "next"))))
  (component $one
    (core module $m (func (export "one") (result i32) (i32.const 1)))
    (core instance $i (instantiate $m))
    (func (export "one") (result u32) (canon lift (core func $i "one"))))
  (instance $one (instantiate $one))
  (instance $a (instantiate $counter (with "step" (func $one "one"))))
  (instance $b (instantiate $counter (with "step" (func $a "next"))))
  (instance $c (instantiate $counter (with "step" (func $a "next")) (with "unused" (func $one "one"))))
  (export "a" (func $a "next"))
  (export "b" (func $b "next"))
  (export "c" (func $c "next")))
(assert_return (invoke "b") (u32.const 1))
(assert_return (invoke "c") (u32.const 2))
(assert_return (invoke "b") (u32.const 4))
(assert_return (invoke "a") (u32.const 4))

;; Bags of exports: functions, types, instances and components under new names, and bags of these.
(component
  (component $inner
    (core module $m (func (export "n") (result i32) (i32.const 9)))
    (core instance $i (instantiate $m))
    (func $n (result u32) (canon lift (core func $i "n")))
    (instance $bag (export "f" (func $n)))
    (component $empty)
    (instance $nested (export "bag" (instance $bag)) (export "empty" (component $empty)) (export "module" (core module $m)))
    (export "nested" (instance $nested)))
  (instance $i (instantiate $inner))
  (component $user
    (import "all" (instance $all
      (export "bag" (instance (export "f" (func (result u32)))))
      (export "empty" (component))
      (export "module" (core module (export "n" (func (result i32)))))))
    (instance $e (instantiate (component $all "empty")))
    (core instance $m (instantiate (module $all "module")))
    (func (export "n") (result u32) (canon lift (core func $m "n")))
    (alias export $all "bag" (instance $bag))
    (export "f" (func $bag "f")))
  (instance $u (instantiate $user (with "all" (instance $i "nested"))))
  (instance $again
    (export "bag" (instance $i "nested" "bag"))
    (export "empty" (component $i "nested" "empty"))
    (export "module" (core module $i "nested" "module"))
    (export "more" (func $u "n")))
  (instance $v (instantiate $user (with "all" (instance $again))))
  (export "f" (func $v "f"))
  (export "n" (func $u "n"))
  (export "deep:er/bag" (instance $i "nested" "bag")))
(assert_return (invoke "f") (u32.const 9))
(assert_return (invoke "n") (u32.const 9))
(assert_return (invoke "deep:er/bag#f") (u32.const 9))

;; An outer alias is what was defined until then.
(assert_invalid
  (component $A (component (alias outer 1 0 (component)) ) )
  "index out of bounds")
;; A resource does not cross the boundary of a component by an outer alias.
(assert_invalid
  (component $A (type $r (resource (rep i32))) (component (alias outer $A $r (type))))
  "refers to resources not defined in the current component")
