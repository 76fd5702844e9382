;; Strings between every two encodings, from the host to a guest, to another guest, and back.
;; utf8 calls utf8.
(component
  (component $inner
    (core module $m
    (memory (export "memory") 2)
    (global $next (mut i32) (i32.const 1024))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (local $at i32)
      (local.set $at (i32.and (i32.add (global.get $next) (i32.sub (local.get 2) (i32.const 1))) (i32.sub (i32.const 0) (local.get 2))))
      (memory.copy (local.get $at) (local.get 0) (select (local.get 1) (local.get 3) (i32.lt_u (local.get 1) (local.get 3))))
      (global.set $next (i32.add (local.get $at) (local.get 3)))
      (local.get $at))
    (func (export "echo") (param i32 i32) (result i32)
      (i32.store (i32.const 16) (local.get 0)) (i32.store (i32.const 20) (local.get 1)) (i32.const 16)))
    (core instance $i (instantiate $m))
    (func (export "echo") (param "s" string) (result string) (canon lift (core func $i "echo")
      (memory (core memory $i "memory")) (realloc (core func $i "realloc")) string-encoding=utf8)))
  (instance $inner (instantiate $inner))
  (core module $memory
    (memory (export "memory") 2)
    (global $next (mut i32) (i32.const 1024))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (local $at i32)
      (local.set $at (i32.and (i32.add (global.get $next) (i32.sub (local.get 2) (i32.const 1))) (i32.sub (i32.const 0) (local.get 2))))
      (memory.copy (local.get $at) (local.get 0) (select (local.get 1) (local.get 3) (i32.lt_u (local.get 1) (local.get 3))))
      (global.set $next (i32.add (local.get $at) (local.get 3)))
      (local.get $at)))
  (core instance $memory (instantiate $memory))
  (core func $echo (canon lower (func $inner "echo") (memory (core memory $memory "memory"))
    (realloc (core func $memory "realloc")) string-encoding=utf8))
  (core module $m
    (import "" "echo" (func $echo (param i32 i32 i32)))
    (func (export "run") (param i32 i32) (result i32) (call $echo (local.get 0) (local.get 1) (i32.const 32)) (i32.const 32)))
  (core instance $i (instantiate $m (with "" (instance (export "echo" (func $echo))))))
  (func (export "run") (param "s" string) (result string) (canon lift (core func $i "run")
    (memory (core memory $memory "memory")) (realloc (core func $memory "realloc")) string-encoding=utf8)))
(assert_return (invoke "run" (str.const "")) (str.const "")) ;; nothing
(assert_return (invoke "run" (str.const "plain")) (str.const "plain")) ;; ASCII
(assert_return (invoke "run" (str.const "ÿ\u{80}é")) (str.const "ÿ\u{80}é")) ;; the ends of latin1
(assert_return (invoke "run" (str.const "ÿĀ")) (str.const "ÿĀ")) ;; latin1, then just beyond
(assert_return (invoke "run" (str.const "aé☃b")) (str.const "aé☃b")) ;; one beyond latin1 in the middle
(assert_return (invoke "run" (str.const "\u{7f}\u{80}\u{7ff}\u{800}\u{ffff}")) (str.const "\u{7f}\u{80}\u{7ff}\u{800}\u{ffff}")) ;; where UTF-8 grows by a byte
(assert_return (invoke "run" (str.const "\u{d7ff}\u{e000}\u{10000}\u{10ffff}")) (str.const "\u{d7ff}\u{e000}\u{10000}\u{10ffff}")) ;; around the surrogates, and beyond the first plane
(assert_return (invoke "run" (str.const "🦀é🦀x")) (str.const "🦀é🦀x")) ;; surrogate pairs among others
(assert_return (invoke "run" (str.const "éééééééééééééééééééééééééééééééééééééééé☃éééééééééééééééééééééééééééééééééééééééé")) (str.const "éééééééééééééééééééééééééééééééééééééééé☃éééééééééééééééééééééééééééééééééééééééé")) ;; inflated after many
(assert_return (invoke "run" (str.const "abcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabc")) (str.const "abcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabc")) ;; long ASCII
;; utf16 calls utf8.
(component
  (component $inner
    (core module $m
    (memory (export "memory") 2)
    (global $next (mut i32) (i32.const 1024))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (local $at i32)
      (local.set $at (i32.and (i32.add (global.get $next) (i32.sub (local.get 2) (i32.const 1))) (i32.sub (i32.const 0) (local.get 2))))
      (memory.copy (local.get $at) (local.get 0) (select (local.get 1) (local.get 3) (i32.lt_u (local.get 1) (local.get 3))))
      (global.set $next (i32.add (local.get $at) (local.get 3)))
      (local.get $at))
    (func (export "echo") (param i32 i32) (result i32)
      (i32.store (i32.const 16) (local.get 0)) (i32.store (i32.const 20) (local.get 1)) (i32.const 16)))
    (core instance $i (instantiate $m))
    (func (export "echo") (param "s" string) (result string) (canon lift (core func $i "echo")
      (memory (core memory $i "memory")) (realloc (core func $i "realloc")) string-encoding=utf8)))
  (instance $inner (instantiate $inner))
  (core module $memory
    (memory (export "memory") 2)
    (global $next (mut i32) (i32.const 1024))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (local $at i32)
      (local.set $at (i32.and (i32.add (global.get $next) (i32.sub (local.get 2) (i32.const 1))) (i32.sub (i32.const 0) (local.get 2))))
      (memory.copy (local.get $at) (local.get 0) (select (local.get 1) (local.get 3) (i32.lt_u (local.get 1) (local.get 3))))
      (global.set $next (i32.add (local.get $at) (local.get 3)))
      (local.get $at)))
  (core instance $memory (instantiate $memory))
  (core func $echo (canon lower (func $inner "echo") (memory (core memory $memory "memory"))
    (realloc (core func $memory "realloc")) string-encoding=utf16))
  (core module $m
    (import "" "echo" (func $echo (param i32 i32 i32)))
    (func (export "run") (param i32 i32) (result i32) (call $echo (local.get 0) (local.get 1) (i32.const 32)) (i32.const 32)))
  (core instance $i (instantiate $m (with "" (instance (export "echo" (func $echo))))))
  (func (export "run") (param "s" string) (result string) (canon lift (core func $i "run")
    (memory (core memory $memory "memory")) (realloc (core func $memory "realloc")) string-encoding=utf16)))
