//! The meaning of each option. Every option of `wit_bindgen::generate!` is known: those without a meaning here are accepted,
//! and those that would change the code but are not supported are errors.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use proc_macro2::{Span, TokenStream};
use quote::quote;
use witwright_codegen::{Options, Ownership, Request, Target, With};
use witwright_front::similar::closest;
use witwright_front::{LanguageFeature, LanguageFeatures};

use crate::syntax::{self, Entry, Value};

/// Options for all macros: the WIT, and the crate `witwright`.
const KNOWN: &str =
    "`world`, `path`, `inline`, `features`, `all_features`, `target_versions`, `language_features`, `crate`";
/// Options for bindings of both sides.
const KNOWN_TO_BINDINGS: &str = "`with`, `generate_all`, `skip`, `additional_derives`, `additional_derives_ignore`, \
                                 `generate_unused_types`, `runtime_path`, `ownership`";
/// Options for guests alone.
const KNOWN_TO_GUESTS: &str = "`export_macro_name`, `pub_export_macro`, `default_bindings_module`, `export_prefix`, \
                               `type_section_suffix`, `disable_custom_section_link_helpers`, `stubs`, `raw_strings`, `map_type`, \
                               `additional_type_attributes`, `additional_member_attributes`, \
                               `merge_structurally_equal_types`, `chainable_methods`, `enable_method_chaining`, `std_feature`, `async`";
/// Options for hosts alone.
const KNOWN_TO_HOSTS: &str = "`imports`, `exports`, `trappable_error_type`, `require_store_data_send`, `skip_mut_forwarding_impls`, \
     `interfaces`";

/// The place of the options' documentation.
const TABLE: &str = "a table of all options is in `docs/guide/options.md`";

/// The package of the world that the option `interfaces` makes.
const INTERFACES: &str = "witwright:interfaces";

/// Lists to which an option adds each time that it is given.
const REPEATED: [&str; 4] = ["path", "features", "skip", "with"];

/// The code that a macro writes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Output {
    Bindings(Target),
    /// The world as `static` tables.
    Tables,
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
}

/// The values of the options at which errors point, and what errors say of them.
#[derive(Default)]
pub(crate) struct Places {
    pub(crate) world: Option<Span>,
    pub(crate) path: Option<Span>,
    pub(crate) inline: Option<Span>,
    /// The strings in the values of the options.
    pub(crate) keys: Vec<Given>,
    /// Whether all paths are given from the root.
    pub(crate) are_absolute: bool,
}

/// A string in the value of an option.
pub(crate) struct Given {
    pub(crate) option: String,
    pub(crate) text: String,
    pub(crate) span: Span,
}

impl Asked {
    /// Reads the options of a macro.
    pub(crate) fn parse(tokens: TokenStream, form: Form) -> syn::Result<Asked> {
        let base = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
        let target = match form.output {
            Output::Bindings(target) => target,
            Output::Tables => Target::Host,
        };
        let mut request = Request::new(target, base);
        request.options.crate_path = form.crate_path;
        request.options.generate_all = form.generate_all;
        request.language = form.language;
        request.places = in_editor();
        // As wasmtime's macro does.
        request.options.generate_unused_types = form.output == Output::Bindings(Target::Host);
        let mut asked = Asked { request, output: form.output, docs: false, places: Places::default() };
        let mut errors: Option<syn::Error> = None;
        let mut given = BTreeSet::new();
        for entry in syntax::entries(tokens)? {
            let name = entry.key.to_string();
            let applied = match given.insert(name.clone()) || REPEATED.contains(&name.as_str()) {
                true => asked.apply(entry),
                false => Err(syn::Error::new(entry.key.span(), format!("the option `{name}` is given twice"))),
            };
            if let Err(error) = applied {
                match &mut errors {
                    Some(errors) => errors.combine(error),
                    None => errors = Some(error),
                }
            }
        }
        errors.map_or(Ok(asked), Err)
    }

