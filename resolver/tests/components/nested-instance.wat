;; WIT has no instances in interfaces.
(component
  (import "i" (instance (export "j" (instance))))
)
