//! The values of options in the macros. The options themselves are in a table of the generator ([`KnownOption`]).

use core::fmt::Display;
use std::collections::BTreeSet;
use std::path::PathBuf;

use proc_macro2::{Span, TokenStream};
use quote::quote;
use witwright_codegen::{KnownOption, Ownership, Request, Setter, Target, With};
use witwright_front::similar::closest;
use witwright_front::{LanguageFeature, LanguageFeatures};

use crate::syntax::{self, Entry, Value};

/// The place of the options' documentation.
const TABLE: &str = "a table of all options is in `docs/guide/options.md`";

/// The code that a macro writes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Output {
    Bindings(Target),
    /// The world as `static` tables.
    Tables,
}

impl Output {
    /// The side of bindings.
    fn target(self) -> Option<Target> {
        match self {
            Output::Bindings(target) => Some(target),
            Output::Tables => None,
        }
    }
}

/// The macro that was called.
pub(crate) struct Form {
    pub(crate) output: Output,
    pub(crate) crate_path: TokenStream,
    /// Whether interfaces of other packages are generated unless the options say otherwise.
    pub(crate) generate_all: bool,
    /// The gated parts of the language that are enabled without an option.
    pub(crate) language: LanguageFeatures,
}

/// The parsed options of a macro.
pub(crate) struct Asked {
    pub(crate) request: Request,
    pub(crate) output: Output,
    /// Whether tables have documentation.
    pub(crate) docs: bool,
    pub(crate) places: Places,
    /// Mistakes in the options.
    pub(crate) errors: Option<syn::Error>,
}

/// The values of the options at which errors point, and what errors say of them.
#[derive(Default)]
pub(crate) struct Places {
    pub(crate) world: Option<Span>,
    pub(crate) path: Option<Span>,
    pub(crate) inline: Option<Span>,
    /// The strings in the values of the options.
    pub(crate) keys: Vec<Given>,
}

/// A string in the value of an option.
pub(crate) struct Given {
    pub(crate) option: String,
    pub(crate) text: String,
    pub(crate) span: Span,
}

impl Asked {
    /// Reads the options of a macro. Those without mistakes have their effect beside others.
    pub(crate) fn parse(tokens: TokenStream, form: Form) -> Asked {
        let base = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
        let mut request = Request::new(form.output.target().unwrap_or(Target::Host), base);
        request.options.crate_path = form.crate_path;
        request.options.generate_all = form.generate_all;
        request.language = form.language;
        request.places = in_editor();
        let places = Places::default();
        let mut asked = Asked { request, output: form.output, docs: false, places, errors: None };
        let entries = syntax::entries(tokens).unwrap_or_else(|error| {
            asked.report(error);
            Vec::new()
        });
        let mut given = BTreeSet::new();
        let interfaces = entries.iter().find(|entry| entry.key == "interfaces").map(|entry| entry.key.span());
        for entry in entries {
            let name = entry.key.to_string();
            let is_repeatable = || asked.known(&name).is_some_and(|known| known.is_repeatable);
            let applied = match given.insert(name.clone()) || is_repeatable() {
                true => asked.apply(entry),
                false => Err(syn::Error::new(entry.key.span(), format!("the option `{name}` is given twice"))),
            };
            applied.unwrap_or_else(|error| asked.report(error));
        }
        if let Some(span) = interfaces
            && form.output == Output::Bindings(Target::Host)
            && (given.contains("inline") || given.contains("world"))
        {
            let message = "`interfaces` is a world of its own: leave out `inline` and `world`";
            asked.report(syn::Error::new(span, message));
        }
        asked
    }

    fn report(&mut self, error: syn::Error) {
        match &mut self.errors {
            Some(errors) => errors.combine(error),
            None => self.errors = Some(error),
        }
    }

    fn known(&self, name: &str) -> Option<&'static KnownOption> {
        KnownOption::of(self.output.target()).find(|known| known.name == name)
    }

    fn apply(&mut self, Entry { key, value }: Entry) -> syn::Result<()> {
        let option = key.to_string();
        let given = value.literals().into_iter().map(|(text, span)| Given { option: option.clone(), text, span });
        self.places.keys.extend(given);
        match option.as_str() {
            "world" => self.places.world = Some(value.span()),
            "path" => self.places.path = Some(value.span()),
            "inline" | "interfaces" => self.places.inline = Some(value.span()),
            "docs" if self.output == Output::Tables => {
                self.docs = value.flag()?;
                return Ok(());
            }
            _ => {}
        }
        let Some(known) = self.known(&option) else {
            return Err(unknown(&key, self.output));
        };
        set(&mut self.request, known, &key, value)?;
        Ok(())
    }
}