    fn apply(&mut self, Entry { key, value }: Entry) -> syn::Result<()> {
        let option = key.to_string();
        let given = value.literals().into_iter().map(|(text, span)| Given { option: option.clone(), text, span });
        self.places.keys.extend(given);
        let request = &mut self.request;
        let options = &mut request.options;
        match key.to_string().as_str() {
            "world" => {
                self.places.world = Some(value.span());
                request.world = Some(value.string()?);
            }
            "path" => {
                self.places.path = Some(value.span());
                request.paths.extend(value.string_or_strings()?);
                self.places.are_absolute = request.paths.iter().all(|path| Path::new(path).is_absolute());
            }
            "inline" => {
                self.places.inline = Some(value.span());
                request.inline = Some(value.string()?);
            }
            "features" => request.features.extend(value.strings()?),
            "all_features" => request.all_features = value.flag()?,
            "target_versions" => {
                let span = value.span();
                for version in value.strings()? {
                    let version = version.parse().map_err(|error| syn::Error::new(span, error))?;
                    request.target_versions.insert(version);
                }
            }
            // wasmtime's form of a world that only has imports.
            "interfaces" if self.output == Output::Bindings(Target::Host) => {
                self.places.inline = Some(value.span());
                let imports = value.string()?;
                if request.inline.is_some() || request.world.is_some() {
                    let message = "`interfaces` is a world of its own: leave out `inline` and `world`";
                    return Err(syn::Error::new(key.span(), message));
                }
                request.inline = Some(format!("package {INTERFACES};\nworld interfaces {{\n{imports}\n}}"));
                request.world = Some(format!("{INTERFACES}/interfaces"));
            }
            "language_features" => request.language = language(request.language, value)?,
            "crate" => options.crate_path = value.path()?,
            _ => match self.output {
                Output::Bindings(target) => bindings(options, target, &key, value)?,
                Output::Tables if key == "docs" => self.docs = value.flag()?,
                Output::Tables => return Err(unknown(&key, &[KNOWN, "`docs`"], ("bindings", KNOWN_TO_BINDINGS))),
            },
        }
        Ok(())
    }
}

/// Whether the macro is expanded for an editor, by rust-analyzer's process, and not by a compiler.
fn in_editor() -> bool {
    let process = std::env::current_exe().unwrap_or_default();
    process.file_stem().is_some_and(|name| name.to_string_lossy().starts_with("rust-analyzer"))
}

