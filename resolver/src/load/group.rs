//! The packages of a group of files: the package of their headers, and the packages nested in them
//! (`WIT.md#package-declaration`).

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use semver::Version;
use witwright_front::{Diagnostic, FileId, SourceMap, Span, ast};

use super::{Group, Read};
use crate::errors::packages as errors;
use crate::gates::View;
use crate::model::PackageName;
use crate::options::Options;

/// A package as written.
#[derive(Default)]
pub(crate) struct PackageSource<'a> {
    pub(crate) name: PackageName,
    pub(crate) docs: Option<&'a str>,
    /// The place of the name in the header; `None` if the header is missing.
    pub(crate) name_span: Option<Span>,
    /// One part for each file, or the nested block.
    pub(crate) parts: Vec<Part<'a>>,
    /// Whether it is a package of the inputs and not a dependency.
    pub(crate) main: bool,
    /// The number of the directory that it shares with other packages by mistake.
    pub(crate) shared_directory: Option<usize>,
    /// The target version, if the package is seen as of an earlier version.
    pub(crate) as_of: Option<Version>,
    /// Whether it has only those definitions that a package in binary form needs.
    is_partial: bool,
}

/// The scope of top-level `use`s: a file without the packages nested in it, or a nested package.
pub(crate) struct Part<'a> {
    pub(crate) items: Vec<&'a ast::Item>,
    /// The text of a whole file or of a nested package.
    span: Span,
}

impl Part<'_> {
    /// The file that it is in.
    pub(crate) fn file(&self) -> FileId {
        self.span.file
    }
}

/// The packages of all groups: for each group that of its headers, then those nested in it.
pub(crate) fn packages<'a>(read: &'a Read, diagnostics: &mut Vec<Diagnostic>) -> Vec<PackageSource<'a>> {
    let mut packages = Packages { sources: &read.sources, list: Vec::new(), by_name: BTreeMap::new() };
    for (number, group) in read.groups.iter().enumerate() {
        for package in of_group(number, group, diagnostics) {
            packages.add(package, diagnostics);
        }
    }
    packages.list
}

fn of_group<'a>(number: usize, group: &'a Group, diagnostics: &mut Vec<Diagnostic>) -> Vec<PackageSource<'a>> {
    let mut declared = Declared::default();
    let mut nested = Vec::new();
    for file in &group.files {
        let found = &file.parsed.diagnostics;
        declared.faulty |= found.iter().any(Diagnostic::is_error);
        // Warnings about text that was printed from a binary are left out: it has no author.
        diagnostics.extend(found.iter().filter(|found| found.is_error() || !file.is_binary).cloned());
        let tree = &file.parsed.tree;
        if let Some(decl) = &tree.package {
            check_name(&decl.name, diagnostics);
        }
        let mut items = Vec::new();
        for item in &tree.items {
            match item {
                ast::Item::Package(package) => {
                    check_name(&package.decl.name, diagnostics);
                    nested.push(nested_package(package, file.is_binary));
                }
                ast::Item::Use(_) | ast::Item::Interface(_) | ast::Item::World(_) => items.push(item),
            }
        }
        declared.add(tree.package.as_ref(), Part { items, span: tree.span }, diagnostics);
    }
    let mut packages = declared.finish(group.main, &nested, diagnostics);
    let is_shared = packages.len() > 1;
    for package in &mut packages {
        package.main = group.main;
        package.shared_directory = is_shared.then_some(number);
    }
    packages.extend(nested);
    packages
}

struct Packages<'a> {
    sources: &'a SourceMap,
    list: Vec<PackageSource<'a>>,
    /// The place of each package by its name.
    by_name: BTreeMap<PackageName, usize>,
}

impl<'a> Packages<'a> {
    /// Adds a package. If another one has its name, the two must be equal.
    fn add(&mut self, mut package: PackageSource<'a>, diagnostics: &mut Vec<Diagnostic>) {
        let Some(&place) = self.by_name.get(&package.name) else {
            self.by_name.insert(package.name.clone(), self.list.len());
            self.list.push(package);
            return;
        };
        let other = &mut self.list[place];
        other.main |= package.main;
        if other.is_partial && package.is_partial {
            other.complete(package);
        } else if other.is_partial {
            package.main |= other.main;
            *other = package;
        } else if package.is_partial || other.has_text_of(&package, self.sources) {
            // The package has been added already.
        } else {
            if let (Some(first), Some(second)) = (other.name_span, package.name_span) {
                diagnostics.push(errors::duplicate_package(first, second, &package.name));
            }
            // Names that only one of them defines are found then.
            other.complete(package);
        }
    }
}

impl<'a> PackageSource<'a> {
    /// Decides which of its gated items are enabled.
    pub(crate) fn view<'v>(&'v self, options: &'v Options) -> View<'v> {
        View::new(self.as_of.as_ref(), options)
    }

    /// Its name with the target version, if it has one.
    pub(crate) fn seen_as(&self) -> PackageName {
        PackageName { version: self.as_of.as_ref().or(self.name.version.as_ref()).cloned(), ..self.name.clone() }
    }

