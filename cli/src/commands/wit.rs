//! `witwright wit`

use std::fs::File;
use std::io::{Cursor, Read, Seek};
use std::path::Path;

use witwright_front::SourceMap;
use witwright_resolver::binary::{self, DecodeError, DecodeErrorKind, Decoded};
use witwright_resolver::model::{Model, PackageId};
use witwright_resolver::{Resolution, TurnError, json, lints::Lints, print, with_way_to_name};

use crate::args::{Format, TurnArgs, WitArgs};
use crate::failure::Failure;
use crate::files::{self, MAGIC, WitText, is_stdin};
use crate::folder::{self, Stems};
use crate::input::{has_extension, inline, not_binary, resolve_inputs, resolve_paths};
use crate::report;

/// The bytes that show the form of a file.
const START_BYTES: u64 = 16;

/// A Model, and the packages of it that were asked for.
struct Shown {
    /// A comment with its origin, if it is one of several.
    head: Option<String>,
    model: Model,
    main: Vec<PackageId>,
}

pub(crate) fn run(args: &WitArgs, format: Format) -> Result<(), Failure> {
    let (shown, sources) = read(args, format)?;
    let is_changed = args.turn.importize || args.turn.exportize || args.merge_versions || args.world.is_some();
    let shown = match is_changed {
        true => shown.into_iter().map(|shown| changed(shown, &sources, args, format)).collect::<Result<Vec<_>, _>>()?,
        false => shown,
    };
    match (&args.out_dir, &args.output) {
        (Some(folder), _) => write_folders(&shown, folder),
        (None, Some(output)) => write_file(&shown, &sources, format, output),
        (None, None) => {
            let text = text(&shown, Some(&sources), format);
            files::write_stdout(text)
        }
    }
}

/// The message that JSON cannot be written to this place.
pub(crate) fn refusal(args: &WitArgs, format: Format) -> Option<String> {
    if format != Format::Json {
        return None;
    }
    if args.out_dir.is_some() {
        return Some("`--out-dir` writes packages as WIT; write JSON to standard output or with `--output`".to_owned());
    }
    let output = args.output.as_deref()?;
    let form = [("wasm", "packages in binary form"), ("wit", "WIT")];
    let (extension, form) = form.into_iter().find(|(extension, _)| has_extension(output, extension))?;
    Some(format!(
        "a file `*.{extension}` holds {form}; write JSON to one called `*.json`, or leave out `--format json`"
    ))
}

/// Reads the packages, and reports the diagnostics of a package on disk.
fn read(args: &WitArgs, format: Format) -> Result<(Vec<Shown>, SourceMap), Failure> {
    let path = &args.path;
    let of_text = |resolution: Resolution| {
        report::diagnostics(&resolution.sources, &resolution.diagnostics, format)?;
        let shown = Shown { head: None, model: resolution.model, main: resolution.main };
        Ok((vec![shown], resolution.sources))
    };
    if path.is_dir() || has_extension(path, "wit") {
        return of_text(resolve_paths(core::slice::from_ref(path), &args.gates, Lints::default())?);
    }
    let decoded = if is_stdin(path) {
        let bytes = files::read(path)?;
        if !bytes.starts_with(MAGIC) {
            let text = inline(WitText::of(path, bytes)?);
            return of_text(resolve_inputs(&[text], &args.gates, Lints::default()));
        }
        of_binary(&mut Cursor::new(bytes))
    } else {
        let mut file = File::open(path).map_err(Failure::read(path))?;
        let mut start = Vec::new();
        (&file).take(START_BYTES).read_to_end(&mut start).map_err(Failure::read(path))?;
        if !start.starts_with(MAGIC) {
            return Err(not_binary(path, &start));
        }
        of_binary(&mut file)
    };
    let shown = decoded.map_err(|error| Failure::Decode(path.clone(), error.to_string()))?;
    if shown.is_empty() {
        let reason = "it is a core module without `component-type` sections: it was built without bindings";
        return Err(Failure::Decode(path.clone(), reason.to_owned()));
    }
    Ok((shown, SourceMap::default()))
}

/// A Model with its world turned around, or with the versions of its imports merged.
fn changed(shown: Shown, sources: &SourceMap, args: &WitArgs, format: Format) -> Result<Shown, Failure> {
    let Shown { head, mut model, main } = shown;
    let mut world = match model.world(&main, args.world.as_deref()) {
        Ok(world) => world,
        Err(diagnostic) => {
            report::diagnostics(sources, [&with_way_to_name(*diagnostic, "with `--world`")], format)?;
            return Err(Failure::Reported);
        }
    };
    let turned = match args.turn {
        TurnArgs { importize: true, .. } => model.importize(world),
        TurnArgs { exportize: true, .. } => model.exportize(world),
        TurnArgs { importize: false, exportize: false } => Ok(()),
    };
    match turned {
        Ok(()) => {}
        Err(TurnError::Unsatisfiable(diagnostics)) => report::diagnostics(sources, &diagnostics, format)?,
        Err(error) => return Err(Failure::World(error.to_string())),
    }
    if args.merge_versions {
        world = model.merge_compatible_imports(world).map_err(|error| Failure::World(error.to_string()))?;
    }
    let main = vec![model.worlds[world].package];
    Ok(Shown { head, model, main })
}

/// Writes the package of each Model as a folder: into this one, or, if there are several, each into one of its own in it.
fn write_folders(shown: &[Shown], out: &Path) -> Result<(), Failure> {
    let mut stems = Stems::default();
    for Shown { model, main, .. } in shown {
        let Some(&main) = main.first() else { continue };
        let inner = match shown {
            [_] => out.to_owned(),
            [..] => out.join(stems.unique(&model.packages[main].name.to_string())),
        };
        folder::write(model, main, &inner)?;
    }
    Ok(())
}

/// Writes one file: a package in binary form if it is called `*.wasm`, else text.
fn write_file(shown: &[Shown], sources: &SourceMap, format: Format, output: &Path) -> Result<(), Failure> {
    let is_binary = has_extension(output, "wasm");
    let bytes = match shown {
        [Shown { model, main, .. }] if is_binary => match main.first() {
            Some(&main) => binary::encode_package(model, main),
            None => return Err(Failure::NoWit(output.to_owned())),
        },
        [_] => text(shown, Some(sources), format).into_bytes(),
        [..] if format == Format::Json && !is_binary => text(shown, Some(sources), format).into_bytes(),
        [..] => return Err(Failure::SeveralPackages(shown.len())),
    };
    files::write(output, bytes)
}

/// The WIT of a component, of a WIT package, or of a core module, which may have several sections with a world each.
fn of_binary<R: Read + Seek>(file: &mut R) -> Result<Vec<Shown>, DecodeError> {
    let from_start = |file: &mut R| file.rewind().map_err(|error| DecodeErrorKind::Read(error.kind()));
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

/// Text has the other packages nested after the first one that was asked for; JSON has one line for each Model.
fn text(shown: &[Shown], sources: Option<&SourceMap>, format: Format) -> String {
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
    shown.iter().map(text).collect::<Vec<_>>().join(separator)
}