/// Options for bindings.
fn bindings(options: &mut Options, target: Target, key: &syn::Ident, value: Value) -> syn::Result<()> {
    match key.to_string().as_str() {
        "with" => options.with.extend(with(value)?),
        "generate_all" => options.generate_all = value.flag()?,
        "skip" => options.skip.extend(value.strings()?),
        "additional_derives" => {
            options.additional_derives = value.paths()?.iter().map(|path| quote!(#path)).collect();
        }
        "additional_derives_ignore" => options.additional_derives_ignore = value.strings()?,
        "generate_unused_types" => options.generate_unused_types = value.flag()?,
        "runtime_path" => options.runtime_path = Some(value.path()?),
        "ownership" => options.ownership = ownership(value, target)?,
        _ => match target {
            Target::Guest => guest(options, key, value)?,
            Target::Host => host(options, key, value)?,
        },
    }
    Ok(())
}

/// Options for hosts alone.
fn host(options: &mut Options, key: &syn::Ident, value: Value) -> syn::Result<()> {
    match key.to_string().as_str() {
        "imports" => options.imports = value.function_rules()?,
        "exports" => options.exports = value.function_rules()?,
        "trappable_error_type" => options.trappable_error_types = value.types()?,
        "require_store_data_send" => options.require_store_data_send = value.flag()?,
        "skip_mut_forwarding_impls" => options.skip_mut_forwarding_impls = value.flag()?,
        "wasmtime_crate" => options.crate_path = value.path()?,
        // Options of wasmtime's implementation, which have no equivalent here.
        "stringify" | "include_generated_code_from_file" | "debug" => {
            value.flag()?;
        }
        // `false` is their default in wasmtime.
        "anyhow" | "include_component_type" | "async" | "tracing" | "trappable_imports" if value.is_false() => {}
        name => {
            if let Some(instead) = instead(name) {
                return Err(syn::Error::new(key.span(), format!("`host!` has no option `{key}`: {instead}\n{TABLE}")));
            }
            return Err(unknown(
                key,
                &[KNOWN, KNOWN_TO_BINDINGS, KNOWN_TO_HOSTS],
                ("`generate!`, for guests", KNOWN_TO_GUESTS),
            ));
        }
    }
    Ok(())
}

/// The text to write in `host!` in place of an option of wasmtime's, of this version or an earlier one.
fn instead(option: &str) -> Option<&'static str> {
    Some(match option {
        "anyhow" => {
            "leave it out; functions that trap return `witwright::Error`, which `?` converts to `anyhow::Error`, and \
             `Error::host` makes one of another error"
        }
        "include_component_type" => "write `witwright::tables!`, which describes a world without its WIT",
        "named_imports" => {
            "import the interface under each name, `import name: ns:package/interface;`; each import has a trait of its own"
        }
        "async" => {
            "write `imports: { default: async }`, `exports: { default: async }`, or keys of functions for `default`"
        }
        "tracing" | "verbose_tracing" => "write `imports: { default: tracing }`, or keys of functions for `default`",
        "trappable_imports" => "write `imports: { default: trappable }`, or keys of functions for `default`",
        "concurrent_imports" | "concurrent_exports" => {
            "functions of `async` type are futures; write `imports: { default: async }` for others"
        }
        "only_interfaces" => "write `interfaces: \"import ns:package/interface;\"`",
        _ => return None,
    })
}

/// Options for guests alone.
fn guest(options: &mut Options, key: &syn::Ident, value: Value) -> syn::Result<()> {
    match key.to_string().as_str() {
        "export_macro_name" => options.export_macro_name = Some(value.string()?),
        "pub_export_macro" => options.pub_export_macro = value.flag()?,
        "default_bindings_module" => options.default_bindings_module = Some(value.path()?),
        "stubs" => options.stubs = value.flag()?,
        "export_prefix" => options.export_prefix = Some(value.string()?),
        "type_section_suffix" => options.type_section_suffix = Some(value.string()?),
        "disable_custom_section_link_helpers" => options.link_section = !value.flag()?,
        "raw_strings" => options.raw_strings = value.flag()?,
        "map_type" => options.map_type = Some(value.path()?),
        "additional_type_attributes" => options.type_attributes = value.attributes()?,
        "additional_member_attributes" => options.member_attributes = value.attributes()?,
        "merge_structurally_equal_types" => options.merge_structurally_equal_types = value.flag()?,
        "chainable_methods" => options.chainable_methods = value.strings()?,
        "enable_method_chaining" => {
            options.chainable_methods = if value.flag()? { vec!["&all".to_owned()] } else { Vec::new() };
        }
        "std_feature" => options.std_feature = value.flag()?,
        // Options of the implementation of `wit_bindgen`, which have no equivalent here.
        "disable_run_ctors_once_workaround" | "debug" => {
            value.flag()?;
        }
        "bitflags_path" => {
            value.path()?;
        }
        "async" => options.async_functions = value.functions_or_all()?,
        _ => {
            let known = [KNOWN, KNOWN_TO_BINDINGS, KNOWN_TO_GUESTS];
            return Err(unknown(key, &known, ("`host!`", KNOWN_TO_HOSTS)));
        }
    }
    Ok(())
}

/// `Owning`, `Borrowing`, `Borrowing { duplicate_if_necessary: true }`
fn ownership(value: Value, target: Target) -> syn::Result<Ownership> {
    let span = value.span();
    let words: String = value.words().split_whitespace().collect();
    match (words.trim_matches('"'), target) {
        ("Owning", _) => Ok(Ownership::Owning),
        (_, Target::Host) => {
            let message = "in `host!` the option `ownership` is always `Owning`: records and variants own their strings and \
                           lists, and strings and lists that are parameters of exports are references";
            Err(syn::Error::new(span, format!("{message}\n{TABLE}")))
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

/// Enables gated parts of the language, by their names.
fn language(enabled: LanguageFeatures, value: Value) -> syn::Result<LanguageFeatures> {
    let span = value.span();
    value.strings()?.iter().try_fold(enabled, |features, name| {
        LanguageFeature::from_name(name).map(|feature| features.with(feature)).ok_or_else(|| {
            let known: Vec<String> = LanguageFeature::ALL.iter().map(|known| format!("`{}`", known.name())).collect();
            let message = format!("there is no language feature `{name}`; they are {}", known.join(", "));
            syn::Error::new(span, message)
        })
    })
}

/// The error for an option that is not known. `other` is a macro that has further options.
fn unknown(key: &syn::Ident, known: &[&str], (other, known_there): (&str, &str)) -> syn::Error {
    let known = known.join(", ");
    let names = |known| str::split(known, ',').map(|name| name.trim().trim_matches('`'));
    let name = key.to_string();
    let message = if names(known_there).any(|known| known == name) {
        format!("the option `{key}` is one of {other}")
    } else {
        let meant = closest(&name, names(&known)).map(|name| format!("; did you mean `{name}`?"));
        format!("there is no option `{key}`{}", meant.unwrap_or_default())
    };
    syn::Error::new(key.span(), format!("{message}\nthe options are {known}\n{TABLE}"))
}
