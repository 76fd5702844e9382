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

    #[derive(witwright::WitType)]
    pub enum Shape {
        None,
        Point(Same),
        Links(Vec<Link>),
        Tried(Result<(), Link>),
    }

    witwright::generate!({
        inline: "
            package a:b;
            interface links {
                record link { href: string, title: option<string> }
                enum colour { red, green, blue }
                record same { x: u32 }
                record unused { x: u32 }
                variant shape { none, point(same), links(list<link>), tried(result<_, colour>), }
                type pair = tuple<u8, option<string>>;
                draw: func(shape: shape, pair: pair);
                find: func(colour: colour, same: same) -> list<link>;
            }
            world w { import links; }
        ",
        with: {
            "a:b/links.link": crate::of_other_forms::Link,
            "a:b/links.colour": crate::of_other_forms::Colour,
            "a:b/links.same": crate::of_other_forms::Same,
            "a:b/links.unused": String,
            "a:b/links.shape": crate::of_other_forms::Shape,
            "a:b/links.pair": (u8, String),
        },
    });
}

fn main() {}
