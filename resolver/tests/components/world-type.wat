;; Interfaces cannot use types of worlds.
(component
  (type $t' (record (field "a" u8)))
  (import "t" (type $t (eq $t')))
  (import "i" (instance
    (alias outer 1 $t (type $t))
    (export "t" (type (eq $t)))
  ))
)
