;; An instance is exported under another name than it was imported.
(component
  (import "test:a/types" (instance $types
    (type $point' (record (field "x" u32)))
    (export "point" (type $point (eq $point')))
    (export "origin" (func (result $point)))
  ))
  (export "again" (instance $types))
)
