//! A guest with bindings of two generators: wit-bindgen's for one export, ours for another and for imports.

mod theirs {
    wit_bindgen::generate!({
        inline: "
            package test:mixed-theirs@0.1.0;

            world theirs {
                export theirs: func(text: string) -> string;
            }
        ",
        world: "theirs",
    });

    struct Theirs;

    impl Guest for Theirs {
        fn theirs(text: String) -> String {
            pair_library::record(&text).join("-")
        }
    }

    export!(Theirs);
}

mod ours {
    witwright::generate!({
        inline: "
            package test:mixed-ours@0.1.0;

            world ours {
                export ours: func(words: list<string>) -> list<string>;
            }
        ",
        world: "ours",
    });

    struct Ours;

    impl Guest for Ours {
        fn ours(mut words: Vec<String>) -> Vec<String> {
            words.reverse();
            words
        }
    }

    export!(Ours);
}
