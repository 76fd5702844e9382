//! Resources in every position.

wit_bindgen::generate!({ path: "../dropin/wit/resources.wit", world: "runner" });

use test::resources::things::{Choice, Holder, Lent, LentChoice, Other, Thing};
use test::resources::{alias1, alias2, things};

struct Runner;

export!(Runner);

impl Guest for Runner {
    fn run_resources() {
        methods();
        positions();
        aliases();
    }
}

fn methods() {
    let thing = Thing::new("hi");
    assert_eq!(thing.get(), "hi made");
    thing.set("bye");
    assert_eq!(thing.get(), "bye");
    let merged = Thing::merge(Thing::new("x"), &thing);
    assert_eq!(merged.get(), "x madebye");
    assert_eq!(Thing::count(), 2);
    assert_eq!(Thing::make("").unwrap_err(), "no name");
    assert_eq!(Thing::make("y").unwrap().get(), "y made");
    assert_eq!(Other::new("bad").unwrap_err(), "bad name");
    let other = Other::new("good").unwrap();
    assert_eq!(other.name(), "good");
    let copies = other.lends(&thing, &[&merged, &thing]);
    assert_eq!(copies.iter().map(Thing::get).collect::<Vec<_>>(), ["x madebyegood", "byegood", "byegood"]);
    assert_eq!(Other::consume(other), "good");
}

fn positions() {
    let before = things::dropped();
    things::take(Thing::new("gone"));
    assert_eq!(things::dropped(), before + 1);
    let thing = |name: &str| Thing::new(name);
    let (a, b) = (thing("a"), thing("b"));
    assert_eq!(things::look(&a), "a made");
    let all = things::all(
        vec![a, b],
        Some(thing("c")),
        Ok(thing("d")),
        (thing("e"), 5),
        Holder { a: thing("f"), b: "held".to_owned() },
        Choice::T(thing("g")),
    );
    assert_eq!(all, ["a made", "b made", "c made", "d made", "e made 5", "f made held", "g made"]);
    assert_eq!(things::dropped(), before + 8);
    let (a, o) = (thing("a"), Other::new("o").unwrap());
    let lent = || Lent { a: &a, b: Some(&o) };
    let said = things::lend(&lent(), &LentChoice::T(&a), &[lent(), Lent { a: &a, b: None }], (&a, 8));
    assert_eq!(said, "a madeo a made a madeo+a made a made 8");
    let (a, holder, choice, some, list) = things::give();
    assert_eq!(a.get() + &holder.a.get() + &holder.b, "abheld");
    assert!(matches!(choice, Choice::T(thing) if thing.get() == "c"));
    assert_eq!(some.unwrap().get(), "d");
    assert_eq!(list.iter().map(Thing::get).collect::<String>(), "ef");
}

fn aliases() {
    let list = alias1::a(alias1::Foo { t: Thing::new("t") });
    assert_eq!(list[0].get(), "t made");
    let thing: Thing = alias1::b(&list[0], alias1::Box { a: Thing::new("u"), b: String::new() });
    assert_eq!(thing.get(), "u madet made");
    let bar = alias2::Bar { t: thing, ours: alias2::Thing::new() };
    assert_eq!(bar.ours.id(), 42);
    let foo = alias2::Foo { t: alias2::Item::new("v") };
    assert_eq!(alias2::c(foo, bar), ("v madeu madet made".to_owned(), 42));
}
