//! A component that needs another one: the guest `store` exports a later version of its import `store`.

#[witwright::guest(
    inline = "
        package test:shop@1.0.0;

        interface store {
            record line { name: string, count: u32 }

            resource basket {
                constructor(owner: string);
                add: func(line: line) -> u32;
                lines: func() -> list<line>;
                owner: func() -> string;
                /// The lines of both. The first one is consumed.
                merge: static func(first: basket, second: borrow<basket>) -> basket;
            }

            /// The number of baskets.
            live: func() -> u32;
        }

        interface log {
            note: func(text: string);
        }

        world shop {
            import store;
            import log;
            export run: func(names: list<string>) -> string;
        }
    ",
    world = "shop"
)]
mod bindings {}

use bindings::test::shop::log::note;
use bindings::test::shop::store::{Basket, Line, live};

struct Shop;

impl bindings::Guest for Shop {
    fn run(names: Vec<String>) -> String {
        let basket = |owner: &str, names: &[String]| {
            let basket = Basket::new(owner);
            for (count, name) in names.iter().enumerate() {
                basket.add(&Line { name: name.clone(), count: count as u32 + 1 });
            }
            basket
        };
        let (one, other) = (basket("Ann", &names), basket("Bob", &names[1..]));
        let merged = Basket::merge(one, &other);
        note(&format!("shop: {} baskets", live()));
        let lines: Vec<String> = merged.lines().iter().map(|line| format!("{} {}", line.count, line.name)).collect();
        let owners = format!("{} and {}", merged.owner(), other.owner());
        drop((merged, other));
        format!("{owners}: {}; {} left", lines.join(", "), live())
    }
}

bindings::export!(Shop with_types_in bindings);
