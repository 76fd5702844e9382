//! Named types of every kind, through imports and natively.

#[witwright::guest(path = "../codegen/tests/data/types.wit")]
mod bindings {}

use bindings::test::types::kinds::{self, Color, Failure, Page, Point, Rights, Shape};
use bindings::with_imports;

struct Types;

impl bindings::exports::test::types::kinds::Guest for Types {
    fn draw(
        shape: bindings::exports::test::types::kinds::Shape,
        color: bindings::exports::test::types::kinds::Color,
        rights: bindings::exports::test::types::kinds::Rights,
    ) -> Result<bindings::exports::test::types::kinds::Point, bindings::exports::test::types::kinds::Failure> {
        let _ = (shape, color, rights);
        Err(bindings::exports::test::types::kinds::Failure::TooLittle)
    }

    fn publish(
        pages: bindings::exports::test::types::kinds::Pages,
        first: bindings::exports::test::types::kinds::Page,
        pair: bindings::exports::test::types::kinds::Pair,
        points: Vec<bindings::exports::test::types::kinds::Point>,
    ) -> Option<bindings::exports::test::types::kinds::Pages> {
        let _ = (first, pair, points);
        Some(pages)
    }

    fn nested(
        o: Option<Option<String>>,
        t: (String, bindings::exports::test::types::kinds::Point),
        r: Result<String, Vec<u8>>,
    ) {
        let _ = (o, t, r);
    }

    fn many(
        a: u8,
        b: u8,
        c: u8,
        d: u8,
        e: u8,
        f: u8,
        g: u8,
        h: u8,
        i: u8,
        j: u8,
        k: u8,
        l: u8,
        m: u8,
        n: u8,
        o: u8,
        p: u8,
        q: u8,
        r: String,
    ) -> u8 {
        [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q].iter().sum::<u8>() + r.len() as u8
    }
}

bindings::export!(Types with_types_in bindings);

#[derive(Default)]
struct Imports(Vec<String>);

impl bindings::TypesImports for Imports {
    fn origin(&mut self) -> Point {
        Point { x: -1, y: i32::MAX }
    }
}

impl kinds::Host for Imports {
    fn draw(&mut self, shape: Shape, color: Color, rights: Rights) -> Result<Point, Failure> {
        self.0.push(format!("{shape:?} {color:?} {rights:?}"));
        match shape {
            Shape::Polygon(points) => points.last().copied().ok_or(Failure::TooLittle),
            Shape::Empty | Shape::Circle(_) | Shape::Named(_) => Err(Failure::TooMuch),
        }
    }

    fn publish(
        &mut self,
        mut pages: Vec<Page>,
        first: Page,
        pair: (u8, String),
        points: Vec<Point>,
    ) -> Option<Vec<Page>> {
        self.0.push(format!("{pair:?} {points:?}"));
        pages.insert(0, first);
        (pages.len() > 1).then_some(pages)
    }

    fn nested(&mut self, o: Option<Option<String>>, t: (String, Point), r: Result<String, Vec<u8>>) {
        self.0.push(format!("{o:?} {t:?} {r:?}"));
    }

    fn many(
        &mut self,
        a: u8,
        b: u8,
        c: u8,
        d: u8,
        e: u8,
        f: u8,
        g: u8,
        h: u8,
        i: u8,
        j: u8,
        k: u8,
        l: u8,
        m: u8,
        n: u8,
        o: u8,
        p: u8,
        q: u8,
        r: String,
    ) -> u8 {
        self.0.push(r);
        [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q].iter().sum()
    }
}

fn page(title: &str) -> Page {
    Page { title: title.to_owned(), tags: vec!["x".to_owned(), title.to_owned()], size: Some(u64::MAX) }
}

