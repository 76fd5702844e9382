;; A component of the world `greeter`: it logs the name and greets it.
(component
  (import "log" (func $log (param "line" string)))

  (core module $Memory
    (memory (export "memory") 1)
    (global $next (mut i32) (i32.const 1024))
    ;; Allocates from what has never been used; nothing is freed.
    (func (export "realloc") (param i32 i32 i32) (param $size i32) (result i32)
      global.get $next
      (global.set $next (i32.add (global.get $next) (local.get $size)))))
  (core instance $memory (instantiate $Memory))
  (core func $lowered (canon lower (func $log) (memory (core memory $memory "memory"))))

  (core module $Greeter
    (import "memory" "memory" (memory 1))
    (import "memory" "realloc" (func $realloc (param i32 i32 i32 i32) (result i32)))
    (import "host" "log" (func $log (param i32 i32)))
    (data (i32.const 16) "Hello, ")
    (func (export "greet") (param $name i32) (param $len i32) (result i32)
      (local $text i32)
      (call $log (local.get $name) (local.get $len))
      (local.set $text
        (call $realloc (i32.const 0) (i32.const 0) (i32.const 1) (i32.add (local.get $len) (i32.const 8))))
      (memory.copy (local.get $text) (i32.const 16) (i32.const 7))
      (memory.copy (i32.add (local.get $text) (i32.const 7)) (local.get $name) (local.get $len))
      (i32.store8 offset=7 (i32.add (local.get $text) (local.get $len)) (i32.const 33))
      ;; The result is a pointer and a length, at address 0.
      (i32.store (i32.const 0) (local.get $text))
      (i32.store (i32.const 4) (i32.add (local.get $len) (i32.const 8)))
      i32.const 0))
  (core instance $greeter (instantiate $Greeter
    (with "memory" (instance $memory))
    (with "host" (instance (export "log" (func $lowered))))))

  (func (export "greet") (param "name" string) (result string)
    (canon lift (core func $greeter "greet") (memory (core memory $memory "memory")) (realloc (core func $memory "realloc")))))
