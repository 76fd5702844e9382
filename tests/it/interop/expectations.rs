//! The results that both hosts expect of the guest's functions. The bindings of both have the same names, so macros are
//! expanded beside each.

/// `items`, values of all kinds of types, and `text`, by which they are compared.
macro_rules! data {
    () => {
        fn items() -> Vec<Item> {
            let item = |outline, color, style, tags: &[&str], note: Option<&str>| Item {
                outline,
                color,
                style,
                tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
                note: note.map(str::to_owned),
            };
            let triangle = [(0, 0), (3, -4), (i32::MAX, i32::MIN)].map(|(x, y)| Point { x, y });
            vec![
                item(Outline::Dot, Color::Red, Style::empty(), &["a"], None),
                item(Outline::Circle((Point { x: 1, y: 2 }, 0.5)), Color::Green, Style::BOLD, &["b", ""], Some("")),
                item(
                    Outline::Polygon(triangle.to_vec()),
                    Color::Blue,
                    Style::DASHED | Style::FILLED,
                    &["häh", "☃"],
                    Some("🦀"),
                ),
                item(Outline::Text("text".to_owned()), Color::Red, Style::all(), &["c"], Some("note")),
            ]
        }

        fn text(items: &[Item]) -> String {
            format!("{items:?}")
        }
    };
}

/// Calls the functions that need no resources, and checks their results.
macro_rules! functions {
    ($store:ident, $world:ident) => {
        let greeting = $world.call_greet(&mut $store, "ab").expect("no trap");
        assert_eq!(greeting, Ok("abab".to_owned()));
        let refusal = $world.call_greet(&mut $store, "").expect("no trap");
        assert_eq!(refusal, Err(vec!["a name".to_owned(), "is needed".to_owned()]));

        let drawing = $world.test_interop_drawing();
        let echoed = drawing.call_echo(&mut $store, &items()).expect("no trap");
        assert_eq!(text(&echoed), text(&items()));
        let bounds = drawing.call_bounds(&mut $store, &[Point { x: 1, y: 5 }, Point { x: -3, y: 9 }]).expect("no trap");
        assert_eq!(format!("{bounds:?}"), "Some((Point { x: -3, y: 5 }, Point { x: 1, y: 9 }))");
        assert!(drawing.call_bounds(&mut $store, &[]).expect("no trap").is_none());
        let (a, b, c, d) = (255, -128, 65535, -32768);
        let (e, f, g, h) = (u32::MAX, i32::MIN, u64::MAX, i64::MIN);
        let (i, j, k, l) = (-0.5, 1e300, '🦀', true);
        let scalars = drawing.call_scalars(&mut $store, a, b, c, d, e, f, g, h, i, j, k, l).expect("no trap");
        assert_eq!(scalars, (a, b, c, d, e, f, g, h, i, j, k, l));
        let sum = drawing.call_sum_of_many(&mut $store, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, "sum");
        assert_eq!(sum.expect("no trap"), "sum: 136");
    };
}

pub(super) use {data, functions};
