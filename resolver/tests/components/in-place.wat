;; Interfaces without names, with resources and accessors; keywords as names.
(component
  (import "interface" (instance
    (export "record" (type $record (sub resource)))
    (type $list (list (own $record)))
    (export "list" (type $list' (eq $list)))
    (export "[constructor]record" (func (result (own $record))))
    (export "[method]record.type" (func (param "self" (borrow $record)) (param "use" $list')))
    (export "[static]record.from" (func async (result u8)))
    (export "world" (func (result (result))))
  ))
  (import "r" (type $r (sub resource)))
  (import "[method]r.f" (func (param "self" (borrow $r))))
)
