;; WIT has no exports of types.
(component
  (type $t (record (field "a" u8)))
  (export "t" (type $t))
)