(assert_return (invoke "run" (str.const "")) (str.const "")) ;; nothing
(assert_return (invoke "run" (str.const "plain")) (str.const "plain")) ;; ASCII
(assert_return (invoke "run" (str.const "ÿ\u{80}é")) (str.const "ÿ\u{80}é")) ;; the ends of latin1
(assert_return (invoke "run" (str.const "ÿĀ")) (str.const "ÿĀ")) ;; latin1, then just beyond
(assert_return (invoke "run" (str.const "aé☃b")) (str.const "aé☃b")) ;; one beyond latin1 in the middle
(assert_return (invoke "run" (str.const "\u{7f}\u{80}\u{7ff}\u{800}\u{ffff}")) (str.const "\u{7f}\u{80}\u{7ff}\u{800}\u{ffff}")) ;; where UTF-8 grows by a byte
(assert_return (invoke "run" (str.const "\u{d7ff}\u{e000}\u{10000}\u{10ffff}")) (str.const "\u{d7ff}\u{e000}\u{10000}\u{10ffff}")) ;; around the surrogates, and beyond the first plane
(assert_return (invoke "run" (str.const "🦀é🦀x")) (str.const "🦀é🦀x")) ;; surrogate pairs among others
(assert_return (invoke "run" (str.const "éééééééééééééééééééééééééééééééééééééééé☃éééééééééééééééééééééééééééééééééééééééé")) (str.const "éééééééééééééééééééééééééééééééééééééééé☃éééééééééééééééééééééééééééééééééééééééé")) ;; inflated after many
(assert_return (invoke "run" (str.const "abcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabc")) (str.const "abcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabc")) ;; long ASCII
;; latin1+utf16 calls utf8.
(component
  (component $inner
    (core module $m
    (memory (export "memory") 2)
    (global $next (mut i32) (i32.const 1024))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (local $at i32)
      (local.set $at (i32.and (i32.add (global.get $next) (i32.sub (local.get 2) (i32.const 1))) (i32.sub (i32.const 0) (local.get 2))))
      (memory.copy (local.get $at) (local.get 0) (select (local.get 1) (local.get 3) (i32.lt_u (local.get 1) (local.get 3))))
      (global.set $next (i32.add (local.get $at) (local.get 3)))
      (local.get $at))
    (func (export "echo") (param i32 i32) (result i32)
      (i32.store (i32.const 16) (local.get 0)) (i32.store (i32.const 20) (local.get 1)) (i32.const 16)))
    (core instance $i (instantiate $m))
    (func (export "echo") (param "s" string) (result string) (canon lift (core func $i "echo")
      (memory (core memory $i "memory")) (realloc (core func $i "realloc")) string-encoding=utf8)))
  (instance $inner (instantiate $inner))
  (core module $memory
    (memory (export "memory") 2)
    (global $next (mut i32) (i32.const 1024))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (local $at i32)
      (local.set $at (i32.and (i32.add (global.get $next) (i32.sub (local.get 2) (i32.const 1))) (i32.sub (i32.const 0) (local.get 2))))
      (memory.copy (local.get $at) (local.get 0) (select (local.get 1) (local.get 3) (i32.lt_u (local.get 1) (local.get 3))))
      (global.set $next (i32.add (local.get $at) (local.get 3)))
      (local.get $at)))
  (core instance $memory (instantiate $memory))
  (core func $echo (canon lower (func $inner "echo") (memory (core memory $memory "memory"))
    (realloc (core func $memory "realloc")) string-encoding=latin1+utf16))
  (core module $m
    (import "" "echo" (func $echo (param i32 i32 i32)))
    (func (export "run") (param i32 i32) (result i32) (call $echo (local.get 0) (local.get 1) (i32.const 32)) (i32.const 32)))
  (core instance $i (instantiate $m (with "" (instance (export "echo" (func $echo))))))
  (func (export "run") (param "s" string) (result string) (canon lift (core func $i "run")
    (memory (core memory $memory "memory")) (realloc (core func $memory "realloc")) string-encoding=latin1+utf16)))
