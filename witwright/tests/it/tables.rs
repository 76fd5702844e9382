//! `tables!` where a module has several worlds, hides names of the prelude, and calls the crate by other names.

#![allow(unreachable_pub, reason = "tables are for crates that publish them")]

use witwright::world::WorldDesc;

/// The crate `witwright`, as another crate might publish it.
mod facade {
    pub use witwright;
}

use facade::witwright as renamed;

/// A world of each name is in `WORLDS` under its own name; they share the interface `demo:time/clock`.
macro_rules! world {
    ($world:literal, $($crate_path:tt)*) => {
        witwright::tables!({
            inline: "
                package demo:time;
                interface clock { enum zone { utc } now: func(zone: zone) -> option<u64>; }
                world absolute { import clock; }
                world by-string { import clock; }
                world clock-world { import clock; }
                world in-self { import clock; }
                world in-super { import clock; }
                world relative { import clock; }
            ",
            world: $world,
            crate: $($crate_path)*,
        });
    };
}

world!("absolute", ::witwright);
world!("by-string", "crate::tables::facade::witwright");
world!("clock-world", witwright);
world!("in-self", self::facade::witwright);
world!("relative", renamed);

mod nested {
    /// Hides the names of the prelude that tables use.
    #[derive(Clone, Copy, PartialEq, Debug)]
    pub enum Answer {
        Some,
        None,
    }

    pub use Answer::{None, Some};

    world!("in-super", super::facade::witwright);

    /// A world of a name that is taken in the module around.
    pub mod again {
        witwright::tables!({ inline: "package demo:other; world in-self {}" });
    }
}

#[test]
fn worlds_of_one_module_share_the_names_of_interfaces() {
    let worlds: [&WorldDesc; 6] = [&ABSOLUTE, &BY_STRING, &CLOCK_WORLD, &IN_SELF, &nested::IN_SUPER, &RELATIVE];
    let names = ["absolute", "by-string", "clock-world", "in-self", "in-super", "relative"];
    for (world, name) in worlds.into_iter().zip(names) {
        assert_eq!(world.name, name);
        assert!(world.import("demo:time/clock").is_some(), "{name}");
    }
    assert_eq!([nested::Some, nested::None], [nested::Answer::Some, nested::Answer::None]);
    assert_eq!(nested::again::IN_SELF.packages[0].name, "demo:other");
}

#[test]
fn tables_are_written_within_a_function() {
    witwright::tables!({ inline: "package demo:local; world w { export run: func(); }" });
    assert!(W.export("run").is_some());
}
