//! The component, and the imports that this program gives it.

use core::hash::BuildHasher;
use std::hash::RandomState;

use witwright::{Component, CoreEngine, Error, HasSelf, Linker, Store};

use crate::Failure;
use crate::site::{Decision, Site, decide};

witwright::host!({ path: "../../packages/acme/text", world: "plugin" });

use acme::text::links::{Link, Target};
use acme::text::progress::Stage;
use exports::acme::text::render::{Extensions, Heading};

/// A rendered document.
#[derive(Debug)]
pub(crate) struct Rendered {
    pub(crate) html: String,
    pub(crate) outline: Vec<Heading>,
    pub(crate) words: Vec<(String, u32)>,
    pub(crate) site: Site,
}

impl acme::text::links::Host for Site {
    fn resolve(&mut self, link: Link) -> Target {
        self.resolved += 1;
        match decide(&link.href) {
            Decision::Keep => Target::Keep,
            Decision::Rewrite(href) => {
                self.rewritten += 1;
                Target::Rewrite(href)
            }
            Decision::Unlink => {
                self.removed += 1;
                Target::Unlink
            }
        }
    }
}

impl acme::text::progress::Host for Site {
    fn report(&mut self, _stage: Stage, _done: u32, _total: u32) {
        self.reported += 1;
    }
}

/// Renders a text with a component.
pub(crate) fn render<E: CoreEngine>(engine: &E, component: &[u8], text: &str) -> Result<Rendered, Failure> {
    let component = Component::new(engine, component)?;
    let mut linker = Linker::new(engine);
    Plugin::add_to_linker::<HasSelf<Site>>(&mut linker)?;
    provide_seed(&mut linker)?;
    // The guest's standard library imports more of WASI. This plugin calls none of it.
    linker.trap_unknown_imports(&component);
    let mut store = Store::new(engine, Site::default());
    let plugin = Plugin::instantiate(&mut store, &component, &linker)?;

    let render = plugin.acme_text_render();
    let documents = render.document();
    let document = documents.call_constructor(&mut store, text, Extensions::TABLES | Extensions::STRIKETHROUGH)?;
    let outline = documents.call_outline(&mut store, &document)?;
    let words = documents.call_frequent_words(&mut store, &document, 5)?;
    let html = documents.call_render(&mut store, &document)?;
    document.drop(&mut store)?;
    let html = html.map_err(|failure| Failure::Refused(format!("{failure:?}")))?;
    Ok(Rendered { html, outline, words, site: store.into_data() })
}

/// Provides the only part of WASI that the plugin calls: the guest's standard library seeds its hash maps.
fn provide_seed<E: CoreEngine>(linker: &mut Linker<Site, E>) -> Result<(), Error> {
    linker.instance("wasi:random/insecure-seed@0.2.0").func_wrap("insecure-seed", |_, ()| {
        let seed = RandomState::new();
        Ok((seed.hash_one(0), seed.hash_one(1)))
    })?;
    Ok(())
}
