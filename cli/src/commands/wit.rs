//! `witwright wit`

use std::fs::File;
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::Path;

use witwright_front::SourceMap;
use witwright_resolver::binary::{self, DecodeError, DecodeErrorKind, Decoded};
use witwright_resolver::model::{Model, PackageId};
use witwright_resolver::{json, lints::Lints, print};

use crate::args::{Format, WitArgs};
use crate::commands::{MAGIC, not_binary, resolve_paths};
use crate::failure::Failure;
use crate::report;

/// A Model, and which of its packages were asked for.
struct Shown {
    /// Where it comes from, if that needs saying.
    head: Option<String>,
    model: Model,
    main: Vec<PackageId>,
}

pub(crate) fn run(args: &WitArgs, format: Format) -> Result<(), Failure> {
    let path = &args.path;
    if path.is_dir() || path.extension().is_some_and(|extension| extension == "wit") {
        let resolution = resolve_paths(core::slice::from_ref(path), &args.gates, Lints::default())?;
        report::diagnostics(&resolution.sources, &resolution.diagnostics, format)?;
        let shown = Shown { head: None, model: resolution.model, main: resolution.main };
        return show(&[shown], Some(&resolution.sources), format);
    }
    let mut file = File::open(path).map_err(Failure::read(path))?;
    let mut start = Vec::new();
    (&file).take(MAGIC.len() as u64).read_to_end(&mut start).map_err(Failure::read(path))?;
    if start != MAGIC {
        return Err(not_binary(path));
    }
    let shown = of_binary(&mut file).map_err(|error| Failure::Decode(path.clone(), error.to_string()))?;
    if shown.is_empty() {
        let reason = "it is a core module without `component-type` sections: it was built without bindings";
        return Err(Failure::Decode(path.clone(), reason.to_owned()));
    }
    show(&shown, None, format)
}

/// What a component or a WIT package says; or a core module, which may have several sets of bindings, each with a world.
fn of_binary(file: &mut File) -> Result<Vec<Shown>, DecodeError> {
    let from_start = |file: &mut File| file.rewind().map_err(|error| DecodeErrorKind::Read(error.kind()));
    from_start(file)?;
    let (model, package) = match binary::decode_reader(&mut *file) {
        Ok(Decoded::Package(model, package)) => (model, package),
        Ok(Decoded::Component(model, world)) => {
            let package = model.worlds[world].package;
            (model, package)
        }
        Err(error) if matches!(error.kind(), DecodeErrorKind::CoreModule) => {
            from_start(file)?;
            let sections = binary::component_types_reader(file)?.into_iter().map(|section| Shown {
                head: Some(format!("// section `{}`\n", section.name)),
                main: vec![section.model.worlds[section.world].package],
                model: section.model,
            });
            return Ok(sections.collect());
        }
        Err(error) => return Err(error),
    };
    Ok(vec![Shown { head: None, model, main: vec![package] }])
}

/// Text has the other packages nested behind the first that was asked for; JSON is one line for each Model.
fn show(shown: &[Shown], sources: Option<&SourceMap>, format: Format) -> Result<(), Failure> {
    let text = |Shown { head, model, main }: &Shown| match (format, main.first()) {
        (Format::Json, _) => json::render(model, main, sources) + "\n",
        (Format::Text | Format::Sarif, Some(&first)) => {
            head.clone().unwrap_or_default() + &print::document(model, first)
        }
        (Format::Text | Format::Sarif, None) => String::new(),
    };
    let separator = match format {
        Format::Json => "",
        Format::Text | Format::Sarif => "\n",
    };
    let text = shown.iter().map(text).collect::<Vec<_>>().join(separator);
    io::stdout().write_all(text.as_bytes()).map_err(Failure::write(Path::new("standard output")))
}