    /// The report that no file has a header. `nested` are the packages nested in the files.
    fn lacks_header(&self, is_main: bool, nested: &[PackageSource<'_>]) -> Option<Diagnostic> {
        if let Some((span, name)) = nested.first().and_then(|nested| Some((nested.name_span?, &nested.name))) {
            let item = self.parts.iter().flat_map(|part| &part.items).find_map(|item| item_name(item));
            return Some(errors::no_header_around(item.map(|name| name.span), span, name));
        }
        let span = self.parts.first()?.span;
        Some(errors::no_header(Span::new(span.file, span.start, span.start), is_main))
    }

    /// Adds the items of the same package that only `other` has.
    fn complete(&mut self, other: PackageSource<'a>) {
        let name = |item: &'a ast::Item| item_name(item).map(|name| name.name.as_str());
        let there: BTreeSet<&str> =
            self.parts.iter().flat_map(|part| &part.items).filter_map(|item| name(item)).collect();
        for mut part in other.parts {
            part.items.retain(|item| name(item).is_none_or(|name| !there.contains(name)));
            self.parts.push(part);
        }
    }

    /// Whether both were read from equal texts in different places.
    fn has_text_of(&self, other: &PackageSource<'_>, sources: &SourceMap) -> bool {
        let file = |package: &PackageSource<'_>| package.parts.first().map(|part| part.span.file);
        let texts = |package: &PackageSource<'_>| -> Vec<&str> {
            package.parts.iter().map(|part| sources.text(part.span)).collect()
        };
        file(self) != file(other) && texts(self) == texts(other)
    }
}

/// The name of an interface or a world.
fn item_name(item: &ast::Item) -> Option<&ast::Ident> {
    match item {
        ast::Item::Interface(item) => Some(&item.name),
        ast::Item::World(item) => Some(&item.name),
        ast::Item::Use(_) | ast::Item::Package(_) => None,
    }
}

/// The packages that the files of a group declare: one, unless they disagree.
#[derive(Default)]
struct Declared<'a> {
    packages: Vec<PackageSource<'a>>,
    /// Whether a file has syntax errors; its header may then exist, although none was read.
    faulty: bool,
}

impl<'a> Declared<'a> {
    /// Adds a file. One without a header belongs to the first package.
    fn add(&mut self, decl: Option<&'a ast::PackageDecl>, part: Part<'a>, diagnostics: &mut Vec<Diagnostic>) {
        let name = decl.map(|decl| package_name(&decl.name));
        let is_same = |package: &PackageSource<'_>| {
            package.name_span.is_none() || name.as_ref().is_none_or(|name| package.name == *name)
        };
        let place = self.packages.iter().position(is_same).unwrap_or_else(|| {
            self.packages.push(PackageSource::default());
            self.packages.len() - 1
        });
        let package = &mut self.packages[place];
        package.parts.push(part);
        let (Some(decl), Some(name)) = (decl, name) else { return };
        let docs = decl.docs.text.as_deref();
        if package.name_span.is_none() {
            package.name = name;
            package.name_span = Some(decl.name.span);
        } else if package.docs.is_some() && docs.is_some() {
            diagnostics.push(errors::documented_twice(decl.name.span));
        }
        package.docs = package.docs.or(docs);
    }

    fn finish(
        self,
        is_main: bool,
        nested: &[PackageSource<'a>],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<PackageSource<'a>> {
        match self.packages.as_slice() {
            [] => {}
            [package] => {
                if package.name_span.is_none() && !self.faulty {
                    diagnostics.extend(package.lacks_header(is_main, nested));
                }
            }
            [..] => {
                let headers = self.packages.iter().filter_map(|package| Some((&package.name, package.name_span?)));
                diagnostics.push(errors::headers_disagree(&headers.collect::<Vec<_>>()));
            }
        }
        self.packages
    }
}

fn nested_package(package: &ast::NestedPackage, is_partial: bool) -> PackageSource<'_> {
    PackageSource {
        name: package_name(&package.decl.name),
        docs: package.decl.docs.text.as_deref(),
        name_span: Some(package.decl.name.span),
        parts: Vec::from([Part { items: package.items.iter().collect(), span: package.span }]),
        is_partial,
        ..PackageSource::default()
    }
}

/// The names of interfaces in components have no upper case before the `/` (`Explainer.md#import-and-export-definitions`).
fn check_name(name: &ast::PackageName, diagnostics: &mut Vec<Diagnostic>) {
    for part in name.namespaces.iter().chain(&name.names) {
        if part.name.contains(|c: char| c.is_ascii_uppercase()) {
            diagnostics.push(errors::upper_case_in_name(part.span, &part.name));
        }
    }
}

/// The name that a header or a `use-path` states.
pub(crate) fn package_name(name: &ast::PackageName) -> PackageName {
    let join = |parts: &[ast::Ident], separator: &str| {
        let mut text = String::new();
        for (i, part) in parts.iter().enumerate() {
            if i > 0 {
                text.push_str(separator);
            }
            text.push_str(&part.name);
        }
        text
    };
    PackageName {
        namespace: join(&name.namespaces, ":"),
        name: join(&name.names, "/"),
        version: name.version.as_ref().map(|version| version.value.clone()),
    }
}
