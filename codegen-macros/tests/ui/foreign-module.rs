// A module that `with` names, whose types are not those of WIT.
mod theirs {
    pub struct Link {
        pub href: u32,
    }

    pub enum Colour {
        Red,
    }
}

mod of_other_forms {
    witwright::generate!({
        inline: "
            package a:b;
            interface links {
                record link { href: string, title: string }
                enum colour { red, green }
            }
            interface users {
                use links.{link, colour};
                find: func(colour: colour) -> list<link>;
            }
            world w { import users; }
        ",
        with: { "a:b/links": crate::theirs },
    });
}

fn main() {}
