//! A text is parsed once, and again only after it has changed.

use std::sync::Arc;

use witwright_front::{FileId, LanguageFeatures, Parsed};
use witwright_resolver::load::Memory;
use witwright_resolver::{Input, Options, ParseCache, Resolution, resolve, resolve_cached};

const A: &str = "package acme:text; interface a { type id = u32; }";
const B: &str = "interface b { use a.{id}; get: func() -> id; }";
const DEP: &str = "package acme:dep; interface d { resource r; }";

/// A package of two files, and a package that it may depend on, resolved several times.
struct Session {
    files: Memory,
    cache: ParseCache,
    options: Options,
}

impl Session {
    fn new() -> Session {
        let mut files = Memory::default();
        files.add("wit/a.wit", A);
        files.add("wit/b.wit", B);
        files.add("wit/deps/dep.wit", DEP);
        Session { files, cache: ParseCache::default(), options: Options::default() }
    }

    /// Resolves, and expects that this number of texts is parsed. The result must be that of a fresh resolution.
    #[track_caller]
    fn resolve(&mut self, expected_parses: usize) -> Resolution {
        let before = self.cache.parse_count();
        let inputs = [Input::Path("wit".to_owned())];
        let cached = resolve_cached(&inputs, &self.files, &self.options, &mut self.cache);
        assert_eq!(self.cache.parse_count() - before, expected_parses);
        let fresh = resolve(&inputs, &self.files, &self.options);
        assert_eq!(messages(&cached), messages(&fresh));
        assert_eq!(format!("{:?}", cached.files_read), format!("{:?}", fresh.files_read));
        let names = |resolution: &Resolution| -> Vec<Option<String>> {
            resolution.model.interfaces.iter().map(|(id, _)| resolution.model.interface_name(id)).collect()
        };
        assert_eq!(names(&cached), names(&fresh));
        cached
    }

    fn id(&self, resolution: &Resolution, name: &str) -> FileId {
        resolution.sources.files().find(|(_, file)| file.name == name).unwrap().0
    }

    fn parsed(&self, id: FileId) -> Arc<Parsed> {
        Arc::clone(self.cache.parsed(id).unwrap())
    }
}

fn messages(resolution: &Resolution) -> Vec<String> {
    resolution.diagnostics.iter().map(|diagnostic| diagnostic.message.clone()).collect()
}

#[test]
fn nothing_is_parsed_twice() {
    let mut session = Session::new();
    session.resolve(3);
    session.resolve(0);
}

#[test]
fn a_change_in_one_file_does_not_touch_the_others() {
    let mut session = Session::new();
    let first = session.resolve(3);
    let (a, b) = (session.id(&first, "wit/a.wit"), session.id(&first, "wit/b.wit"));
    let (tree_of_a, tree_of_b) = (session.parsed(a), session.parsed(b));
    session.files.add("wit/b.wit", B.replace("id; }", "idd; }"));
    let second = session.resolve(1);
    let place = second.diagnostics[0].primary().unwrap();
    assert_eq!(second.sources.text(place), "idd");
    assert_eq!((session.id(&second, "wit/a.wit"), session.id(&second, "wit/b.wit")), (a, b));
    assert!(Arc::ptr_eq(&tree_of_a, &session.parsed(a)));
    assert!(!Arc::ptr_eq(&tree_of_b, &session.parsed(b)));
    // The spans of the earlier result still point into the earlier text.
    assert_eq!(first.sources.file(b).text, B);
}

#[test]
fn a_broken_file_has_a_tree_and_tokens() {
    let mut session = Session::new();
    session.files.add("wit/b.wit", "interface b { use a.{id}; get: func( -> id; } interface c {}");
    let resolution = session.resolve(3);
    assert!(resolution.has_errors());
    let parsed = session.parsed(session.id(&resolution, "wit/b.wit"));
    assert_eq!(parsed.tree.items.len(), 2);
    assert!(!parsed.tokens.is_empty());
    // The correct items are in the Model.
    assert_eq!(resolution.model.interfaces.len(), 4);
}

#[test]
fn what_is_gone_is_forgotten_and_what_comes_back_has_its_id() {
    let mut session = Session::new();
    let first = session.resolve(3);
    let dep = session.id(&first, "wit/deps/dep.wit");
    let mut without = Session::new();
    without.files = Memory::default();
    without.files.add("wit/a.wit", A);
    without.cache = session.cache.clone();
    let second = without.resolve(0);
    assert!(second.sources.get(dep).is_none());
    assert!(without.cache.parsed(dep).is_none());
    without.files = session.files.clone();
    let third = without.resolve(2);
    assert_eq!(without.id(&third, "wit/deps/dep.wit"), dep);
}

#[test]
fn another_language_is_another_tree() {
    let mut session = Session::new();
    session.resolve(3);
    session.options.language = LanguageFeatures::active();
    session.resolve(3);
}

#[test]
fn texts_of_one_name_are_kept_apart() {
    let inputs = [A, DEP].map(|text| Input::Inline { name: "<inline>".to_owned(), text: text.to_owned() });
    let mut cache = ParseCache::default();
    for parses in [2, 2] {
        let resolution = resolve_cached(&inputs, &Memory::default(), &Options::default(), &mut cache);
        assert_eq!(cache.parse_count(), parses);
        assert_eq!(resolution.sources.files().map(|(_, file)| file.text.as_str()).collect::<Vec<_>>(), [A, DEP]);
    }
}
