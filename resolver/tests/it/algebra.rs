//! The algebra of worlds: inverted and with merged versions, compared with `wit-parser`; and which world targets which, in
//! `tests/targets/NAME.wit` with the worlds `component` and `offered`, and the reasons in `NAME.stderr`.

use std::fs;
use std::path::{Path, PathBuf};

use witwright_corpora as corpora;
use witwright_front::LanguageFeatures;
use witwright_front::render::render_text;
use witwright_resolver::binary::{EncodingOptions, encode_world};
use witwright_resolver::load::Memory;
use witwright_resolver::model::WorldId;
use witwright_resolver::targets::{Versions, WorldOf, targets};
use witwright_resolver::{Disk, Input, Model, Options, Resolution, TurnError, merge, print, resolve};

use crate::binary::peer;
use crate::dump;
use crate::fixtures::golden;

#[test]
fn targets_say_why_not() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/targets");
    let paths = corpora::files(&folder, "wit");
    assert!(paths.len() >= 4, "only {} fixtures found", paths.len());
    let problems: Vec<String> = paths.iter().filter_map(|path| targeting(path)).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
}

fn targeting(path: &Path) -> Option<String> {
    let text = fs::read_to_string(path).unwrap();
    let resolution = inline(&text);
    let world = |name: &str| WorldOf {
        model: &resolution.model,
        world: resolution.world(Some(name)).unwrap_or_else(|_| panic!("{}: no world `{name}`", path.display())),
    };
    let mut found = String::new();
    for (versions, heading) in [(Versions::Compatible, "compatible versions"), (Versions::Exact, "exact versions")] {
        let reasons = targets(world("component"), world("offered"), versions);
        found += &format!("# {heading}\n\n");
        for reason in &reasons {
            found += &render_text(&resolution.sources, reason);
        }
    }
    golden(&path.with_extension("stderr"), &found)
}

fn inline(text: &str) -> Resolution {
    let mut files = Memory::default();
    files.add("main.wit", text);
    let resolution = resolve(&[Input::Path("main.wit".to_owned())], &files, &Options::default());
    assert!(!resolution.has_errors(), "{:?}", resolution.diagnostics);
    resolution
}

#[test]
fn unions_are_what_include_makes() {
    let text = "package a:b@1.0.0;
        interface i { resource r; }
        interface j { use i.{r}; f: func(x: r); }
        interface m { use j.{r}; }
        world v { import i; import g: func(x: t); type t = u8; export j; export k: interface { use i.{r}; } }
        @since(version = 1.0.0)
        world w { @since(version = 1.0.0) import i; import l: j; export h: func(); }
        world taken { export h: func(x: u8); }
        world upper { export m; }
        world lower { export i; }
        world included { include v; include w; }
        world united {}";
    let mut model = inline(text).model;
    let world = |name: &str| model.worlds.iter().find(|(_, world)| world.name == name).unwrap().0;
    let [united, v, w, taken, included] = ["united", "v", "w", "taken", "included"].map(world);
    let (upper, lower) = (world("upper"), world("lower"));
    model.unite(united, v).unwrap();
    model.unite(united, w).unwrap();
    let bytes = |model: &Model, id| encode_world(model, id, EncodingOptions::default());
    let text = |bytes: &[u8]| wasmprinter::print_bytes(bytes).unwrap();
    let (expected, found) = (text(&bytes(&model, included)), text(&bytes(&model, united)));
    assert_eq!(found.replace("united", "included"), expected);

    let before = print::package(&model, model.worlds[united].package);
    assert_eq!(
        model.unite(united, taken).unwrap_err().to_string(),
        "two items of the world would have the plain name `h`"
    );
    assert!(matches!(model.unite(upper, lower), Err(TurnError::Unsatisfiable(_))));
    assert_eq!(print::package(&model, model.worlds[united].package), before);
}

/// Each world targets itself.
#[test]
fn worlds_target_themselves() {
    let mut compared = 0;
    for_each_package(|path, resolution, _| {
        for (id, _) in resolution.model.worlds.iter() {
            let world = WorldOf { model: &resolution.model, world: id };
            let reasons = targets(world, world, Versions::Exact);
            assert!(reasons.is_empty(), "{}: {reasons:?}", path.display());
            compared += 1;
        }
    });
    assert!(compared > 50, "only {compared} worlds compared");
}

