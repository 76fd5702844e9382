;; A method stands in the body of its resource, which must be defined in the same interface.
(component
  (import "test:a/x" (instance $x (export "r" (type (sub resource)))))
  (alias export $x "r" (type $r))
  (import "test:a/y" (instance
    (alias outer 1 $r (type $r))
    (export "r" (type $r2 (eq $r)))
    (export "[method]r.f" (func (param "self" (borrow $r2))))
  ))
)
