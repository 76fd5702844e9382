//! From Markdown to HTML, with the host's decision about each link.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};

use crate::bindings::acme::text::links::{self, Link, Target};
use crate::bindings::acme::text::progress::{self, Stage};

/// The length of the longest document that is rendered.
pub(crate) const LIMIT_BYTES: u64 = 16 << 20;

/// Renders a text.
pub(crate) fn html(text: &str, options: Options) -> String {
    let events: Vec<Event<'_>> = Parser::new_ext(text, options).collect();
    progress::report(Stage::Parse, events.len() as u32, events.len() as u32);
    let events = resolve(events);
    let mut out = String::new();
    html::push_html(&mut out, events.into_iter());
    progress::report(Stage::Render, 1, 1);
    out
}

/// Applies the host's decision to each link.
fn resolve(events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    let total = events.iter().filter(|event| starts_link(event)).count() as u32;
    let mut done = 0;
    let mut resolved = Vec::with_capacity(events.len());
    // For each open link, whether its tag is kept.
    let mut open = Vec::new();
    for event in events {
        if starts_link(&event) {
            let event = retarget(event);
            open.push(event.is_some());
            resolved.extend(event);
            done += 1;
            progress::report(Stage::Resolve, done, total);
        } else if !ends_link(&event) || open.pop() == Some(true) {
            resolved.push(event);
        }
    }
    resolved
}

fn starts_link(event: &Event<'_>) -> bool {
    matches!(event, Event::Start(Tag::Link { .. } | Tag::Image { .. }))
}

fn ends_link(event: &Event<'_>) -> bool {
    matches!(event, Event::End(TagEnd::Link | TagEnd::Image))
}

/// Asks the host about a link. `None` if only its text is kept.
fn retarget(mut event: Event<'_>) -> Option<Event<'_>> {
    let image = matches!(event, Event::Start(Tag::Image { .. }));
    if let Event::Start(Tag::Link { dest_url, title, .. } | Tag::Image { dest_url, title, .. }) = &mut event {
        let title = (!title.is_empty()).then(|| title.to_string());
        match links::resolve(&Link { href: dest_url.to_string(), title, image }) {
            Target::Keep => {}
            Target::Rewrite(href) => *dest_url = href.into(),
            Target::Unlink => return None,
        }
    }
    Some(event)
}
