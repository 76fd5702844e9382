;; Two interfaces that use each other, each from one of two views.
(component
  (import "test:a/x" (instance $x
    (type $t' (record (field "a" u8)))
    (export "t" (type (eq $t')))
  ))
  (alias export $x "t" (type $t))
  (import "test:a/y" (instance $y
    (alias outer 1 $t (type $t))
    (export "u" (type (eq $t)))
  ))
  (alias export $y "u" (type $u))
  (instance $x2
    (export "t" (type $t))
    (export "v" (type $u))
  )
  (export "test:a/x" (instance $x2))
)
