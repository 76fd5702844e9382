;; The types of asynchronous functions, maps and lists of a fixed length.
(component
  (import "run" (func async
    (param "bytes" (stream u8))
    (param "signal" (stream))
    (param "value" (future (result string (error error-context))))
    (param "done" (future))
    (param "table" (map string (list f32 4)))
    (result (tuple u8 (option char)))
  ))
)
