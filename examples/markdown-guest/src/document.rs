//! The resource `document`.

use core::cell::RefCell;
use std::collections::BTreeMap;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::bindings::exports::acme::text::render::{
    Document, DocumentBorrow, Extensions, Failure, GuestDocument, Heading,
};
use crate::render;

/// A text that can be edited and rendered.
#[derive(Debug)]
pub struct Text {
    text: RefCell<String>,
    options: Options,
}

impl GuestDocument for Text {
    fn new(text: String, extensions: Extensions) -> Text {
        Text { text: RefCell::new(text), options: options(extensions) }
    }

    fn join(parts: Vec<DocumentBorrow<'_>>) -> Document {
        let mut joined = Text { text: RefCell::default(), options: Options::empty() };
        for part in &parts {
            let part = part.get::<Text>();
            joined.text.get_mut().push_str(&part.text.borrow());
            joined.options |= part.options;
        }
        Document::new(joined)
    }

    fn append(&self, text: String) {
        self.text.borrow_mut().push_str(&text);
    }

    fn outline(&self) -> Vec<Heading> {
        outline(&self.text.borrow(), self.options)
    }

    fn frequent_words(&self, most: u32) -> Vec<(String, u32)> {
        let text = self.text.borrow();
        let mut counts = BTreeMap::<String, u32>::new();
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            *counts.entry(word.to_lowercase()).or_default() += 1;
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by_key(|(_, count)| core::cmp::Reverse(*count));
        counts.truncate(most as usize);
        counts
    }

    fn render(&self) -> Result<String, Failure> {
        let text = self.text.borrow();
        if text.len() as u64 > render::LIMIT_BYTES {
            return Err(Failure::TooLong(render::LIMIT_BYTES));
        }
        let headings = outline(&text, self.options);
        if let Some(at) = headings.windows(2).position(|pair| pair[1].level > pair[0].level + 1) {
            return Err(Failure::SkippedLevel((at as u32 + 1, headings[at + 1].clone())));
        }
        Ok(render::html(&text, self.options))
    }
}

fn options(extensions: Extensions) -> Options {
    let mut options = Options::empty();
    options.set(Options::ENABLE_TABLES, extensions.contains(Extensions::TABLES));
    options.set(Options::ENABLE_FOOTNOTES, extensions.contains(Extensions::FOOTNOTES));
    options.set(Options::ENABLE_STRIKETHROUGH, extensions.contains(Extensions::STRIKETHROUGH));
    options.set(Options::ENABLE_TASKLISTS, extensions.contains(Extensions::TASKLISTS));
    options.set(Options::ENABLE_HEADING_ATTRIBUTES, extensions.contains(Extensions::HEADING_ATTRIBUTES));
    options
}

fn outline(text: &str, options: Options) -> Vec<Heading> {
    let mut headings = Vec::new();
    let mut open: Option<Heading> = None;
    for event in Parser::new_ext(text, options) {
        match (event, &mut open) {
            (Event::Start(Tag::Heading { level, .. }), _) => {
                open = Some(Heading { level: level as u8, text: String::new() });
            }
            (Event::End(TagEnd::Heading(_)), heading) => headings.extend(heading.take()),
            (Event::Text(text) | Event::Code(text), Some(heading)) => heading.text.push_str(&text),
            _ => {}
        }
    }
    headings
}
