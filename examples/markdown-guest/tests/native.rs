//! The component's code, run natively with imports that the test provides.

use markdown_guest::Plugin;
use markdown_guest::bindings::acme::text::links::{self, Link, Target};
use markdown_guest::bindings::acme::text::progress::{self, Stage};
use markdown_guest::bindings::exports::acme::text::render::{Document, Extensions, Failure, Guest, GuestDocument};
use markdown_guest::bindings::with_imports;

type Text = <Plugin as Guest>::Document;

/// A site that removes links to `gone` and counts all others.
#[derive(Default)]
struct Site {
    asked: Vec<String>,
    stages: Vec<(Stage, u32, u32)>,
}

impl links::Host for Site {
    fn resolve(&mut self, link: Link) -> Target {
        self.asked.push(format!("{} {:?} {}", link.href, link.title, link.image));
        match link.href.as_str() {
            "gone" => Target::Unlink,
            "here" => Target::Rewrite("there".to_owned()),
            _ => Target::Keep,
        }
    }
}

impl progress::Host for Site {
    fn report(&mut self, stage: Stage, done: u32, total: u32) {
        self.stages.push((stage, done, total));
    }
}

#[test]
fn links_go_where_the_host_says() {
    let mut site = Site::default();
    let html = with_imports(&mut site, || {
        Text::new("[a](here) [b](gone) ![c](c.png \"title\")".to_owned(), Extensions::empty()).render()
    });
    assert_eq!(
        html.expect("a short text"),
        "<p><a href=\"there\">a</a> b <img src=\"c.png\" alt=\"c\" title=\"title\" /></p>\n"
    );
    assert_eq!(site.asked, ["here None false", "gone None false", "c.png Some(\"title\") true"]);
    assert_eq!(
        site.stages,
        [
            (Stage::Parse, 13, 13),
            (Stage::Resolve, 1, 3),
            (Stage::Resolve, 2, 3),
            (Stage::Resolve, 3, 3),
            (Stage::Render, 1, 1)
        ]
    );
}

#[test]
fn a_skipped_level_is_a_failure() {
    let text = Text::new("# one\n\n### three".to_owned(), Extensions::empty());
    let Err(Failure::SkippedLevel((index, heading))) = text.render() else { panic!("the level is skipped") };
    assert_eq!((index, heading.level, heading.text.as_str()), (1, 3, "three"));
}

#[test]
fn documents_join_and_count() {
    let [first, second] = ["to be or not to be ", "Be!"].map(|text| Text::new(text.to_owned(), Extensions::TABLES));
    second.append(" To".to_owned());
    assert_eq!(second.frequent_words(1), [("be".to_owned(), 1)]);
    let parts = [Document::new(first), Document::new(second)];
    let joined: Document = Text::join(parts.iter().map(Document::borrow).collect());
    assert_eq!(joined.get::<Text>().frequent_words(2), [("be".to_owned(), 3), ("to".to_owned(), 3)]);
}

#[test]
#[should_panic = "the import `report` of acme:text/progress@0.1.0 was called"]
fn imports_must_be_given() {
    let _ = Text::new("[a](b)".to_owned(), Extensions::empty()).render();
}