(assert_return (invoke "run" (str.const "")) (str.const "")) ;; nothing
(assert_return (invoke "run" (str.const "plain")) (str.const "plain")) ;; ASCII
(assert_return (invoke "run" (str.const "ÿ\u{80}é")) (str.const "ÿ\u{80}é")) ;; the ends of latin1
(assert_return (invoke "run" (str.const "ÿĀ")) (str.const "ÿĀ")) ;; latin1, then just beyond
(assert_return (invoke "run" (str.const "aé☃b")) (str.const "aé☃b")) ;; one beyond latin1 in the middle
(assert_return (invoke "run" (str.const "\u{7f}\u{80}\u{7ff}\u{800}\u{ffff}")) (str.const "\u{7f}\u{80}\u{7ff}\u{800}\u{ffff}")) ;; where UTF-8 grows by a byte
(assert_return (invoke "run" (str.const "\u{d7ff}\u{e000}\u{10000}\u{10ffff}")) (str.const "\u{d7ff}\u{e000}\u{10000}\u{10ffff}")) ;; around the surrogates, and beyond the first plane
(assert_return (invoke "run" (str.const "🦀é🦀x")) (str.const "🦀é🦀x")) ;; surrogate pairs among others
(assert_return (invoke "run" (str.const "éééééééééééééééééééééééééééééééééééééééé☃éééééééééééééééééééééééééééééééééééééééé")) (str.const "éééééééééééééééééééééééééééééééééééééééé☃éééééééééééééééééééééééééééééééééééééééé")) ;; inflated after many
(assert_return (invoke "run" (str.const "abcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabc")) (str.const "abcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabc")) ;; long ASCII
;; utf8 calls utf16.
(component
  (component $inner
    (core module $m
    (memory (export "memory") 2)
    (global $next (mut i32) (i32.const 1024))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (local $at i32)
      (local.set $at (i32.and (i32.add (global.get $next) (i32.sub (local.get 2) (i32.const 1))) (i32.sub (i32.const 0) (local.get 2))))
      (memory.copy (local.get $at) (local.get 0) (select (local.get 1) (local.get 3) (i32.lt_u (local.get 1) (local.get 3))))
      (global.set $next (i32.add (local.get $at) (local.get 3)))
      (local.get $at))
    (func (export "echo") (param i32 i32) (result i32)
      (i32.store (i32.const 16) (local.get 0)) (i32.store (i32.const 20) (local.get 1)) (i32.const 16)))
    (core instance $i (instantiate $m))
    (func (export "echo") (param "s" string) (result string) (canon lift (core func $i "echo")
      (memory (core memory $i "memory")) (realloc (core func $i "realloc")) string-encoding=utf16)))
  (instance $inner (instantiate $inner))
  (core module $memory
    (memory (export "memory") 2)
    (global $next (mut i32) (i32.const 1024))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (local $at i32)
      (local.set $at (i32.and (i32.add (global.get $next) (i32.sub (local.get 2) (i32.const 1))) (i32.sub (i32.const 0) (local.get 2))))
      (memory.copy (local.get $at) (local.get 0) (select (local.get 1) (local.get 3) (i32.lt_u (local.get 1) (local.get 3))))
      (global.set $next (i32.add (local.get $at) (local.get 3)))
      (local.get $at)))
  (core instance $memory (instantiate $memory))
  (core func $echo (canon lower (func $inner "echo") (memory (core memory $memory "memory"))
    (realloc (core func $memory "realloc")) string-encoding=utf8))
  (core module $m
    (import "" "echo" (func $echo (param i32 i32 i32)))
    (func (export "run") (param i32 i32) (result i32) (call $echo (local.get 0) (local.get 1) (i32.const 32)) (i32.const 32)))
  (core instance $i (instantiate $m (with "" (instance (export "echo" (func $echo))))))
  (func (export "run") (param "s" string) (result string) (canon lift (core func $i "run")
    (memory (core memory $memory "memory")) (realloc (core func $memory "realloc")) string-encoding=utf8)))