#[test]
fn worlds_are_turned_as_the_reference_does() {
    let mut compared = 0;
    for_each_package(|path, resolution, oracle| {
        for way in ["-importized", "-exportized"] {
            for (id, world) in resolution.model.worlds.iter() {
                let mut ours = resolution.model.clone();
                let mut theirs = oracle.clone();
                let Some(their_id) = find(&theirs, &resolution.model, id) else { continue };
                // The reference cannot make exports of types; it panics.
                if way == "-exportized" && theirs.worlds[their_id].imports.values().any(is_type) {
                    continue;
                }
                let (our_outcome, their_outcome) = match way {
                    "-importized" => (ours.importize(id), theirs.importize(their_id, None)),
                    _ => (ours.exportize(id), theirs.exportize(their_id, None, None)),
                };
                let is_same = our_outcome.is_ok() == their_outcome.is_ok();
                assert!(is_same, "{}: `{}`: {our_outcome:?}, {their_outcome:?}", path.display(), world.name);
                if our_outcome.is_err() {
                    continue;
                }
                let theirs = peer::model(&theirs).model;
                let name = format!("{}{way}", world.name);
                let package = &resolution.model.packages[world.package].name;
                let theirs = world_lines(&theirs, package, &name).replace(way, "");
                let ours = world_lines(&ours, package, &world.name);
                assert_eq!(ours, theirs, "{}: `{}` {way}", path.display(), world.name);
                compared += 1;
            }
        }
    });
    assert!(compared > 50, "only {compared} worlds compared");
}

fn is_type(item: &wit_parser::WorldItem) -> bool {
    matches!(item, wit_parser::WorldItem::Type { .. })
}

fn find(oracle: &wit_parser::Resolve, model: &Model, id: WorldId) -> Option<wit_parser::WorldId> {
    let world = &model.worlds[id];
    let package = model.packages[world.package].name.to_string();
    let is_it = |candidate: &wit_parser::World| {
        let its_package = candidate.package.map(|id| oracle.packages[id].name.to_string());
        candidate.name == world.name && its_package.as_deref() == Some(&package)
    };
    oracle.worlds.iter().find(|(_, candidate)| is_it(candidate)).map(|(id, _)| id)
}

/// The lines of a world in the dump of its package.
fn world_lines(model: &Model, package: &witwright_resolver::model::PackageName, name: &str) -> String {
    let (id, _) = model.packages.iter().find(|(_, candidate)| candidate.name == *package).unwrap();
    let dump = dump::package(model, id);
    let head = format!("  world {name}");
    let lines = dump.lines().skip_while(|line| **line != *head).skip(1);
    lines.take_while(|line| line.starts_with("    ")).map(|line| format!("{line}\n")).collect()
}

/// Calls `check` with each package of the suites that both resolve.
fn for_each_package(mut check: impl FnMut(&Path, &Resolution, &wit_parser::Resolve)) {
    let mut paths: Vec<PathBuf> = corpora::entries(&corpora::folder("wit-parser").join("tests/ui"));
    paths.extend(corpora::entries(&corpora::folder("wit-component").join("tests/interfaces")));
    paths.extend(corpora::wit_packages("wasip2"));
    for path in paths.iter().filter(|path| is_package(path)) {
        let mut oracle = wit_parser::Resolve { all_features: true, ..wit_parser::Resolve::default() };
        if oracle.push_path(path).is_err() {
            continue;
        }
        let options = Options::default().with_all_features().with_language(LanguageFeatures::active());
        let resolution = resolve(&[Input::Path(path.display().to_string())], &Disk, &options);
        check(path, &resolution, &oracle);
    }
}

fn is_package(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default();
    if path.is_dir() { !path.ends_with("parse-fail") } else { extension == "wit" }
}

