;; WIT has no `use` of an import under a plain name.
(component
  (import "one" (implements "test:a/store") (instance $one
    (export "bucket" (type (sub resource)))
  ))
  (alias export $one "bucket" (type $bucket))
  (import "empty" (func (param "bucket" (borrow $bucket))))
)
