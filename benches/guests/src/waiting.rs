//! Functions that wait, imported and exported.

wit_bindgen::generate!({
    inline: "
        package size:waiting;
        world guest {
            import fetch: async func(name: string) -> string;
            export join: async func(names: list<string>) -> string;
        }
    "
});

struct Component;

export!(Component);

impl Guest for Component {
    async fn join(names: Vec<String>) -> String {
        let mut all = String::new();
        for name in names {
            all.push_str(&fetch(name).await);
        }
        all
    }
}
