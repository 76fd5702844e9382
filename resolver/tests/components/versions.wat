;; A name may state the part of a version that decides on compatibility, and the rest apart.
(component
  (import "test:a/types@0.2" (version-suffix ".7") (instance
    (export "f" (func))
  ))
)
