;; Functions mention types of an imported instance without naming them in the component.
(component
  (import "test:a/types" (instance $types
    (export "r" (type (sub resource)))
    (type $point' (record (field "x" u32)))
    (export "point" (type (eq $point')))
  ))
  (alias export $types "r" (type $r))
  (alias export $types "point" (type $point))
  (import "make" (func (param "at" $point) (result (own $r))))
  (import "test:a/more" (instance
    (alias outer 1 $r (type $r))
    (export "show" (func (param "r" (borrow $r)) (result (list $point))))
  ))
)
