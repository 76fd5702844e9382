//! The component's WIT: parsed, resolved and checked, as is a text with mistakes.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use witwright_resolver::binary::decode_component;
use witwright_resolver::load::Memory;
use witwright_resolver::targets::{Versions, WorldOf, targets};
use witwright_resolver::{Input, Options, Resolution, resolve};

const METER: &str = include_str!("../data/meter.wit");

pub(crate) fn check(component: &[u8]) -> Vec<String> {
    let mut lines = Vec::new();
    let wrong = resolved(&METER.replace("u32)", "u23)"));
    for diagnostic in &wrong.diagnostics {
        lines.push(format!("wit: {}: {}", diagnostic.code.0, diagnostic.message));
    }
    let right = resolved(METER);
    lines.push(format!("wit: {} mistakes", right.diagnostics.len()));
    match (right.world(None), decode_component(component)) {
        (Ok(world), Ok((model, component))) => {
            let component = WorldOf { model: &model, world: component };
            let reasons = targets(component, WorldOf { model: &right.model, world }, Versions::Exact);
            lines.push(format!("wit: {} reasons why the component is not of its world", reasons.len()));
        }
        (Err(error), _) => lines.push(format!("wit: {}", error.message)),
        (_, Err(error)) => lines.push(format!("wit: {error}")),
    }
    lines
}

fn resolved(text: &str) -> Resolution {
    let input = Input::Inline { name: "meter.wit".into(), text: text.into() };
    resolve(&[input], &Memory::default(), &Options::default())
}
