//! Worlds as `static` tables: `data/tables/NAME.wit` beside `NAME.rs`, which is compiled here; those whose names `wit_bindgen`
//! cannot say are in `tables/data`. `BLESS=1 cargo test -p witwright-codegen tables` writes the tables anew.

use std::path::{Path, PathBuf};

use quote::quote;
use witwright_abi_runtime::layout::TypeAbi;
use witwright_abi_runtime::world::{ItemKind, TypeDesc, WorldDesc};
use witwright_codegen::{Request, TableOptions, Target, format};
use witwright_front::FileId;

use crate::golden::check_all;

#[allow(unreachable_pub, reason = "generated for crates that publish it")]
mod everything {
    include!("../data/tables/everything.rs");
}

/// Packages called by keywords, resources of a world, interfaces with labels and without items.
#[allow(unreachable_pub, reason = "as above")]
mod corners {
    include!("../tables/data/corners.rs");
}

/// The tables of the program without an allocator in `tests/no-std`.
#[allow(unreachable_pub, reason = "as above")]
mod meter {
    include!("../../../tests/no-std/meter/data/meter.rs");
}

const EVERYTHING: &str = include_str!("../data/tables/everything.wit");
const CORNERS: &str = include_str!("../tables/data/corners.wit");
const METER: &str = include_str!("../../../tests/no-std/meter/data/meter.wit");

fn tables(wit: &Path) -> String {
    let mut request = Request::new(Target::Host, PathBuf::new());
    request.paths.push(wit.display().to_string());
    request.all_features = true;
    let mut options = TableOptions::default();
    (options.world_path, options.docs) = (quote!(::witwright_abi_runtime::world), true);
    let response = request.tables(&options);
    let said: String = response.diagnostics.iter().map(|diagnostic| response.render(diagnostic)).collect();
    format(response.code.unwrap_or_else(|| panic!("{said}")))
}

#[test]
fn tables_are_current() {
    for folder in ["tests/data/tables", "tests/tables/data", "../tests/no-std/meter/data"] {
        check_all(folder, |wit| vec![("rs", tables(wit))]);
    }
}

fn formatted(text: &str) -> String {
    witwright_front::fmt::format(FileId(0), text).unwrap()
}

#[test]
fn tables_are_their_source_again() {
    let worlds = [(&everything::EVERYTHING, EVERYTHING), (&corners::CORNERS, CORNERS), (&meter::METER, METER)];
    for (world, source) in worlds {
        // No line of these is so long that the formatter breaks it.
        assert_same(&world.to_string(), &formatted(&world.to_string()));
        assert_same(&formatted(&world.to_string()), &formatted(source));
    }
}

fn assert_same(found: &str, expected: &str) {
    for (number, (found, expected)) in (1..).zip(found.lines().zip(expected.lines())) {
        assert_eq!(found, expected, "in line {number}");
    }
    assert_eq!(found, expected);
}

#[test]
fn tables_are_reflected() {
    let world: &WorldDesc = &everything::EVERYTHING;
    let item = world.export("demo:everything/types@1.2.0").unwrap();
    let ItemKind::Interface(types) = item.kind else { panic!("it is an interface") };
    let get = types.func("[method]store.get-value").unwrap();
    assert_eq!(get.params.iter().map(|param| param.name).collect::<Vec<_>>(), ["self", "key"]);
    // An alias is its type: in the ABI there is no difference.
    assert!(matches!(get.params[1].ty, TypeDesc::Alias(alias) if alias.name == "id"));
    assert_eq!(TypeAbi::of(get.params[1].ty).size, 8);
    assert_eq!(world.import("center").map(|item| matches!(item.kind, ItemKind::Func(_))), Some(true));
    assert!(world.import("nothing").is_none());
}
