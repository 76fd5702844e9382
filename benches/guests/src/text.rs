//! Texts, of which an import knows more.

wit_bindgen::generate!({
    inline: "
        package size:text;
        world guest {
            import find: func(name: string) -> option<string>;
            export greet: func(name: string) -> string;
        }
    "
});

struct Component;

export!(Component);

impl Guest for Component {
    fn greet(name: String) -> String {
        find(&name).unwrap_or(name)
    }
}
