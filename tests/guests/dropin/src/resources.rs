//! Resources in every position.

wit_bindgen::generate!({ path: "wit/resources.wit", world: "test", type_section_suffix: "resources" });

use core::cell::RefCell;
use core::sync::atomic::{AtomicU32, Ordering::SeqCst};

use exports::test::resources::things::{
    Choice, Holder, Lent, LentChoice, OtherBorrow, Thing, ThingBorrow,
};
use exports::test::resources::{alias1, alias2, things};

static COUNT: AtomicU32 = AtomicU32::new(0);
static DROPPED: AtomicU32 = AtomicU32::new(0);

struct Component;

export!(Component);

pub struct MyThing(RefCell<String>);

impl Drop for MyThing {
    fn drop(&mut self) {
        DROPPED.fetch_add(1, SeqCst);
    }
}

impl MyThing {
    fn text(&self) -> String {
        self.0.borrow().clone()
    }
}

impl things::GuestThing for MyThing {
    fn new(s: String) -> MyThing {
        COUNT.fetch_add(1, SeqCst);
        MyThing(RefCell::new(s + " made"))
    }
    fn get(&self) -> String {
        self.text()
    }
    fn set(&self, s: String) {
        *self.0.borrow_mut() = s;
    }
    fn merge(mut a: Thing, b: ThingBorrow<'_>) -> Thing {
        let more = b.get::<MyThing>().text();
        a.get_mut::<MyThing>().0.get_mut().push_str(&more);
        a
    }
    fn count() -> u32 {
        COUNT.load(SeqCst)
    }
    fn make(s: String) -> Result<Thing, String> {
        if s.is_empty() { Err("no name".to_owned()) } else { Ok(Thing::new(MyThing::new(s))) }
    }
}

pub struct MyOther(String);

impl things::GuestOther for MyOther {
    fn new(name: String) -> Result<MyOther, String> {
        if name == "bad" { Err("bad name".to_owned()) } else { Ok(MyOther(name)) }
    }
    fn name(&self) -> String {
        self.0.clone()
    }
    fn consume(a: things::Other) -> String {
        a.into_inner::<MyOther>().0
    }
    fn lends(&self, t: ThingBorrow<'_>, more: Vec<ThingBorrow<'_>>) -> Vec<Thing> {
        let copy = |thing: &ThingBorrow<'_>| Thing::new(MyThing(RefCell::new(thing.get::<MyThing>().text() + &self.0)));
        more.iter().chain([&t]).map(copy).collect()
    }
}

fn text(thing: &Thing) -> String {
    thing.get::<MyThing>().text()
}

impl things::Guest for Component {
    type Thing = MyThing;
    type Other = MyOther;

    fn take(a: Thing) {
        drop(a);
    }
    fn look(a: ThingBorrow<'_>) -> String {
        a.get::<MyThing>().text()
    }
    fn all(a: Vec<Thing>, b: Option<Thing>, c: Result<Thing, String>, d: (Thing, u32), e: Holder, f: Choice) -> Vec<String> {
        let mut all: Vec<String> = a.iter().chain(&b).map(text).collect();
        all.push(c.as_ref().map_or_else(Clone::clone, text));
        all.push(format!("{} {}", text(&d.0), d.1));
        all.push(format!("{} {}", text(&e.a), e.b));
        all.push(match f {
            Choice::T(thing) => text(&thing),
            Choice::O(other) => other.get::<MyOther>().0.clone(),
            Choice::None => String::new(),
        });
        all
    }
    fn lend(a: Lent<'_>, b: LentChoice<'_>, c: Vec<Lent<'_>>, d: (ThingBorrow<'_>, u8)) -> String {
        let name = |other: &OtherBorrow<'_>| other.get::<MyOther>().0.clone();
        let one = |lent: &Lent<'_>| lent.a.get::<MyThing>().text() + &lent.b.as_ref().map(name).unwrap_or_default();
        let choice = match b {
            LentChoice::T(thing) => thing.get::<MyThing>().text(),
            LentChoice::N(number) => number.to_string(),
        };
        let c: Vec<String> = c.iter().map(one).collect();
        format!("{} {choice} {} {} {}", one(&a), c.join("+"), d.0.get::<MyThing>().text(), d.1)
    }
    fn give() -> (Thing, Holder, Choice, Option<Thing>, Vec<Thing>) {
        let thing = |text: &str| Thing::new(MyThing(RefCell::new(text.to_owned())));
        (
            thing("a"),
            Holder { a: thing("b"), b: "held".to_owned() },
            Choice::T(thing("c")),
            Some(thing("d")),
            vec![thing("e"), thing("f")],
        )
    }
    fn dropped() -> u32 {
        DROPPED.load(SeqCst)
    }
}

impl alias1::Guest for Component {
    fn a(f: alias1::Foo) -> Vec<alias1::Thing> {
        vec![f.t]
    }
    fn b(t: alias1::ThingBorrow<'_>, b: alias1::Box) -> alias1::Thing {
        let more = t.get::<MyThing>().text();
        b.a.get::<MyThing>().0.borrow_mut().push_str(&more);
        b.a
    }
}

pub struct Numbered;

impl alias2::GuestThing for Numbered {
    fn new() -> Numbered {
        Numbered
    }
    fn id(&self) -> u32 {
        42
    }
}

impl alias2::Guest for Component {
    type Thing = Numbered;

    fn c(f: alias2::Foo, g: alias2::Bar) -> (String, u32) {
        let _: &Numbered = g.ours.get();
        (text(&f.t) + &text(&g.t), 42)
    }
}
