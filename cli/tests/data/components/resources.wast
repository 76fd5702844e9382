;; Resources: who defines them, by how many names they go, who may drop them.

;; One resource under two names is one type; each instance has types of its own.
(component $definer
  (type $r' (resource (rep i32)))
  (export $r "r" (type $r'))
  (export $same "same" (type $r))
  (core func $new (canon resource.new $r'))
  (core func $rep (canon resource.rep $r'))
  (core func $drop (canon resource.drop $r'))
  (core module $m
    (import "" "rep" (func $rep (param i32) (result i32)))
    (import "" "drop" (func $drop (param i32)))
    (func (export "take") (param i32) (result i32)
      (local $n i32)
      (local.set $n (call $rep (local.get 0)))
      (call $drop (local.get 0))
      (local.get $n))
    (func (export "peek") (param i32) (result i32) (local.get 0)))
  (core instance $i (instantiate $m (with "" (instance (export "rep" (func $rep)) (export "drop" (func $drop))))))
  (func (export "make") (param "n" u32) (result (own $r)) (canon lift (core func $new)))
  (func (export "take") (param "x" (own $same)) (result u32) (canon lift (core func $i "take")))
  (func (export "peek") (param "x" (borrow $r)) (result u32) (canon lift (core func $i "peek"))))
(component $user
  (import "definer" (instance $d
    (export "r" (type $r (sub resource)))
    (export "same" (type $same (eq $r)))
    (export "make" (func (param "n" u32) (result (own $r))))
    (export "take" (func (param "x" (own $same)) (result u32)))
    (export "peek" (func (param "x" (borrow $r)) (result u32)))))
  (alias export $d "same" (type $same))
  (core func $make (canon lower (func $d "make")))
  (core func $take (canon lower (func $d "take")))
  (core func $peek (canon lower (func $d "peek")))
  (core func $drop (canon resource.drop $same))
  (core module $m
    (import "" "make" (func $make (param i32) (result i32)))
    (import "" "take" (func $take (param i32) (result i32)))
    (import "" "peek" (func $peek (param i32) (result i32)))
    (import "" "drop" (func $drop (param i32)))
    (func (export "run") (param i32) (result i32)
      (local $x i32)
      (local.set $x (call $make (local.get 0)))
      (i32.add (call $peek (local.get $x)) (call $take (local.get $x))))
    ;; Indices are used again, the latest first.
    (func (export "indices") (result i32)
      (local $a i32) (local $b i32) (local $c i32)
      (local.set $a (call $make (i32.const 1)))
      (local.set $b (call $make (i32.const 2)))
      (local.set $c (call $make (i32.const 3)))
      (call $drop (local.get $b))
      (call $drop (local.get $a))
      (i32.add
        (i32.mul (i32.const 100) (call $make (i32.const 4)))
        (i32.add (i32.mul (i32.const 10) (call $make (i32.const 5))) (call $make (i32.const 6)))))
    (func (export "twice") (param i32)
      (call $drop (local.get 0))
      (call $drop (local.get 0))))
  (core instance $i (instantiate $m (with "" (instance
    (export "make" (func $make)) (export "take" (func $take)) (export "peek" (func $peek)) (export "drop" (func $drop))))))
  (func (export "run") (param "n" u32) (result u32) (canon lift (core func $i "run")))
  (func (export "indices") (result u32) (canon lift (core func $i "indices")))
  (func (export "twice") (param "n" u32) (canon lift (core func $i "twice"))))
(assert_return (invoke "run" (u32.const 21)) (u32.const 42))
(assert_return (invoke "indices") (u32.const 124))
(assert_trap (invoke "twice" (u32.const 3)) "unknown handle index 3")

;; Two instances of one component, in another: their types are two, also where functions cross.
(component $pair
  (component $C
    (type $r' (resource (rep i32)))
    (export $r "r" (type $r'))
    (core func $new (canon resource.new $r'))
    (core func $drop (canon resource.drop $r'))
    (func (export "make") (param "n" u32) (result (own $r)) (canon lift (core func $new)))
    (func (export "end") (param "x" (own $r)) (canon lift (core func $drop))))
  (instance $a (instantiate $C))
  (instance $b (instantiate $C))
  (export "a" (instance $a))
  (export "b" (instance $b)))
(component
  (import "pair" (instance $p
    (export "a" (instance
      (export "r" (type $r (sub resource)))
      (export "make" (func (param "n" u32) (result (own $r))))
      (export "end" (func (param "x" (own $r))))))
    (export "b" (instance
      (export "r" (type $r (sub resource)))
      (export "make" (func (param "n" u32) (result (own $r))))
      (export "end" (func (param "x" (own $r))))))))
  (core func $make-a (canon lower (func $p "a" "make")))
  (core func $end-a (canon lower (func $p "a" "end")))
  (core func $end-b (canon lower (func $p "b" "end")))
  (core module $m
    (import "" "make-a" (func $make-a (param i32) (result i32)))
    (import "" "end-a" (func $end-a (param i32)))
    (import "" "end-b" (func $end-b (param i32)))
    (func (export "right") (call $end-a (call $make-a (i32.const 1))))
    (func (export "wrong") (call $end-b (call $make-a (i32.const 1)))))
  (core instance $i (instantiate $m (with "" (instance
    (export "make-a" (func $make-a)) (export "end-a" (func $end-a)) (export "end-b" (func $end-b))))))
  (func (export "right") (canon lift (core func $i "right")))
  (func (export "wrong") (canon lift (core func $i "wrong"))))
(assert_return (invoke "right"))
(assert_trap (invoke "wrong") "handle index 1 used with the wrong type")
(assert_unlinkable
  (component
    (import "pair" (instance
      (export "a" (instance $a (export "r" (type (sub resource)))))
      (alias export $a "r" (type $r))
      (export "b" (instance (export "r" (type (eq $r))))))))
  "mismatched resource types")

;; Type imports by themselves: the bound `sub resource` takes any resource, `eq` the very one.
(component
  (component $C
    (import "r" (type $r (sub resource)))
    (import "s" (type $s (eq $r)))
    (import "make" (func $make (result (own $s))))
    (import "instance" (instance $i (export "t" (type $t (eq $r))) (export "take" (func (param "x" (own $t)) (result u32)))))
    (core func $make (canon lower (func $make)))
    (core func $take (canon lower (func $i "take")))
    (core module $m
      (import "" "make" (func $make (result i32)))
      (import "" "take" (func $take (param i32) (result i32)))
      (func (export "run") (result i32) (call $take (call $make))))
    (core instance $i (instantiate $m (with "" (instance (export "make" (func $make)) (export "take" (func $take))))))
    (func (export "run") (result u32) (canon lift (core func $i "run"))))
  (component $D
    (type $x' (resource (rep i32)))
    (export $x "x" (type $x'))
    (core func $new (canon resource.new $x'))
    (core func $rep (canon resource.rep $x'))
    (core module $m
      (import "" "new" (func $new (param i32) (result i32)))
      (func (export "make") (result i32) (call $new (i32.const 33))))
    (core instance $i (instantiate $m (with "" (instance (export "new" (func $new))))))
    (func (export "make") (result (own $x)) (canon lift (core func $i "make")))
    (func (export "take") (param "x" (own $x)) (result u32) (canon lift (core func $rep))))
  (instance $d (instantiate $D))
  (alias export $d "x" (type $x))
  (instance $bag (export "t" (type $x)) (export "take" (func $d "take")))
  (instance $c (instantiate $C
    (with "r" (type $x)) (with "s" (type $x)) (with "make" (func $d "make")) (with "instance" (instance $bag))))
  (export "run" (func $c "run")))
(assert_return (invoke "run") (u32.const 33))
(assert_invalid
  (component
    (component $C (import "r" (type $r (sub resource))) (import "s" (type (eq $r))))
    (type $x (resource (rep i32)))
    (type $y (resource (rep i32)))
    (instance (instantiate $C (with "r" (type $x)) (with "s" (type $y)))))
  "resource types are not the same")

;; Resources of the host: made, lent, dropped; through a nested component as well, each with handles of its own.
(component
  (import "host" (instance $host
    (export "resource1" (type $r (sub resource)))
    (export "resource1-again" (type $s (eq $r)))
    (export "[constructor]resource1" (func (param "r" u32) (result (own $r))))
    (export "[static]resource1.last-drop" (func (result u32)))
    (export "[static]resource1.drops" (func (result u32)))
    (export "[method]resource1.simple" (func (param "self" (borrow $r)) (param "rep" u32)))))
  (component $inner
    (import "host" (instance $host
      (export "resource1" (type $r (sub resource)))
      (export "[constructor]resource1" (func (param "r" u32) (result (own $r))))
      (export "[method]resource1.simple" (func (param "self" (borrow $r)) (param "rep" u32)))))
    (alias export $host "resource1" (type $r'))
    (export $r "page" (type $r'))
    (core func $new (canon lower (func $host "[constructor]resource1")))
    (core func $simple (canon lower (func $host "[method]resource1.simple")))
    (core func $drop (canon resource.drop $r))
    (core module $m
      (import "" "new" (func $new (param i32) (result i32)))
      (import "" "simple" (func $simple (param i32 i32)))
      (import "" "drop" (func $drop (param i32)))
      (func (export "make") (param i32) (result i32)
        (local $x i32)
        (local.set $x (call $new (local.get 0)))
        (call $simple (local.get $x) (local.get 0))
        (local.get $x))
      (func (export "look") (param i32 i32)
        (call $simple (local.get 0) (local.get 1))
        (call $drop (local.get 0)))
      (func (export "keep") (param i32 i32)))
    (core instance $i (instantiate $m (with "" (instance
      (export "new" (func $new)) (export "simple" (func $simple)) (export "drop" (func $drop))))))
    (func (export "make") (param "n" u32) (result (own $r)) (canon lift (core func $i "make")))
    (func (export "look") (param "x" (borrow $r)) (param "n" u32) (canon lift (core func $i "look")))
    (func (export "keep") (param "x" (borrow $r)) (param "n" u32) (canon lift (core func $i "keep"))))
  (instance $inner (instantiate $inner (with "host" (instance $host))))
  (alias export $inner "page" (type $page))
  (core func $make (canon lower (func $inner "make")))
  (core func $look (canon lower (func $inner "look")))
  (core func $keep (canon lower (func $inner "keep")))
  (core func $drop (canon resource.drop $page))
  (core func $drops (canon lower (func $host "[static]resource1.drops")))
  (core func $last (canon lower (func $host "[static]resource1.last-drop")))
  (core module $m
    (import "" "make" (func $make (param i32) (result i32)))
    (import "" "look" (func $look (param i32 i32)))
    (import "" "keep" (func $keep (param i32 i32)))
    (import "" "drop" (func $drop (param i32)))
    (import "" "drops" (func $drops (result i32)))
    (import "" "last" (func $last (result i32)))
    (func (export "run") (param i32) (result i32)
      (local $x i32)
      (local.set $x (call $make (local.get 0)))
      (call $look (local.get $x) (local.get 0))
      (call $look (local.get $x) (local.get 0))
      (call $drop (local.get $x))
      (if (i32.ne (call $drops) (i32.const 1)) (then (unreachable)))
      (call $last))
    (func (export "keeps")
      (call $keep (call $make (i32.const 5)) (i32.const 5))))
  (core instance $i (instantiate $m (with "" (instance
    (export "make" (func $make)) (export "look" (func $look)) (export "keep" (func $keep)) (export "drop" (func $drop))
    (export "drops" (func $drops)) (export "last" (func $last))))))
  (func (export "run") (param "n" u32) (result u32) (canon lift (core func $i "run")))
  (func (export "keeps") (canon lift (core func $i "keeps"))))
(assert_return (invoke "run" (u32.const 77)) (u32.const 77))
(assert_trap (invoke "keeps") "borrow handles still remain at the end of the call")
(assert_unlinkable
  (component (import "host" (instance
    (export "resource1" (type $a (sub resource)))
    (export "resource2" (type $b (sub resource)))
    (export "resource1-again" (type (eq $b))))))
  "mismatched resource types")
(assert_unlinkable
  (component (import "host" (instance
    (export "resource1" (type $r (sub resource)))
    (export "resource2" (type $a (sub resource)))
    (export "[static]resource1.assert" (func (param "r" (own $a)) (param "rep" u32))))))
  "mismatched resource types")

;; A lent handle is not dropped, nor given away, until the call returns.
(component
  (component $lender
    (type $r' (resource (rep i32)))
    (export $r "r" (type $r'))
    (core func $new (canon resource.new $r'))
    (func (export "make") (param "n" u32) (result (own $r)) (canon lift (core func $new))))
  (instance $l (instantiate $lender))
  (alias export $l "r" (type $r))
  (component $callee
    (import "r" (type $r (sub resource)))
    (import "back" (func $back))
    (core func $back (canon lower (func $back)))
    (core func $drop (canon resource.drop $r))
    (core module $m
      (import "" "back" (func $back))
      (import "" "drop" (func $drop (param i32)))
      (func (export "f") (param i32) (call $back) (call $drop (local.get 0))))
    (core instance $i (instantiate $m (with "" (instance (export "back" (func $back)) (export "drop" (func $drop))))))
    (func (export "f") (param "x" (borrow $r)) (canon lift (core func $i "f"))))
  ;; A function of this component for the one within: it drops what is lent.
  (core func $drop (canon resource.drop $r))
  (core func $make (canon lower (func $l "make")))
  (core module $state
    (import "" "make" (func $make (param i32) (result i32)))
    (import "" "drop" (func $drop (param i32)))
    (global $x (export "x") (mut i32) (i32.const 0))
    (func (export "start") (result i32) (global.set $x (call $make (i32.const 1))) (global.get $x))
    (func (export "back") (call $drop (global.get $x))))
  (core instance $state (instantiate $state (with "" (instance (export "make" (func $make)) (export "drop" (func $drop))))))
  (func $back (canon lift (core func $state "back")))
  (instance $callee (instantiate $callee (with "r" (type $r)) (with "back" (func $back))))
  (core func $f (canon lower (func $callee "f")))
  (core module $m
    (import "" "start" (func $start (result i32)))
    (import "" "f" (func $f (param i32)))
    (func (export "run") (call $f (call $start))))
  (core instance $i (instantiate $m (with "" (instance (export "start" (func $state "start")) (export "f" (func $f))))))
  (func (export "run") (canon lift (core func $i "run"))))
(assert_trap (invoke "run") "cannot remove handle index 1 while it is lent")