(assert_return (invoke "run" (str.const "")) (str.const "")) ;; nothing
(assert_return (invoke "run" (str.const "plain")) (str.const "plain")) ;; ASCII
(assert_return (invoke "run" (str.const "ÿ\u{80}é")) (str.const "ÿ\u{80}é")) ;; the ends of latin1
(assert_return (invoke "run" (str.const "ÿĀ")) (str.const "ÿĀ")) ;; latin1, then just beyond
(assert_return (invoke "run" (str.const "aé☃b")) (str.const "aé☃b")) ;; one beyond latin1 in the middle
(assert_return (invoke "run" (str.const "\u{7f}\u{80}\u{7ff}\u{800}\u{ffff}")) (str.const "\u{7f}\u{80}\u{7ff}\u{800}\u{ffff}")) ;; where UTF-8 grows by a byte
(assert_return (invoke "run" (str.const "\u{d7ff}\u{e000}\u{10000}\u{10ffff}")) (str.const "\u{d7ff}\u{e000}\u{10000}\u{10ffff}")) ;; around the surrogates, and beyond the first plane
(assert_return (invoke "run" (str.const "🦀é🦀x")) (str.const "🦀é🦀x")) ;; surrogate pairs among others
(assert_return (invoke "run" (str.const "éééééééééééééééééééééééééééééééééééééééé☃éééééééééééééééééééééééééééééééééééééééé")) (str.const "éééééééééééééééééééééééééééééééééééééééé☃éééééééééééééééééééééééééééééééééééééééé")) ;; inflated after many
(assert_return (invoke "run" (str.const "abcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabc")) (str.const "abcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabc")) ;; long ASCII
;; utf16 calls utf16.
(component
  (component $inner
    (core module $m
    (memory (export "memory") 2)
    (global $next (mut i32) (i32.const 1024))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (local $at i32)
      (local.set $at (i32.and (i32.add (global.get $next) (i32.sub (local.get 2) (i32.const 1))) (i32.sub (i32.const 0) (local.get 2))))
      (memory.copy (local.get $at) (local.get 0) (select (local.get 1) (local.get 3) (i32.lt_u (local.get 1) (local.get 3))))
      (global.set $next (i32.add (local.get $at) (local.get 3)))
      (local.get $at))
    (func (export "echo") (param i32 i32) (result i32)
      (i32.store (i32.const 16) (local.get 0)) (i32.store (i32.const 20) (local.get 1)) (i32.const 16)))
    (core instance $i (instantiate $m))
    (func (export "echo") (param "s" string) (result string) (canon lift (core func $i "echo")
      (memory (core memory $i "memory")) (realloc (core func $i "realloc")) string-encoding=utf16)))
  (instance $inner (instantiate $inner))
  (core module $memory
    (memory (export "memory") 2)
    (global $next (mut i32) (i32.const 1024))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (local $at i32)
      (local.set $at (i32.and (i32.add (global.get $next) (i32.sub (local.get 2) (i32.const 1))) (i32.sub (i32.const 0) (local.get 2))))
      (memory.copy (local.get $at) (local.get 0) (select (local.get 1) (local.get 3) (i32.lt_u (local.get 1) (local.get 3))))
      (global.set $next (i32.add (local.get $at) (local.get 3)))
      (local.get $at)))
  (core instance $memory (instantiate $memory))
  (core func $echo (canon lower (func $inner "echo") (memory (core memory $memory "memory"))
    (realloc (core func $memory "realloc")) string-encoding=utf16))
  (core module $m
    (import "" "echo" (func $echo (param i32 i32 i32)))
    (func (export "run") (param i32 i32) (result i32) (call $echo (local.get 0) (local.get 1) (i32.const 32)) (i32.const 32)))
  (core instance $i (instantiate $m (with "" (instance (export "echo" (func $echo))))))
  (func (export "run") (param "s" string) (result string) (canon lift (core func $i "run")
    (memory (core memory $memory "memory")) (realloc (core func $memory "realloc")) string-encoding=utf16)))
