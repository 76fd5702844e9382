//! The world `test:interop/interop`, written against the API of `wit_bindgen::generate!`.

use std::cell::{Cell, RefCell};

wit_bindgen::generate!({ path: "../../wit", world: "interop" });

use crate::exports::test::interop::drawing::{Failure, Guest as Drawing, GuestSketch, Sketch as SketchHandle};
use crate::test::interop::canvas::{self, Sheet};
use crate::test::interop::shapes::{Item, Outline, Point, Style};

struct Component;

struct Sketch {
    title: String,
    items: RefCell<Vec<Item>>,
}

thread_local! {
    static LIVE: Cell<u32> = const { Cell::new(0) };
}

impl Sketch {
    fn of(title: String, items: Vec<Item>) -> Sketch {
        LIVE.set(LIVE.get() + 1);
        Sketch { title, items: RefCell::new(items) }
    }
}

impl Drop for Sketch {
    fn drop(&mut self) {
        LIVE.set(LIVE.get() - 1);
    }
}

impl Guest for Component {
    fn greet(name: String) -> Result<String, Vec<String>> {
        if name.is_empty() { Err(vec!["a name".to_owned(), "is needed".to_owned()]) } else { Ok(twice(&name)) }
    }
}

impl Drawing for Component {
    type Sketch = Sketch;

    fn echo(items: Vec<Item>) -> Vec<Item> {
        items
    }

    fn bounds(points: Vec<Point>) -> Option<(Point, Point)> {
        let first = *points.first()?;
        Some(points.iter().fold((first, first), |(low, high), p| {
            (
                Point { x: low.x.min(p.x), y: low.y.min(p.y) },
                Point { x: high.x.max(p.x), y: high.y.max(p.y) },
            )
        }))
    }

    fn scalars(
        a: u8,
        b: i8,
        c: u16,
        d: i16,
        e: u32,
        f: i32,
        g: u64,
        h: i64,
        i: f32,
        j: f64,
        k: char,
        l: bool,
    ) -> (u8, i8, u16, i16, u32, i32, u64, i64, f32, f64, char, bool) {
        (a, b, c, d, e, f, g, h, i, j, k, l)
    }

    fn sum_of_many(
        a: u64,
        b: u64,
        c: u64,
        d: u64,
        e: u64,
        f: u64,
        g: u64,
        h: u64,
        i: u64,
        j: u64,
        k: u64,
        l: u64,
        m: u64,
        n: u64,
        o: u64,
        p: u64,
        label: String,
    ) -> String {
        format!("{label}: {}", [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p].iter().sum::<u64>())
    }

    fn stack_of_sheets(names: Vec<String>) -> Option<Sheet> {
        let sheets = names.iter().map(|name| {
            let sheet = Sheet::new(name);
            let item = Item {
                outline: Outline::Text(name.clone()),
                color: canvas_color(name),
                style: Style::BOLD | Style::FILLED,
                tags: vec![],
                note: None,
            };
            canvas::log(&format!("{} has {}", sheet.name(), sheet.add(&item)));
            sheet
        });
        sheets.reduce(|first, second| Sheet::merge(first, &second))
    }
}

fn canvas_color(name: &str) -> test::interop::shapes::Color {
    use test::interop::shapes::Color;
    [Color::Red, Color::Green, Color::Blue][name.len() % 3]
}

impl GuestSketch for Sketch {
    fn new(title: String) -> Sketch {
        Sketch::of(title, Vec::new())
    }

    fn draw(&self, item: Item) -> Result<u32, String> {
        if let Outline::Polygon(points) = &item.outline
            && points.len() < 3
        {
            return Err(format!("a polygon has three points or more, not {}", points.len()));
        }
        let mut items = self.items.borrow_mut();
        items.push(item);
        Ok(items.len() as u32)
    }

    fn items(&self) -> Vec<Item> {
        self.items.borrow().clone()
    }

    fn title(&self) -> String {
        self.title.clone()
    }

    fn publish(&self, to: &Sheet) -> Result<u32, Failure> {
        let items = self.items.borrow();
        let unnamed: Vec<u32> = (0..).zip(items.iter()).filter(|(_, item)| item.tags.is_empty()).map(|(i, _)| i).collect();
        if items.is_empty() {
            Err(Failure::Empty)
        } else if !unnamed.is_empty() {
            Err(Failure::Unnamed(unnamed))
        } else {
            Ok(items.iter().map(|item| to.add(item)).last().unwrap_or_default())
        }
    }

    fn join(sketches: Vec<SketchHandle>) -> SketchHandle {
        let mut title = String::new();
        let mut items = Vec::new();
        for sketch in sketches {
            let sketch = sketch.into_inner::<Sketch>();
            title.push_str(&sketch.title);
            items.append(&mut sketch.items.borrow_mut());
        }
        SketchHandle::new(Sketch::of(title, items))
    }

    fn live() -> u32 {
        LIVE.get()
    }
}

export!(Component);
