//! Resources: imported ones stand for a number of the test's, exported ones for a value of the guest's.

mod imported {
    #[witwright::guest(path = "../codegen/tests/data/resources.wit")]
    pub(super) mod bindings {}
}

mod exported {
    #[witwright::guest(path = "../codegen/tests/data/exported.wit")]
    pub(super) mod bindings {}
}

use exported::bindings::exports::test::exported::docs as own;
use exported::bindings::exports::test::exported::shelf::Guest as _;
use imported::bindings::test::resources::docs::{self, Document, Failure, View};
use imported::bindings::with_imports;

/// Documents by number; a dropped one is gone.
#[derive(Default)]
struct Library(Vec<Option<String>>);

impl Library {
    fn add(&mut self, title: String) -> Document {
        self.0.push(Some(title));
        witwright::mock::resource(self.0.len() as u64 - 1)
    }

    fn title(&self, document: &Document) -> String {
        self.0[witwright::mock::rep(document) as usize].clone().unwrap()
    }
}

impl docs::HostDocument for Library {
    fn new(&mut self, title: String) -> Document {
        self.add(title)
    }

    fn open(&mut self, path: String) -> Result<Document, Failure> {
        match path.strip_prefix("locked/") {
            Some(title) => Err(Failure::Locked(self.add(title.to_owned()))),
            None if path.is_empty() => Err(Failure::Missing),
            None => Ok(self.add(path)),
        }
    }

    fn title(&mut self, self_: &Document) -> String {
        Library::title(self, self_)
    }

    fn append(&mut self, self_: &Document, other: &Document, more: Vec<&Document>) {
        let mut titles: Vec<String> = more.into_iter().map(|document| Library::title(self, document)).collect();
        titles.insert(0, Library::title(self, other));
        let rep = witwright::mock::rep(self_) as usize;
        self.0[rep] = Some(format!("{} + {}", Library::title(self, self_), titles.join(" + ")));
    }

    fn merge(&mut self, self_: &Document, other: Document) {
        let rep = witwright::mock::rep(self_) as usize;
        self.0[rep] = Some(format!("{}{}", Library::title(self, self_), Library::title(self, &other)));
    }

    fn drop(&mut self, rep: u64) {
        self.0[rep as usize] = None;
    }
}

impl docs::Host for Library {
    fn show(&mut self, view: View<'_>, all: Vec<Document>) -> u32 {
        view.start + Library::title(self, view.of).len() as u32 + all.len() as u32
    }
}

#[test]
fn handles_of_imports_reach_the_test() {
    let mut library = Library::default();
    with_imports(&mut library, || {
        let [a, b, c] = ["a", "b", "c"].map(Document::new);
        a.append(&b, &[&c, &b]);
        assert_eq!(a.title(), "a + b + c + b");
        b.merge(c);
        assert_eq!(b.title(), "bc");
        let view = View { of: &b, start: 10 };
        assert_eq!(docs::show(&view, vec![Document::open("d").unwrap()]), 13);
        let Err(Failure::Locked(locked)) = Document::open("locked/e") else { panic!("it is locked") };
        assert_eq!(locked.title(), "e");
        assert!(matches!(Document::open(""), Err(Failure::Missing)));
        drop(b);
        assert_eq!(a.title(), "a + b + c + b");
        core::mem::forget(a);
    });
    let left: Vec<&str> = library.0.iter().flatten().map(String::as_str).collect();
    assert_eq!(left, ["a + b + c + b", "c", "d"], "what the test itself drops, nobody is told of");
}

struct Shelf;

struct Text(String);

struct Crate(u32);

impl own::Guest for Shelf {
    type Document = Text;

    fn show(view: own::View<'_>, all: Vec<own::Document>) -> u32 {
        view.start + view.of.get::<Text>().0.len() as u32 + all.len() as u32
    }
}

impl own::GuestDocument for Text {
    fn new(title: String) -> Text {
        Text(title)
    }

    fn open(path: String) -> Result<own::Document, own::Failure> {
        Err(own::Failure::Locked(own::Document::new(Text(path))))
    }

    fn title(&self) -> String {
        self.0.clone()
    }

    fn append(&self, other: own::DocumentBorrow<'_>, more: Vec<own::DocumentBorrow<'_>>) {
        let _ = (other, more);
    }

    fn merge(&self, other: own::Document) {
        assert_eq!(other.into_inner::<Text>().0, "other");
    }
}

impl exported::bindings::exports::test::exported::shelf::Guest for Shelf {
    type Crate = Crate;

    fn best(
        of: Vec<own::DocumentBorrow<'_>>,
        in_: exported::bindings::exports::test::exported::shelf::Crate,
    ) -> (u32, own::Document) {
        let titles: Vec<&str> = of.iter().map(|document| document.get::<Text>().0.as_str()).collect();
        (in_.get::<Crate>().0, own::Document::new(Text(titles.concat())))
    }
}

impl exported::bindings::exports::test::exported::shelf::GuestCrate for Crate {
    fn new() -> Result<Crate, String> {
        Ok(Crate(5))
    }

    fn put(&self, document: own::DocumentBorrow<'_>) -> Option<own::Document> {
        Some(own::Document::new(Text(document.get::<Text>().0.repeat(2))))
    }
}

exported::bindings::export!(Shelf with_types_in exported::bindings);

#[test]
fn exported_resources_are_values() {
    use own::GuestDocument as _;
    let [mut a, b] = ["a", "b"].map(|title| own::Document::new(Text::new(title.to_owned())));
    a.get_mut::<Text>().0.push('!');
    let in_ = exported::bindings::exports::test::exported::shelf::Crate::new(Crate(3));
    let (number, best) = Shelf::best(vec![a.borrow(), b.borrow()], in_);
    assert_eq!((number, best.get::<Text>().title()), (3, "a!b".to_owned()));
    a.get::<Text>().merge(own::Document::new(Text("other".to_owned())));
    let Err(own::Failure::Locked(locked)) = Text::open("x".to_owned()) else { panic!("it is locked") };
    assert_eq!(locked.into_inner::<Text>().0, "x");
}

#[test]
#[should_panic = "the resource is represented by another type"]
fn a_value_has_one_type() {
    struct Other;
    impl own::GuestDocument for Other {
        fn new(_: String) -> Other {
            Other
        }
        fn open(_: String) -> Result<own::Document, own::Failure> {
            Err(own::Failure::Missing)
        }
        fn title(&self) -> String {
            String::new()
        }
        fn append(&self, _: own::DocumentBorrow<'_>, _: Vec<own::DocumentBorrow<'_>>) {}
        fn merge(&self, _: own::Document) {}
    }
    let document = own::Document::new(Other);
    let _ = document.get::<Text>();
}
