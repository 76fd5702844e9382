;; The world `meter` of `meter.wit`: it sleeps for three ticks, reads up to four samples, and so on to the end of the stream.
(component
    (import "sleep" (func $sleep async (param "ticks" u32)))
    (type $samples (stream u32))
    (core module $memory (memory (export "memory") 1))
    (core instance $memory (instantiate $memory))
    (alias core export $memory "memory" (core memory $mem))
    (core func $sleep (canon lower (func $sleep) async (memory $mem)))
    (core func $read (canon stream.read $samples async (memory $mem)))
    (core func $drop-readable (canon stream.drop-readable $samples))
    (core func $drop-subtask (canon subtask.drop))
    (core func $new-set (canon waitable-set.new))
    (core func $drop-set (canon waitable-set.drop))
    (core func $join (canon waitable.join))
    (core func $return (canon task.return (result u32)))
    (core module $m
        (import "" "memory" (memory 1))
        (import "" "sleep" (func $sleep (param i32) (result i32)))
        (import "" "read" (func $read (param i32 i32 i32) (result i32)))
        (import "" "drop-readable" (func $drop-readable (param i32)))
        (import "" "drop-subtask" (func $drop-subtask (param i32)))
        (import "" "new-set" (func $new-set (result i32)))
        (import "" "drop-set" (func $drop-set (param i32)))
        (import "" "join" (func $join (param i32 i32)))
        (import "" "return" (func $return (param i32)))
        (global $samples (mut i32) (i32.const 0))
        (global $set (mut i32) (i32.const 0))
        (global $sum (mut i32) (i32.const 0))

        (func (export "sum") (param $samples i32) (result i32)
            (global.set $samples (local.get $samples))
            (global.set $set (call $new-set))
            (global.set $sum (i32.const 0))
            (call $rest))

        ;; WAIT for an event of a waitable.
        (func $wait (param $waitable i32) (result i32)
            (call $join (local.get $waitable) (global.get $set))
            (i32.or (i32.const 2) (i32.shl (global.get $set) (i32.const 4))))

        (func $rest (result i32)
            (local $status i32)
            (local.set $status (call $sleep (i32.const 3)))
            ;; RETURNED
            (if (i32.eq (local.get $status) (i32.const 2)) (then (return (call $next))))
            (call $wait (i32.shr_u (local.get $status) (i32.const 4))))

        (func $next (result i32)
            (local $read i32)
            (local.set $read (call $read (global.get $samples) (i32.const 64) (i32.const 4)))
            ;; BLOCKED
            (if (i32.eq (local.get $read) (i32.const -1)) (then (return (call $wait (global.get $samples)))))
            (call $add (local.get $read)))

        (func $add (param $read i32) (result i32)
            (local $left i32)
            (local.set $left (i32.shr_u (local.get $read) (i32.const 4)))
            (block $added
                (loop $more
                    (br_if $added (i32.eqz (local.get $left)))
                    (local.set $left (i32.sub (local.get $left) (i32.const 1)))
                    (global.set $sum (i32.add (global.get $sum)
                        (i32.load offset=64 (i32.shl (local.get $left) (i32.const 2)))))
                    (br $more)))
            ;; COMPLETED
            (if (i32.eqz (i32.and (local.get $read) (i32.const 15))) (then (return (call $rest))))
            (call $drop-readable (global.get $samples))
            (call $drop-set (global.get $set))
            (call $return (global.get $sum))
            (i32.const 0))

        (func (export "callback") (param $event i32) (param $index i32) (param $payload i32) (result i32)
            ;; SUBTASK
            (if (i32.eq (local.get $event) (i32.const 1))
                (then
                    (if (i32.ne (local.get $payload) (i32.const 2)) (then (unreachable)))
                    (call $drop-subtask (local.get $index))
                    (return (call $next))))
            ;; STREAM_READ
            (call $join (global.get $samples) (i32.const 0))
            (call $add (local.get $payload))))
    (core instance $i (instantiate $m (with "" (instance
        (export "memory" (memory $mem))
        (export "sleep" (func $sleep)) (export "read" (func $read)) (export "drop-readable" (func $drop-readable))
        (export "drop-subtask" (func $drop-subtask)) (export "new-set" (func $new-set))
        (export "drop-set" (func $drop-set)) (export "join" (func $join)) (export "return" (func $return))))))
    (func (export "sum") async (param "samples" $samples) (result u32)
        (canon lift (core func $i "sum") async (memory $mem) (callback (core func $i "callback")))))
