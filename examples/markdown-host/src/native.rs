//! The same rendering without a component, for comparison.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html::push_html};

use crate::site::{Decision, decide};

/// Renders a text with the options that the component is given.
pub(crate) fn html(text: &str) -> String {
    let mut kept = Vec::new();
    let mut events = Vec::new();
    for mut event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        if let Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) = &mut event {
            let decision = decide(dest_url);
            kept.push(decision != Decision::Unlink);
            if let Decision::Rewrite(href) = decision {
                *dest_url = href.into();
            }
            if kept.last() == Some(&false) {
                continue;
            }
        }
        if matches!(event, Event::End(TagEnd::Link | TagEnd::Image)) && kept.pop() == Some(false) {
            continue;
        }
        events.push(event);
    }
    let mut out = String::new();
    push_html(&mut out, events.into_iter());
    out
}
