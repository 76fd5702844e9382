//! The packages of some files that belong together: that of their headers, and those nested in them
//! (`WIT.md#package-declaration`).

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;
use core::mem;

use witwright_front::{Diagnostic, FileId, LanguageFeatures, SourceMap, Span, ast};

use super::Loaded;
use crate::Options;
use crate::errors::packages as errors;
use crate::model::PackageName;

/// A package as it was written.
pub(crate) struct PackageSource {
    pub(crate) name: PackageName,
    pub(crate) docs: Option<String>,
    /// The name in the header; nothing when the header is missing.
    pub(crate) name_span: Option<Span>,
    /// One for each file, or the one nested block.
    pub(crate) parts: Vec<Part>,
    /// Whether it was asked for, and not only referred to.
    pub(crate) main: bool,
    /// Whether it is only what a package in binary form needs of it.
    is_partial: bool,
}

/// A text of a package.
#[derive(Clone, Copy)]
pub(super) struct File {
    pub(super) id: FileId,
    /// Whether it was printed from a package in binary form.
    pub(super) is_binary: bool,
}

/// What shares the scope of top-level `use`s: a file without the packages nested in it, or a nested package.
pub(crate) struct Part {
    pub(crate) items: Vec<ast::Item>,
    /// The text of a whole file or of a nested package.
    span: Span,
}

/// The packages in some files, that of the headers first.
pub(super) fn parse(
    files: &[File],
    sources: &SourceMap,
    options: &Options,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<PackageSource> {
    let mut header = Header::default();
    let mut parts = Vec::new();
    let mut nested = Vec::new();
    for &file in files {
        // What is in binary form may use every part of the language.
        let language = if file.is_binary { LanguageFeatures::active() } else { options.language };
        let parsed = witwright_front::parse(file.id, &sources.file(file.id).text, &language);
        header.faulty |= !parsed.diagnostics.is_empty();
        diagnostics.extend(parsed.diagnostics);
        let mut tree = parsed.tree;
        if let Some(decl) = tree.package.take() {
            header.add(decl, diagnostics);
        }
        let mut items = Vec::new();
        for item in tree.items {
            match item {
                ast::Item::Package(package) => nested.push(nested_package(package, file.is_binary)),
                ast::Item::Use(_) | ast::Item::Interface(_) | ast::Item::World(_) => items.push(item),
            }
        }
        parts.push(Part { items, span: tree.span });
    }
    let main = header.finish(parts, diagnostics);
    main.into_iter().chain(nested).collect()
}

/// Adds a package, unless there is one of its name: then the two must be the same.
pub(super) fn add(loaded: &mut Loaded, mut package: PackageSource, main: bool, diagnostics: &mut Vec<Diagnostic>) {
    package.main = main;
    let Some(&place) = loaded.by_name.get(&package.name) else {
        loaded.by_name.insert(package.name.clone(), loaded.packages.len());
        loaded.packages.push(package);
        return;
    };
    let other = &mut loaded.packages[place];
    other.main |= main;
    if other.is_partial && package.is_partial {
        other.complete(package);
    } else if other.is_partial {
        package.main |= other.main;
        *other = package;
    } else if package.is_partial || other.has_text_of(&package, &loaded.sources) {
        // It is there already.
    } else {
        if let (Some(first), Some(second)) = (other.name_span, package.name_span) {
            diagnostics.push(errors::duplicate_package(first, second, &package.name));
        }
        // So that what only one of them defines is found.
        other.complete(package);
    }
}

impl PackageSource {
    /// Adds what another part of the same package has and this one has not.
    fn complete(&mut self, other: PackageSource) {
        let name = |item: &ast::Item| match item {
            ast::Item::Interface(item) => Some(item.name.name.clone()),
            ast::Item::World(item) => Some(item.name.name.clone()),
            ast::Item::Use(_) | ast::Item::Package(_) => None,
        };
        let there: BTreeSet<String> = self.parts.iter().flat_map(|part| &part.items).filter_map(name).collect();
        for mut part in other.parts {
            part.items.retain(|item| name(item).is_none_or(|name| !there.contains(&name)));
            self.parts.push(part);
        }
    }

    /// Whether both were read from equal texts in different places.
    fn has_text_of(&self, other: &PackageSource, sources: &SourceMap) -> bool {
        let file = |package: &PackageSource| package.parts.first().map(|part| part.span.file);
        let texts = |package: &PackageSource| -> Vec<String> {
            package.parts.iter().map(|part| sources.text(part.span).into()).collect()
        };
        file(self) != file(other) && texts(self) == texts(other)
    }
}

/// What the files of a package say about it.
#[derive(Default)]
struct Header {
    decl: Option<ast::PackageDecl>,
    /// Whether a file could not be parsed as a whole; then a missing header may be there.
    faulty: bool,
}

impl Header {
    fn add(&mut self, mut decl: ast::PackageDecl, diagnostics: &mut Vec<Diagnostic>) {
        let Some(first) = &mut self.decl else {
            self.decl = Some(decl);
            return;
        };
        if package_name(&first.name) != package_name(&decl.name) {
            diagnostics.push(errors::headers_disagree(first.name.span, decl.name.span));
        }
        if first.docs.text.is_none() {
            first.docs = mem::take(&mut decl.docs);
        } else if decl.docs.text.is_some() {
            diagnostics.push(errors::documented_twice(decl.name.span));
        }
    }

    fn finish(self, parts: Vec<Part>, diagnostics: &mut Vec<Diagnostic>) -> Option<PackageSource> {
        let place = parts.first()?.span;
        if self.decl.is_none() && !self.faulty {
            diagnostics.push(errors::no_header(Span::new(place.file, place.start, place.start)));
        }
        Some(match self.decl {
            Some(decl) => PackageSource {
                name: package_name(&decl.name),
                docs: decl.docs.text,
                name_span: Some(decl.name.span),
                parts,
                main: false,
                is_partial: false,
            },
            None => PackageSource {
                name: PackageName::default(),
                docs: None,
                name_span: None,
                parts,
                main: false,
                is_partial: false,
            },
        })
    }
}

fn nested_package(package: ast::NestedPackage, is_partial: bool) -> PackageSource {
    PackageSource {
        name: package_name(&package.decl.name),
        docs: package.decl.docs.text,
        name_span: Some(package.decl.name.span),
        parts: alloc::vec![Part { items: package.items, span: package.span }],
        main: false,
        is_partial,
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
