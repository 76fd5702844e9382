(component
  (core module $m
    (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
    (func (export "fail") unreachable))
  (core instance $i (instantiate $m))
  (func (export "add") (param "a" u32) (param "b" u32) (result u32) (canon lift (core func $i "add")))
  (func $fail (canon lift (core func $i "fail")))
  (instance $t (export "fail" (func $fail)))
  (export "acme:test/traps@1.0.0" (instance $t)))