#[test]
fn values_of_every_kind_arrive() {
    let points = [Point { x: 1, y: 2 }, Point { x: -3, y: 4 }];
    let mut imports = Imports::default();
    with_imports(&mut imports, || {
        let last = kinds::draw(&Shape::Polygon(points.to_vec()), Color::LightGreen, Rights::READ | Rights::EXECUTE_ALL);
        assert_eq!(last.map(|point| (point.x, point.y)).ok(), Some((-3, 4)));
        let error = kinds::draw(&Shape::Named(page("p")), Color::Blue, Rights::empty()).unwrap_err();
        assert_eq!(error, Failure::TooMuch);
        assert_eq!((error.name(), error.message()), ("too-much", "There was too much."));
        assert_eq!(error.to_string(), "too-much (error 0)");
        let pages = kinds::publish(&[page("b")], &page("a"), &(7, "seven".to_owned()), &points).unwrap();
        assert_eq!(pages.iter().map(|page| page.title.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(pages[1].tags, ["x", "b"]);
        assert_eq!(pages[1].size, Some(u64::MAX));
        assert!(kinds::publish(&[], &page("a"), &(7, String::new()), &[]).is_none());
        kinds::nested(Some(Some("s")), ("t", &points[0]), Err(&[1, 2]));
        assert_eq!(kinds::many(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, "many"), 17);
        assert_eq!(bindings::origin().y, i32::MAX);
    });
    assert_eq!(
        imports.0,
        [
            "Shape::Polygon([Point { x: 1, y: 2 }, Point { x: -3, y: 4 }]) Color::LightGreen Rights(READ | EXECUTE_ALL)",
            "Shape::Named(Page { title: \"p\", tags: [\"x\", \"p\"], size: Some(18446744073709551615) }) Color::Blue Rights(0x0)",
            "(7, \"seven\") [Point { x: 1, y: 2 }, Point { x: -3, y: 4 }]",
            "(7, \"\") []",
            "Some(Some(\"s\")) (\"t\", Point { x: 1, y: 2 }) Err([1, 2])",
            "many",
        ]
    );
}

#[test]
fn flags_have_the_interface_of_bitflags() {
    let mut rights = Rights::READ;
    rights |= Rights::WRITE;
    assert!(rights.contains(Rights::WRITE) && !rights.is_all());
    assert_eq!(Rights::from_bits(8), None);
    assert_eq!(Rights::from_bits_truncate(15), Rights::all());
    assert_eq!(!rights, Rights::EXECUTE_ALL);
    assert_eq!(rights - Rights::READ, Rights::WRITE);
    assert_eq!(rights.iter().collect::<Vec<_>>(), [Rights::READ, Rights::WRITE]);
    assert_eq!([Rights::READ, Rights::EXECUTE_ALL].into_iter().collect::<Rights>().bits(), 5);
    assert_eq!(Rights::from_name("EXECUTE_ALL"), Some(Rights::EXECUTE_ALL));
    assert_eq!(Rights::default(), Rights::empty());
}

mod printed {
    witwright::generate!({
        inline: "
            package test:printed;
            interface kinds {
                record line { item-name: string, of: kind }
                enum kind { light-green, %self }
                variant problem { no-line, bad(line) }
                check: func(line: line) -> result<_, problem>;
            }
            world w { import kinds; }
        ",
    });
}

mod derived {
    witwright::generate!({
        inline: "
            package test:derived;
            interface kinds {
                record line { item-name: string, of: kind }
                enum kind { light-green }
                check: func(line: line);
            }
            world w { import kinds; }
        ",
        additional_derives: [Debug],
    });
}

#[test]
fn debug_is_as_programs_for_wit_bindgen_expect_it() {
    use printed::test::printed::kinds::{Kind, Line, Problem};

    let line = Line { item_name: "tea".to_owned(), of: Kind::Self_ };
    assert_eq!(format!("{line:?}"), "Line { item-name: \"tea\", of: Kind::Self_ }");
    assert_eq!(format!("{:#?}", Problem::Bad(line)).lines().next(), Some("Problem::Bad("));
    assert_eq!(format!("{:?} {0}", Problem::NoLine), "Problem::NoLine Problem::NoLine");
    let failure = "Failure { code: 0, name: \"too-much\", message: \"There was too much.\" }";
    assert_eq!(format!("{:?}", Failure::TooMuch), failure);
}

#[test]
fn debug_that_is_asked_for_is_derived() {
    use derived::test::derived::kinds::{Kind, Line};

    let line = Line { item_name: "tea".to_owned(), of: Kind::LightGreen };
    assert_eq!(format!("{line:?}"), "Line { item_name: \"tea\", of: LightGreen }");
}