(assert_return (invoke "run" (str.const "")) (str.const "")) ;; nothing
(assert_return (invoke "run" (str.const "plain")) (str.const "plain")) ;; ASCII
(assert_return (invoke "run" (str.const "ÿ\u{80}é")) (str.const "ÿ\u{80}é")) ;; the ends of latin1
(assert_return (invoke "run" (str.const "ÿĀ")) (str.const "ÿĀ")) ;; latin1, then just beyond
(assert_return (invoke "run" (str.const "aé☃b")) (str.const "aé☃b")) ;; one beyond latin1 in the middle
(assert_return (invoke "run" (str.const "\u{7f}\u{80}\u{7ff}\u{800}\u{ffff}")) (str.const "\u{7f}\u{80}\u{7ff}\u{800}\u{ffff}")) ;; where UTF-8 grows by a byte
(assert_return (invoke "run" (str.const "\u{d7ff}\u{e000}\u{10000}\u{10ffff}")) (str.const "\u{d7ff}\u{e000}\u{10000}\u{10ffff}")) ;; around the surrogates, and beyond the first plane
(assert_return (invoke "run" (str.const "🦀é🦀x")) (str.const "🦀é🦀x")) ;; surrogate pairs among others
(assert_return (invoke "run" (str.const "éééééééééééééééééééééééééééééééééééééééé☃éééééééééééééééééééééééééééééééééééééééé")) (str.const "éééééééééééééééééééééééééééééééééééééééé☃éééééééééééééééééééééééééééééééééééééééé")) ;; inflated after many
(assert_return (invoke "run" (str.const "abcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabc")) (str.const "abcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabc")) ;; long ASCII
;; latin1+utf16 calls utf16.
(component
  (component $inner
    (core module $m
    (memory (export "memory") 2)
    (global $next (mut i32) (i32.const 1024))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (local $at i32)
      (local.set $at (i32.and (i32.add (global.get $next) (i32.sub (local.get 2) (i32.const 1))) (i32.sub (i32.const 0) (local.get 2))))
      (memory.copy (local.get $at) (local.get 0) (select (local.get 1) (local.get 3) (i32.lt_u (local.get 1) (local.get 3))))
      (global.set $next (i32.add (local.get $at) (local.get 3)))
      (local.get $at))
    (func (export "echo") (param i32 i32) (result i32)
      (i32.store (i32.const 16) (local.get 0)) (i32.store (i32.const 20) (local.get 1)) (i32.const 16)))
    (core instance $i (instantiate $m))
    (func (export "echo") (param "s" string) (result string) (canon lift (core func $i "echo")
      (memory (core memory $i "memory")) (realloc (core func $i "realloc")) string-encoding=utf16)))
  (instance $inner (instantiate $inner))
  (core module $memory
    (memory (export "memory") 2)
    (global $next (mut i32) (i32.const 1024))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (local $at i32)
      (local.set $at (i32.and (i32.add (global.get $next) (i32.sub (local.get 2) (i32.const 1))) (i32.sub (i32.const 0) (local.get 2))))
      (memory.copy (local.get $at) (local.get 0) (select (local.get 1) (local.get 3) (i32.lt_u (local.get 1) (local.get 3))))
      (global.set $next (i32.add (local.get $at) (local.get 3)))
      (local.get $at)))
  (core instance $memory (instantiate $memory))
  (core func $echo (canon lower (func $inner "echo") (memory (core memory $memory "memory"))
    (realloc (core func $memory "realloc")) string-encoding=latin1+utf16))
  (core module $m
    (import "" "echo" (func $echo (param i32 i32 i32)))
    (func (export "run") (param i32 i32) (result i32) (call $echo (local.get 0) (local.get 1) (i32.const 32)) (i32.const 32)))
  (core instance $i (instantiate $m (with "" (instance (export "echo" (func $echo))))))
  (func (export "run") (param "s" string) (result string) (canon lift (core func $i "run")
    (memory (core memory $memory "memory")) (realloc (core func $memory "realloc")) string-encoding=latin1+utf16)))
