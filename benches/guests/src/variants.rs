//! Variants, enums, flags and results.

wit_bindgen::generate!({
    inline: "
        package size:variants;
        interface shapes {
            enum color { red, green, blue }
            flags style { filled, dashed, rounded }
            variant shape { circle(f32), polygon(list<tuple<f32, f32>>), text(string), none }
            draw: func(shape: shape, color: color, style: style) -> result<shape, string>;
        }
        world guest {
            import shapes;
            use shapes.{shape, color, style};
            export render: func(shapes: list<shape>, color: option<color>) -> result<shape, string>;
        }
    "
});

struct Component;

export!(Component);

impl Guest for Component {
    fn render(shapes: Vec<Shape>, color: Option<Color>) -> Result<Shape, String> {
        let shape = shapes.into_iter().next().ok_or_else(|| "no shape".to_owned())?;
        size::variants::shapes::draw(&shape, color.unwrap_or(Color::Red), Style::FILLED | Style::DASHED)
    }
}
