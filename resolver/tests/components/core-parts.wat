;; What is inside does not matter; imports of modules and components are no part of a world.
(component
  (import "m" (core module $m (export "f" (func))))
  (import "c" (component))
  (core instance $i (instantiate $m))
  (core module $n (func (export "run") (result i32) i32.const 1))
  (core instance $j (instantiate $n))
  (component $inner (import "hidden" (func)))
  (func $run (result u32) (canon lift (core func $j "run")))
  (export "run" (func $run))
)