(assert_return (invoke "run" (str.const "")) (str.const "")) ;; nothing
(assert_return (invoke "run" (str.const "plain")) (str.const "plain")) ;; ASCII
(assert_return (invoke "run" (str.const "ÿ\u{80}é")) (str.const "ÿ\u{80}é")) ;; the ends of latin1
(assert_return (invoke "run" (str.const "ÿĀ")) (str.const "ÿĀ")) ;; latin1, then just beyond
(assert_return (invoke "run" (str.const "aé☃b")) (str.const "aé☃b")) ;; one beyond latin1 in the middle
(assert_return (invoke "run" (str.const "\u{7f}\u{80}\u{7ff}\u{800}\u{ffff}")) (str.const "\u{7f}\u{80}\u{7ff}\u{800}\u{ffff}")) ;; where UTF-8 grows by a byte
(assert_return (invoke "run" (str.const "\u{d7ff}\u{e000}\u{10000}\u{10ffff}")) (str.const "\u{d7ff}\u{e000}\u{10000}\u{10ffff}")) ;; around the surrogates, and beyond the first plane
(assert_return (invoke "run" (str.const "🦀é🦀x")) (str.const "🦀é🦀x")) ;; surrogate pairs among others
(assert_return (invoke "run" (str.const "éééééééééééééééééééééééééééééééééééééééé☃éééééééééééééééééééééééééééééééééééééééé")) (str.const "éééééééééééééééééééééééééééééééééééééééé☃éééééééééééééééééééééééééééééééééééééééé")) ;; inflated after many
(assert_return (invoke "run" (str.const "abcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabc")) (str.const "abcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabc")) ;; long ASCII
;; utf8 calls latin1+utf16.
(component
  (component $inner
    (core module $m
    (memory (export "memory") 2)
    (global $next (mut i32) (i32.const 1024))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (local $at i32)
      (local.set $at (i32.and (i32.add (global.get $next) (i32.sub (local.get 2) (i32.const 1))) (i32.sub (i32.const 0) (local.get 2))))
      (memory.copy (local.get $at) (local.get 0) (select (local.get 1) (local.get 3) (i32.lt_u (local.get 1) (local.get 3))))
      (global.set $next (i32.add (local.get $at) (local.get 3)))
      (local.get $at))
    (func (export "echo") (param i32 i32) (result i32)
      (i32.store (i32.const 16) (local.get 0)) (i32.store (i32.const 20) (local.get 1)) (i32.const 16)))
    (core instance $i (instantiate $m))
    (func (export "echo") (param "s" string) (result string) (canon lift (core func $i "echo")
      (memory (core memory $i "memory")) (realloc (core func $i "realloc")) string-encoding=latin1+utf16)))
  (instance $inner (instantiate $inner))
  (core module $memory
    (memory (export "memory") 2)
    (global $next (mut i32) (i32.const 1024))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (local $at i32)
      (local.set $at (i32.and (i32.add (global.get $next) (i32.sub (local.get 2) (i32.const 1))) (i32.sub (i32.const 0) (local.get 2))))
      (memory.copy (local.get $at) (local.get 0) (select (local.get 1) (local.get 3) (i32.lt_u (local.get 1) (local.get 3))))
      (global.set $next (i32.add (local.get $at) (local.get 3)))
      (local.get $at)))
  (core instance $memory (instantiate $memory))
  (core func $echo (canon lower (func $inner "echo") (memory (core memory $memory "memory"))
    (realloc (core func $memory "realloc")) string-encoding=utf8))
  (core module $m
    (import "" "echo" (func $echo (param i32 i32 i32)))
    (func (export "run") (param i32 i32) (result i32) (call $echo (local.get 0) (local.get 1) (i32.const 32)) (i32.const 32)))
  (core instance $i (instantiate $m (with "" (instance (export "echo" (func $echo))))))
  (func (export "run") (param "s" string) (result string) (canon lift (core func $i "run")
    (memory (core memory $memory "memory")) (realloc (core func $memory "realloc")) string-encoding=utf8)))
