//! A component of the world `greeter`, which `wit/greeter.wit` describes.

#[witwright::guest(path = "{{wit}}", world = "greeter")]
mod bindings {}

struct Component;

impl bindings::Guest for Component {
    fn greet(name: String) -> String {
        bindings::log(&format!("greeting {name}"));
        format!("Hello, {name}!")
    }
}

bindings::export!(Component with_types_in bindings);

// The same code runs natively, with imports that the test provides.
#[cfg(test)]
mod tests {
    use super::bindings::{self, Guest, GreeterImports};
    use super::Component;

    #[derive(Default)]
    struct Log(Vec<String>);

    impl GreeterImports for Log {
        fn log(&mut self, line: String) {
            self.0.push(line);
        }
    }

    #[test]
    fn greetings_are_logged() {
        let mut log = Log::default();
        let greeting = bindings::with_imports(&mut log, || Component::greet("Ada".to_owned()));
        assert_eq!(greeting, "Hello, Ada!");
        assert_eq!(log.0, ["greeting Ada"]);
    }
}
