//! `E03xx`: files and packages.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use witwright_front::diagnostic::Label;
use witwright_front::lexer::written;
use witwright_front::{Code, Diagnostic, Span, Subject};

use super::{list, near, with_cycle};
#[cfg(feature = "decode")]
use crate::binary::DecodeError;
use crate::files::{FileError, Searched};
use crate::model::PackageName;
use crate::options::TargetVersion;

/// A file or a directory cannot be read.
pub const E0301: Code = Code("E0301");
/// A directory has no WIT in it.
pub const E0303: Code = Code("E0303");
/// Two packages have one name.
pub const E0307: Code = Code("E0307");

/// E0301: a file or a directory cannot be read. If it does not exist, `meant` is the path with the nearest name.
pub(crate) fn cannot_read(path: &str, error: FileError, meant: Option<&str>) -> Diagnostic {
    let diagnostic = Diagnostic::error(E0301, format!("cannot read `{path}`: {error}"))
        .subject(Subject::Path { path: path.into(), meant: meant.map(String::from) });
    match (error, meant) {
        (FileError::NotFound, Some(meant)) => diagnostic.help(format!("did you mean `{meant}`?")),
        (FileError::NotFound, None) => {
            diagnostic.help("name a directory with `.wit` files in it, or a single `.wit` file")
        }
        (FileError::Forbidden | FileError::Unreadable | FileError::NotUnicode, _) => diagnostic,
    }
}

/// The name of a directory's entry that a missing one is most like.
pub(crate) fn meant<'a>(name: &str, inside: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    near(name, inside)
}

/// E0302: a file is not text.
pub(crate) fn not_utf8(path: &str, bytes: &[u8], valid_len: usize) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code("E0302"), format!("`{path}` is not UTF-8"));
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return diagnostic.note("it begins with the byte order mark of UTF-16").help("save it as UTF-8");
    }
    let valid = &bytes[..valid_len];
    let line_start = valid.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
    let line = valid.iter().filter(|&&byte| byte == b'\n').count() + 1;
    let column = String::from_utf8_lossy(&valid[line_start..]).chars().count() + 1;
    diagnostic
        .note(format!("line {line}, column {column}: byte {valid_len} of the file does not continue a character"))
        .help("save it as UTF-8")
}

/// E0325: a file in another format.
pub(crate) fn other_format(path: &str, format: &str) -> Diagnostic {
    Diagnostic::error(Code("E0325"), format!("`{path}` is {format}, not WIT"))
        .help("name a directory with `.wit` files in it, a `.wit` file, or a WIT package in binary form (`.wasm`)")
}

/// E0303: a directory of the inputs has no WIT in it. `inside` are the directories in it.
pub(crate) fn no_wit_files(path: &str, inside: &[&str]) -> Diagnostic {
    let wit = inside.iter().find(|name| **name == "wit");
    let meant = wit.map(|wit| format!("{}/{wit}", path.trim_end_matches('/')));
    let diagnostic = Diagnostic::error(E0303, format!("no `.wit` files in `{path}`"))
        .subject(Subject::Path { path: path.into(), meant: meant.clone() });
    match meant {
        Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
        None => diagnostic.help("name a directory with `.wit` files in it, or a single `.wit` file"),
    }
}

/// E0303: a directory in `deps` has no WIT in it. `inside` are the directories in it.
pub(crate) fn no_wit_files_in_dependency(path: &str, inside: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::error(E0303, format!("no `.wit` files in `{path}`"))
        .note("each directory in `deps` is one package");
    match inside {
        [] => diagnostic.help("put the package's files into it, or remove it"),
        [first, ..] => {
            let deps = path.rsplit_once('/').map_or(".", |(deps, _)| deps);
            diagnostic.help(format!("move the directories in it into `{deps}` itself: `{deps}/{first}`"))
        }
    }
}

/// E0304: a package in binary form, in a build that reads only text.
#[cfg(not(feature = "decode"))]
pub(crate) fn binary_not_read(path: &str) -> Diagnostic {
    Diagnostic::error(Code("E0304"), format!("`{path}` is in binary form, which this build cannot read"))
        .help(format!("replace it by its text, which `witwright wit {path}` prints"))
}

/// E0304: a file that is not in binary form, although its name says so.
#[cfg(feature = "decode")]
pub(crate) fn not_binary(path: &str) -> Diagnostic {
    Diagnostic::error(Code("E0304"), format!("`{path}` is not WebAssembly in binary form"))
        .help("name a file with WIT text `.wit`")
}

/// E0304: a file in binary form that is not a package.
#[cfg(feature = "decode")]
pub(crate) fn bad_binary(path: &str, error: &DecodeError) -> Diagnostic {
    Diagnostic::error(Code("E0304"), format!("`{path}` is not a package in binary form: {error}"))
}