(assert_return (invoke "run" (str.const "")) (str.const "")) ;; nothing
(assert_return (invoke "run" (str.const "plain")) (str.const "plain")) ;; ASCII
(assert_return (invoke "run" (str.const "ÿ\u{80}é")) (str.const "ÿ\u{80}é")) ;; the ends of latin1
(assert_return (invoke "run" (str.const "ÿĀ")) (str.const "ÿĀ")) ;; latin1, then just beyond
(assert_return (invoke "run" (str.const "aé☃b")) (str.const "aé☃b")) ;; one beyond latin1 in the middle
(assert_return (invoke "run" (str.const "\u{7f}\u{80}\u{7ff}\u{800}\u{ffff}")) (str.const "\u{7f}\u{80}\u{7ff}\u{800}\u{ffff}")) ;; where UTF-8 grows by a byte
(assert_return (invoke "run" (str.const "\u{d7ff}\u{e000}\u{10000}\u{10ffff}")) (str.const "\u{d7ff}\u{e000}\u{10000}\u{10ffff}")) ;; around the surrogates, and beyond the first plane
(assert_return (invoke "run" (str.const "🦀é🦀x")) (str.const "🦀é🦀x")) ;; surrogate pairs among others
(assert_return (invoke "run" (str.const "éééééééééééééééééééééééééééééééééééééééé☃éééééééééééééééééééééééééééééééééééééééé")) (str.const "éééééééééééééééééééééééééééééééééééééééé☃éééééééééééééééééééééééééééééééééééééééé")) ;; inflated after many
(assert_return (invoke "run" (str.const "abcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabc")) (str.const "abcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabc")) ;; long ASCII
;; utf16 calls latin1+utf16.
(component
  (component $inner
    (core module $m
    (memory (export "memory") 2)
    (global $next (mut i32) (i32.const 1024))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (local $at i32)
      (local.set $at (i32.and (i32.add (global.get $next) (i32.sub (local.get 2) (i32.const 1))) (i32.sub (i32.const 0) (local.get 2))))
      (memory.copy (local.get $at) (local.get 0) (select (local.get 1) (local.get 3) (i32.lt_u (local.get 1) (local.get 3))))
      (global.set $next (i32.add (local.get $at) (local.get 3)))
      (local.get $at))
    (func (export "echo") (param i32 i32) (result i32)
      (i32.store (i32.const 16) (local.get 0)) (i32.store (i32.const 20) (local.get 1)) (i32.const 16)))
    (core instance $i (instantiate $m))
    (func (export "echo") (param "s" string) (result string) (canon lift (core func $i "echo")
      (memory (core memory $i "memory")) (realloc (core func $i "realloc")) string-encoding=latin1+utf16)))
  (instance $inner (instantiate $inner))
  (core module $memory
    (memory (export "memory") 2)
    (global $next (mut i32) (i32.const 1024))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (local $at i32)
      (local.set $at (i32.and (i32.add (global.get $next) (i32.sub (local.get 2) (i32.const 1))) (i32.sub (i32.const 0) (local.get 2))))
      (memory.copy (local.get $at) (local.get 0) (select (local.get 1) (local.get 3) (i32.lt_u (local.get 1) (local.get 3))))
      (global.set $next (i32.add (local.get $at) (local.get 3)))
      (local.get $at)))
  (core instance $memory (instantiate $memory))
  (core func $echo (canon lower (func $inner "echo") (memory (core memory $memory "memory"))
    (realloc (core func $memory "realloc")) string-encoding=utf16))
  (core module $m
    (import "" "echo" (func $echo (param i32 i32 i32)))
    (func (export "run") (param i32 i32) (result i32) (call $echo (local.get 0) (local.get 1) (i32.const 32)) (i32.const 32)))
  (core instance $i (instantiate $m (with "" (instance (export "echo" (func $echo))))))
  (func (export "run") (param "s" string) (result string) (canon lift (core func $i "run")
    (memory (core memory $memory "memory")) (realloc (core func $memory "realloc")) string-encoding=utf16)))
