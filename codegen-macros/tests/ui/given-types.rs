mod of_other_forms {
    #[derive(witwright::WitType)]
    pub struct Link {
        pub title: Option<String>,
        pub href: String,
    }

    #[derive(witwright::WitType, Clone, Copy)]
    pub enum Colour {
        Blue,
        Green,
    }

    #[derive(witwright::WitType)]
    pub struct Same {
        pub x: u32,
    }

    witwright::generate!({
        inline: "
            package a:b;
            interface links {
                record link { href: string, title: option<string> }
                enum colour { red, green, blue }
                record same { x: u32 }
                record unused { x: u32 }
                find: func(colour: colour, same: same) -> list<link>;
            }
            world w { import links; }
        ",
        with: {
            "a:b/links.link": crate::of_other_forms::Link,
            "a:b/links.colour": crate::of_other_forms::Colour,
            "a:b/links.same": crate::of_other_forms::Same,
            "a:b/links.unused": String,
        },
    });
}

fn main() {}
