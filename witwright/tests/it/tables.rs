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

/// Every world of a package whose names are those of Rust, of its prelude or of the tables' own types, among modules that are
/// called as crates are.
mod hostile {
    #![allow(non_camel_case_types, dead_code, reason = "these names are not to be found")]

    pub mod core {}
    pub mod alloc {}
    pub mod std {}
    pub mod witwright {}
    pub mod _rt {}
    pub struct Option;
    pub struct Some;
    pub struct None;
    pub struct Result;
    pub struct str;
    pub struct u8;
    pub struct u32;
    pub struct bool;

    macro_rules! odd {
        ($($world:literal)*) => {
            $(::witwright::tables!({
                path: "../codegen/tests/round-trip/names.wit", world: $world, docs: true, crate: ::witwright,
            });)*
        };
    }

    odd!("all" "world" "function-desc" "some" "package-desc" "u8" "option" "Q" "empty");
}

#[test]
fn tables_do_not_meet_the_names_around_them() {
    let text = hostile::ALL.to_string();
    for world in [&hostile::WORLD, &hostile::U8, &hostile::SOME] {
        assert!(world.to_string().contains("package %use:%package@1.2.3-rc.1+build.5;\n"));
    }
    assert!(text.contains("record b-c"), "{text}");
}