(assert_return (invoke "run" (str.const "")) (str.const "")) ;; nothing
(assert_return (invoke "run" (str.const "plain")) (str.const "plain")) ;; ASCII
(assert_return (invoke "run" (str.const "ÿ\u{80}é")) (str.const "ÿ\u{80}é")) ;; the ends of latin1
(assert_return (invoke "run" (str.const "ÿĀ")) (str.const "ÿĀ")) ;; latin1, then just beyond
(assert_return (invoke "run" (str.const "aé☃b")) (str.const "aé☃b")) ;; one beyond latin1 in the middle
(assert_return (invoke "run" (str.const "\u{7f}\u{80}\u{7ff}\u{800}\u{ffff}")) (str.const "\u{7f}\u{80}\u{7ff}\u{800}\u{ffff}")) ;; where UTF-8 grows by a byte
(assert_return (invoke "run" (str.const "\u{d7ff}\u{e000}\u{10000}\u{10ffff}")) (str.const "\u{d7ff}\u{e000}\u{10000}\u{10ffff}")) ;; around the surrogates, and beyond the first plane
(assert_return (invoke "run" (str.const "🦀é🦀x")) (str.const "🦀é🦀x")) ;; surrogate pairs among others
(assert_return (invoke "run" (str.const "éééééééééééééééééééééééééééééééééééééééé☃éééééééééééééééééééééééééééééééééééééééé")) (str.const "éééééééééééééééééééééééééééééééééééééééé☃éééééééééééééééééééééééééééééééééééééééé")) ;; inflated after many
(assert_return (invoke "run" (str.const "abcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabc")) (str.const "abcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabc")) ;; long ASCII
;; latin1+utf16 calls latin1+utf16.
(component
  (component $inner
    (core module $m
    (memory (export "memory") 2)
    (global $next (mut i32) (i32.const 1024))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (local $at i32)
      (local.set $at (i32.and (i32.add (global.get $next) (i32.sub (local.get 2) (i32.const 1))) (i32.sub (i32.const 0) (local.get 2))))
      (memory.copy (local.get $at) (local.get 0) (select (local.get 1) (local.get 3) (i32.lt_u (local.get 1) (local.get 3))))
      (global.set $next (i32.add (local.get $at) (local.get 3)))
      (local.get $at))
    (func (export "echo") (param i32 i32) (result i32)
      (i32.store (i32.const 16) (local.get 0)) (i32.store (i32.const 20) (local.get 1)) (i32.const 16)))
    (core instance $i (instantiate $m))
    (func (export "echo") (param "s" string) (result string) (canon lift (core func $i "echo")
      (memory (core memory $i "memory")) (realloc (core func $i "realloc")) string-encoding=latin1+utf16)))
  (instance $inner (instantiate $inner))
  (core module $memory
    (memory (export "memory") 2)
    (global $next (mut i32) (i32.const 1024))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (local $at i32)
      (local.set $at (i32.and (i32.add (global.get $next) (i32.sub (local.get 2) (i32.const 1))) (i32.sub (i32.const 0) (local.get 2))))
      (memory.copy (local.get $at) (local.get 0) (select (local.get 1) (local.get 3) (i32.lt_u (local.get 1) (local.get 3))))
      (global.set $next (i32.add (local.get $at) (local.get 3)))
      (local.get $at)))
  (core instance $memory (instantiate $memory))
  (core func $echo (canon lower (func $inner "echo") (memory (core memory $memory "memory"))
    (realloc (core func $memory "realloc")) string-encoding=latin1+utf16))
  (core module $m
    (import "" "echo" (func $echo (param i32 i32 i32)))
    (func (export "run") (param i32 i32) (result i32) (call $echo (local.get 0) (local.get 1) (i32.const 32)) (i32.const 32)))
  (core instance $i (instantiate $m (with "" (instance (export "echo" (func $echo))))))
  (func (export "run") (param "s" string) (result string) (canon lift (core func $i "run")
    (memory (core memory $memory "memory")) (realloc (core func $memory "realloc")) string-encoding=latin1+utf16)))
(assert_return (invoke "run" (str.const "")) (str.const "")) ;; nothing
(assert_return (invoke "run" (str.const "plain")) (str.const "plain")) ;; ASCII
(assert_return (invoke "run" (str.const "ÿ\u{80}é")) (str.const "ÿ\u{80}é")) ;; the ends of latin1
(assert_return (invoke "run" (str.const "ÿĀ")) (str.const "ÿĀ")) ;; latin1, then just beyond
(assert_return (invoke "run" (str.const "aé☃b")) (str.const "aé☃b")) ;; one beyond latin1 in the middle
(assert_return (invoke "run" (str.const "\u{7f}\u{80}\u{7ff}\u{800}\u{ffff}")) (str.const "\u{7f}\u{80}\u{7ff}\u{800}\u{ffff}")) ;; where UTF-8 grows by a byte
(assert_return (invoke "run" (str.const "\u{d7ff}\u{e000}\u{10000}\u{10ffff}")) (str.const "\u{d7ff}\u{e000}\u{10000}\u{10ffff}")) ;; around the surrogates, and beyond the first plane
(assert_return (invoke "run" (str.const "🦀é🦀x")) (str.const "🦀é🦀x")) ;; surrogate pairs among others
(assert_return (invoke "run" (str.const "éééééééééééééééééééééééééééééééééééééééé☃éééééééééééééééééééééééééééééééééééééééé")) (str.const "éééééééééééééééééééééééééééééééééééééééé☃éééééééééééééééééééééééééééééééééééééééé")) ;; inflated after many
(assert_return (invoke "run" (str.const "abcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabc")) (str.const "abcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabc")) ;; long ASCII
