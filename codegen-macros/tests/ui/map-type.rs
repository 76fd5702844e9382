//! A type that the option `map_type` names and that is no type of maps is one error.

pub struct Pairs<K, V>(Vec<(K, V)>);

macro_rules! bindings {
    ($name:ident, $map:literal) => {
        mod $name {
            witwright::generate!({
                inline: "
                    package a:b;
                    interface i {
                        record r { m: map<string, u32> }
                        f: func(m: map<string, u32>, r: r) -> list<map<u8, r>>;
                    }
                    world w { import i; export i; }
                ",
                map_type: $map,
            });
        }
    };
}

bindings!(without_traits, "crate::Pairs");
bindings!(of_another_crate, "std::collections::HashSet");
bindings!(with_one_parameter, "Option");
bindings!(without_a_type, "std::Pairs");
bindings!(with_arguments, "std::collections::BTreeMap<K, V>");

mod with_arguments_in_place {
    witwright::generate!({
        inline: "package a:b; world w { import f: func(m: map<string, u32>); }",
        map_type: std::collections::BTreeMap<String, u32>,
        generate_all,
    });
}

fn main() {}