/// E0304: a component instead of a package.
#[cfg(feature = "decode")]
pub(crate) fn component(path: &str) -> Diagnostic {
    Diagnostic::error(Code("E0304"), format!("`{path}` is a component, not a package"))
        .help(format!("`witwright wit {path}` prints its types as a package"))
}

/// E0305: no file of a package has a header.
pub(crate) fn no_header(place: Span, is_main: bool) -> Diagnostic {
    let diagnostic =
        Diagnostic::error(Code("E0305"), "the package has no name").label(place, "a `package` header is missing");
    if is_main {
        return diagnostic.help("begin the file with its name, such as `package local:name;`");
    }
    diagnostic.help("begin the file with its name, or move it into the directory of its package, such as `deps/name`")
}

/// E0305: a file without a header has packages nested in it. `item` is an interface or world outside of them.
pub(crate) fn no_header_around(item: Option<Span>, nested: Span, name: &PackageName) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code("E0305"), "the package around the nested ones has no name");
    match item {
        Some(item) => diagnostic
            .label(item, "this is in no package")
            .label(nested, format!("package `{name}` has only what is between its braces"))
            .help(
                "move it into one of the nested packages, or begin the file with a name, such as `package local:name;`",
            ),
        None => diagnostic.label(nested, "this package is nested, so the file needs a name of its own").help(format!(
            "begin the file with a name, such as `package local:name;`, or write `package {};` without braces",
            as_written(name)
        )),
    }
}

/// E0306: the files of a directory name several packages.
pub(crate) fn headers_disagree(headers: &[(&PackageName, Span)]) -> Diagnostic {
    const SHOWN: usize = 4;
    let diagnostic = Diagnostic::error(Code("E0306"), "the files of a directory must name the same package");
    let (Some((first, first_span)), Some((second, second_span))) = (headers.first(), headers.get(1)) else {
        return diagnostic;
    };
    let others = headers.iter().skip(2).take(SHOWN - 2);
    let diagnostic = diagnostic
        .label(*second_span, format!("this file names `{second}`"))
        .label(*first_span, format!("this file names `{first}`"));
    let diagnostic = others
        .fold(diagnostic, |diagnostic, (name, span)| diagnostic.label(*span, format!("this file names `{name}`")));
    if (&first.namespace, &first.name) == (&second.namespace, &second.name) {
        return diagnostic.help("state the same version in each file");
    }
    diagnostic.help(format!(
        "if `{second}` is a package of its own, move its files into a directory such as `deps/{}`, or write \
         `package {} {{ … }}` around its items; if not, state the same name in each file",
        directory_name(second),
        as_written(second)
    ))
}

/// A package's name as WIT writes it: parts that are keywords with `%`.
fn as_written(package: &PackageName) -> String {
    let each = |names: &str, separator: char| {
        let names: Vec<String> = names.split(separator).map(|name| written(name).into_owned()).collect();
        names.join(separator.encode_utf8(&mut [0; 4]))
    };
    let version = package.version.as_ref().map(|version| format!("@{version}")).unwrap_or_default();
    format!("{}:{}{version}", each(&package.namespace, ':'), each(&package.name, '/'))
}

/// The customary name of a package's directory in `deps`.
fn directory_name(package: &PackageName) -> String {
    package.name.replace('/', "-")
}

/// E0320: several files of a package document it.
pub(crate) fn documented_twice(second: Span) -> Diagnostic {
    Diagnostic::error(Code("E0320"), "the package is documented in two files")
        .label(second, "this package has documentation already")
        .help("keep the documentation in one file")
}

/// E0307: two different packages of one name.
pub(crate) fn duplicate_package(first: Span, second: Span, name: &PackageName) -> Diagnostic {
    Diagnostic::error(E0307, format!("package `{name}` is defined more than once"))
        .label(second, "defined again here")
        .label(first, "first defined here")
        .help(if first.file == second.file {
            "keep one of them, or give them different versions".to_string()
        } else {
            format!(
                "keep one of them, or give them different versions; the files of one package are in one directory, \
                 such as `deps/{}`",
                directory_name(name)
            )
        })
}

/// E0308: packages that need each other.
pub(crate) fn package_cycle(steps: &[(String, Span)]) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code("E0308"), "packages depend on each other in a cycle");
    with_cycle(diagnostic, steps, "uses").help("move what they share into a package that both can use")
}

