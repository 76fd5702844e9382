;; One directive fails: the last.
(component $adder
  (core module $m
    (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
    (func (export "fail") (unreachable))
  )
  (core instance $i (instantiate $m))
  (func (export "add") (param "a" u32) (param "b" u32) (result u32) (canon lift (core func $i "add")))
  (func (export "fail") (canon lift (core func $i "fail")))
  (export "m" (core module $m))
)
(assert_return (invoke "add" (u32.const 40) (u32.const 2)) (u32.const 42))
(assert_trap (invoke "fail") "unreachable")
(assert_trap (invoke "add" (u32.const 1) (u32.const 1)) "cannot enter component instance")
(assert_invalid (component (export "f" (func 0))) "unknown func")
(assert_unlinkable (component (import "nothing" (func))) "not found")

;; What a named instance exports can be imported.
(component
  (import "adder" (instance $adder
    (export "m" (core module $m (export "add" (func (param i32 i32) (result i32)))))
  ))
  (core instance $i (instantiate (module $adder "m")))
  (func (export "add") (param "a" u32) (param "b" u32) (result u32) (canon lift (core func $i "add")))
)
(assert_return (invoke "add" (u32.const 20) (u32.const 1)) (u32.const 21))

(component definition $host
  (import "host-return-two" (func $two (result u32)))
  (core func $two' (canon lower (func $two)))
  (func (export "two") (result u32) (canon lift (core func $two')))
)
(component instance $a $host)
(component instance $b $host)
(assert_return (invoke $a "two") (u32.const 2))
(assert_return (invoke $b "two") (u32.const 3))