#[test]
fn a_package_merged_with_itself_is_itself() {
    let mut compared = 0;
    for_each_package(|path, resolution, _| {
        let merged = merge::merge(&resolution.model, &resolution.model);
        let merged = merged.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for (id, package) in resolution.model.packages.iter() {
            let (other, _) = merged.packages.iter().find(|(_, other)| other.name == package.name).unwrap();
            assert_eq!(print::package(&resolution.model, id), print::package(&merged, other), "{}", path.display());
            compared += 1;
        }
    });
    assert!(compared > 100, "only {compared} packages compared");
}

#[test]
fn what_differs_is_not_merged() {
    let model = |text: &str| inline(text).model;
    let reason = |a: &str, b: &str| merge::merge(&model(a), &model(b)).err().map(|error| error.to_string());
    let base = "package a:b@1.0.0; interface i { record r { x: u32 } f: func(a: r); }";
    assert_eq!(reason(base, base), None);
    assert_eq!(
        reason(base, "package a:b@1.0.0; interface i { record r { x: string } g: func(a: r); }").unwrap(),
        "`a:b/i@1.0.0` cannot be merged: `r` differs: field `x`: `u32` in one, `string` in the other"
    );
    assert_eq!(
        reason(base, "package a:b@1.0.0; interface i { f: func(a: u32); }").unwrap(),
        "`a:b/i@1.0.0` cannot be merged: `f` differs: parameter `a`: `r (record { x })` in one, `u32` in the other"
    );
    assert_eq!(
        reason(
            "package a:b; interface i { type t = u32; } interface j { use i.{t}; }",
            "package a:b; interface j { type u = u32; } interface i { use j.{u}; }"
        )
        .unwrap(),
        "`a:b/j` cannot be merged: its definitions would need each other in a cycle"
    );
    assert_eq!(
        reason(
            "package a:b@1.0.0; @since(version = 1.0.0) interface i {}",
            "package a:b@1.0.0; @unstable(feature = f) interface i {}"
        ),
        None,
        "what a feature leaves out is in neither"
    );
    assert_eq!(
        reason(
            "package a:b@1.1.0; @since(version = 1.0.0) interface i {}",
            "package a:b@1.1.0; @since(version = 1.1.0) interface i {}"
        )
        .unwrap(),
        "`a:b/i@1.1.0` cannot be merged: its gates differ"
    );
}

#[test]
fn compatible_imports_become_the_latest() {
    let text = "package a:root;
        world w {
            import user: interface { use a:dep/i@0.2.0.{r}; f: func(a: borrow<r>); }
            import a:dep/i@0.2.1;
            import a:dep/i@0.3.0;
            export e: interface { use a:dep/i@0.2.0.{r}; g: func() -> r; }
        }
        package a:dep@0.2.0 { interface i { resource r { m: func(); } } }
        package a:dep@0.2.1 { interface i { resource r { m: func(); n: func(); } } }
        package a:dep@0.3.0 { interface i { f: func(); } }";
    let resolution = inline(text);
    let mut model = resolution.model.clone();
    let world = model.merge_compatible_imports(resolution.world(Some("w")).unwrap()).unwrap();
    let package = &model.packages[model.worlds[world].package].name;
    assert_eq!(
        world_lines(&model, package, "w"),
        "    import a:dep/i@0.2.1\n    import user\n      type r = a:dep/i@0.2.1.r\n      f: func(a: borrow<self.r>)\n    \
         import a:dep/i@0.3.0\n    export e\n      type r = a:dep/i@0.2.1.r\n      g: func() -> own<self.r>\n"
    );
}

#[test]
fn a_later_version_must_have_what_an_earlier_one_has() {
    let text = "package a:root;
        world w { import a:dep/i@0.2.0; import a:dep/i@0.2.1; }
        package a:dep@0.2.0 { interface i { f: func(); } }
        package a:dep@0.2.1 { interface i { f: func(a: u32); } }";
    let resolution = inline(text);
    let mut model = resolution.model.clone();
    let error = model.merge_compatible_imports(resolution.world(None).unwrap()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`f` differs between `a:dep/i@0.2.1` and `a:dep/i@0.2.0`: `func()` in one, `func(a: u32)` in the other"
    );
}