/// E0309: an unknown package. The place of the version is not that of the name.
pub(crate) fn unknown_package(
    span: Span,
    version_span: Option<Span>,
    name: &PackageName,
    known: &[&PackageName],
    searched: &Searched,
) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code("E0309"), format!("there is no package `{name}`"));
    let same = |other: &&&PackageName| other.namespace == name.namespace && other.name == name.name;
    let versions: Vec<String> = known.iter().filter(same).map(|other| version(other)).collect();
    if !versions.is_empty() {
        let diagnostic = match version_span {
            Some(version) => diagnostic.label(version, "this version does not exist"),
            None => diagnostic.label(span, "no such package without a version"),
        };
        return match (&name.version, versions.as_slice()) {
            (None, [only]) => diagnostic.help(format!("add the version: {only}")),
            (_, [only]) => diagnostic.help(format!("the only version is {only}")),
            (_, [..]) => diagnostic.help(format!("the versions are {}", versions.join(", "))),
        };
    }
    let diagnostic = where_searched(diagnostic.label(span, "not found"), searched);
    match most_like(name, known) {
        Some(nearest) => diagnostic.help(format!("did you mean `{}`?", as_written(nearest))),
        None => diagnostic.note(how_to_get(name)).help(how_to_add(name, searched)),
    }
}

/// One more place that refers to a package that does not exist.
pub(crate) fn also_refers(unknown: &mut Diagnostic, place: Span) {
    const SHOWN: usize = 4;
    if unknown.labels.len() < SHOWN {
        unknown.labels.push(Label::new(place, "needed here too"));
    }
}

fn where_searched(diagnostic: Diagnostic, searched: &Searched) -> Diagnostic {
    match (searched.deps.as_slice(), searched.files.as_slice()) {
        ([], []) => diagnostic,
        ([], files) => diagnostic.note(format!("only {} was read, and no `deps`", list(files))),
        (deps, _) => diagnostic.note(format!("packages that others need are looked for in {}", list(deps))),
    }
}

fn how_to_get(name: &PackageName) -> &'static str {
    match &name.version {
        _ if name.namespace != "wasi" => {
            "packages are not fetched; `witwright wit component.wasm --out-dir folder` writes those that a component mentions"
        }
        Some(version) if (version.major, version.minor) == (0, 3) => {
            "packages are not fetched; those of WASI 0.3 are in the folder `wit` of the crate `wasip3`"
        }
        Some(_) | None => "packages are not fetched; those of WASI 0.2 are in the folder `wit` of the crate `wasip2`",
    }
}

fn how_to_add(name: &PackageName, searched: &Searched) -> String {
    match (searched.deps.first(), searched.files.first()) {
        (Some(deps), _) => format!("put its files into the directory `{deps}/{}`", directory_name(name)),
        (None, Some(file)) => {
            let directory = file.rsplit_once('/').map_or(".", |(directory, _)| directory);
            format!("name the directory `{directory}` instead of the file, and put the package into its `deps`")
        }
        (None, None) => "put the package into the directory `deps` beside the main package's files".to_string(),
    }
}

/// The package whose namespace and name are both most like those of a misspelt one; rather one of the same version.
fn most_like<'a>(name: &PackageName, known: &[&'a PackageName]) -> Option<&'a PackageName> {
    let is_like = |other: &&&PackageName| {
        let namespace = near(&name.namespace, core::iter::once(other.namespace.as_str()));
        namespace.and_then(|_| near(&name.name, core::iter::once(other.name.as_str()))).is_some()
    };
    let mut like = known.iter().filter(is_like);
    let first = like.clone().next();
    like.find(|other| other.version == name.version).or(first).copied()
}

fn version(name: &PackageName) -> String {
    match &name.version {
        Some(version) => format!("`@{version}`"),
        None => "the one without a version".to_string(),
    }
}

/// E0324: upper case in the name of a package.
pub(crate) fn upper_case_in_name(part: Span, name: &str) -> Diagnostic {
    let lower = written(&name.to_ascii_lowercase()).into_owned();
    Diagnostic::error(Code("E0324"), "names of packages are in lower case")
        .label(part, "a component cannot import or export interfaces of such a package")
        .help(format!("write `{lower}`"))
        .suggest(part, lower)
}

/// E0321: a target version for a package that does not exist, or that is not compatible with it.
pub(crate) fn no_target<'a>(
    target: &TargetVersion,
    there: &[PackageName],
    known: impl Iterator<Item = &'a PackageName>,
) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code("E0321"), format!("no package fits the target version `{target}`"));
    if there.is_empty() {
        let known: Vec<String> = known.map(ToString::to_string).collect();
        return diagnostic.note(format!("the packages are {}", list(&known)));
    }
    let versions: Vec<String> = there.iter().map(ToString::to_string).collect();
    diagnostic
        .note(format!("found {}", list(&versions)))
        .help("choose the package's version, or an earlier one that it is compatible with")
}

/// E0322: a target version for several packages.
pub(crate) fn several_targets(target: &TargetVersion, packages: &[PackageName]) -> Diagnostic {
    let names: Vec<String> = packages.iter().map(ToString::to_string).collect();
    Diagnostic::error(Code("E0322"), format!("several packages fit the target version `{target}`"))
        .note(format!("they are {}; two packages cannot have one name", list(&names)))
        .help("keep one of them")
}