/// Puts a value into the request.
fn set(request: &mut Request, known: &KnownOption, key: &syn::Ident, value: Value) -> syn::Result<()> {
    match known.setter {
        Setter::Flag(set) => set(request, value.flag()?),
        Setter::Text(set) => set(request, value.string()?),
        Setter::Identifier(set) => {
            let span = value.span();
            let name = witwright_codegen::identifier(&value.string()?);
            set(request, name.map_err(|error| syn::Error::new(span, error))?);
        }
        Setter::Texts(set) => set(request, value.strings()?),
        Setter::TextOrTexts(set) => set(request, value.string_or_strings()?),
        Setter::Filters(set) => set(request, value.functions_or_all()?),
        Setter::Path(set) => set(request, value.path()?),
        Setter::Paths(set) => set(request, value.paths()?.iter().map(|path| quote!(#path)).collect()),
        Setter::With(set) => set(request, with(value)?),
        Setter::Types(set) => set(request, value.types()?),
        Setter::Attributes(set) => set(request, value.attributes()?),
        Setter::Rules(set) => set(request, value.function_rules()?),
        Setter::Ownership(set) => set(request, ownership(value, request.target)?),
        Setter::TargetVersions(set) => set(request, each(value, str::parse)?),
        Setter::LanguageFeatures(set) => set(request, each(value, language_feature)?),
        Setter::Absent(_) if value.is_false() => {}
        Setter::Absent(instead) => {
            let message = format!("`host!` has no option `{key}`: {instead}\n{TABLE}");
            return Err(syn::Error::new(key.span(), message));
        }
    }
    Ok(())
}

/// Whether the macro is expanded for an editor, by rust-analyzer's process, and not by a compiler.
fn in_editor() -> bool {
    let process = std::env::current_exe().unwrap_or_default();
    process.file_stem().is_some_and(|name| name.to_string_lossy().starts_with("rust-analyzer"))
}

/// `Owning`, `Borrowing`, `Borrowing { duplicate_if_necessary: true }`
fn ownership(value: Value, target: Target) -> syn::Result<Ownership> {
    let span = value.span();
    let words: String = value.words().split_whitespace().collect();
    match (words.trim_matches('"'), target) {
        ("Owning", _) => Ok(Ownership::Owning),
        (_, Target::Host) => {
            let message = format!(
                "in `host!` the option `ownership` is always `Owning`: records and variants own their strings and lists, and \
                 strings and lists that are parameters of exports are references\n{TABLE}"
            );
            Err(syn::Error::new(span, message))
        }
        ("Borrowing" | "Borrowing{duplicate_if_necessary:false}" | "Borrowing{duplicate_if_necessary:false,}", _) => {
            Ok(Ownership::Borrowing { duplicate: false })
        }
        ("Borrowing{duplicate_if_necessary:true}" | "Borrowing{duplicate_if_necessary:true,}", _) => {
            Ok(Ownership::Borrowing { duplicate: true })
        }
        (_, Target::Guest) => {
            let message =
                "the option `ownership` is `Owning` or `Borrowing { duplicate_if_necessary: true }` (or `false`)";
            Err(syn::Error::new(span, message))
        }
    }
}

fn with(value: Value) -> syn::Result<Vec<(String, With)>> {
    let entry = |(key, target)| match target {
        syntax::Target::Generate => (key, With::Generate),
        syntax::Target::Path(path) => (key, With::Path(path)),
    };
    Ok(value.map()?.into_iter().map(entry).collect())
}

/// The strings of a list, read.
fn each<T, E: Display>(value: Value, read: impl Fn(&str) -> Result<T, E>) -> syn::Result<Vec<T>> {
    let span = value.span();
    value.strings()?.iter().map(|text| read(text).map_err(|error| syn::Error::new(span, error))).collect()
}

/// A gated part of the language, by its name.
fn language_feature(name: &str) -> Result<LanguageFeature, String> {
    LanguageFeature::from_name(name).ok_or_else(|| {
        let known: Vec<String> = LanguageFeature::ALL.iter().map(|known| format!("`{}`", known.name())).collect();
        format!("there is no language feature `{name}`; they are {}", known.join(", "))
    })
}

/// The error for an option that the macro does not have.
fn unknown(key: &syn::Ident, output: Output) -> syn::Error {
    let name = key.to_string();
    let listed = |target| KnownOption::of(target).filter(|known| known.is_listed).map(|known| known.name);
    let names: Vec<&str> = listed(output.target()).chain((output == Output::Tables).then_some("docs")).collect();
    let others = [(Target::Guest, "`generate!`, for guests"), (Target::Host, "`host!`")];
    let message = match others.iter().find(|(target, _)| listed(Some(*target)).any(|known| known == name)) {
        Some(_) if output == Output::Tables => format!("the option `{key}` is one of bindings"),
        Some((_, other)) => format!("the option `{key}` is one of {other}"),
        None => {
            let meant = closest(&name, names.iter().copied()).map(|name| format!("; did you mean `{name}`?"));
            format!("there is no option `{key}`{}", meant.unwrap_or_default())
        }
    };
    let names = names.join("`, `");
    syn::Error::new(key.span(), format!("{message}\nthe options are `{names}`\n{TABLE}"))
}
