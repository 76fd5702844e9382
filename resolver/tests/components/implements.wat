;; Two imports of one interface, and the interface itself, have types of their own.
(component
  (import "one" (implements "test:a/store@1.0.0") (external-id "//One") (instance
    (export "bucket" (type $bucket (sub resource)))
    (export "[constructor]bucket" (func (param "name" string) (result (own $bucket))))
    (export "all" (func (result (list (own $bucket)))))
  ))
  (import "two" (implements "test:a/store@1.0.0") (instance
    (export "bucket" (type (sub resource)))
  ))
)
