//! Every option of the macros. `witwright bindgen` makes its flags from this table.

use proc_macro2::{Ident, TokenStream};
use witwright_front::LanguageFeature;
use witwright_resolver::TargetVersion;

use crate::options::{FunctionRules, Ownership, Target, With};
use crate::request::Request;

/// An option of the macros.
#[derive(Debug)]
#[non_exhaustive]
pub struct KnownOption {
    /// Its name in the macros.
    pub name: &'static str,
    /// The code that it is for.
    pub scope: OptionScope,
    /// Whether it is among the options that a message lists. The others have no effect, are other names, or belong to other tools.
    pub is_listed: bool,
    /// Whether each time that it is given adds to its value. Other options are given once.
    pub is_repeatable: bool,
    /// Its meaning, for the command line. `None` if it has no flag there, or one that commands without bindings have too.
    pub help: Option<&'static str>,
    /// The form of its value, and its effect.
    pub setter: Setter,
}

/// The code that an option is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OptionScope {
    /// Bindings and tables.
    All,
    /// Bindings of both sides.
    Bindings,
    /// Bindings of one side.
    Side(Target),
}

/// Values by keys, in the order of the text.
pub type Keyed<T> = Vec<(String, T)>;

/// The form of an option's value, with the function that puts it into a request.
#[derive(Clone, Copy, Debug)]
pub enum Setter {
    /// `true` or `false`.
    Flag(fn(&mut Request, bool)),
    /// A string.
    Text(fn(&mut Request, String)),
    /// A string that is a Rust identifier.
    Identifier(fn(&mut Request, Ident)),
    /// A list of strings.
    Texts(fn(&mut Request, Vec<String>)),
    /// A string or a list of strings.
    TextOrTexts(fn(&mut Request, Vec<String>)),
    /// Filters of functions, or `true` for all and `false` for none.
    Filters(fn(&mut Request, Vec<String>)),
    /// A Rust path.
    Path(fn(&mut Request, TokenStream)),
    /// A list of Rust paths.
    Paths(fn(&mut Request, Vec<TokenStream>)),
    /// Modules and types by keys.
    With(fn(&mut Request, Keyed<With>)),
    /// Rust types by keys.
    Types(fn(&mut Request, Keyed<TokenStream>)),
    /// Rust attributes by keys.
    Attributes(fn(&mut Request, Keyed<Vec<TokenStream>>)),
    /// Flags of functions by keys.
    Rules(fn(&mut Request, FunctionRules)),
    /// The ownership of strings and lists.
    Ownership(fn(&mut Request, Ownership)),
    /// Earlier versions of packages.
    TargetVersions(fn(&mut Request, Vec<TargetVersion>)),
    /// Gated parts of the language.
    LanguageFeatures(fn(&mut Request, Vec<LanguageFeature>)),
    /// The macro has no such option: the text to write instead. `false` is accepted.
    Absent(&'static str),
}

impl KnownOption {
    const fn repeatable(self) -> KnownOption {
        KnownOption { is_repeatable: true, ..self }
    }

    /// The options of bindings, or of tables if there is no target, in the order of messages.
    pub fn of(target: Option<Target>) -> impl Iterator<Item = &'static KnownOption> {
        KNOWN.iter().filter(move |known| match known.scope {
            OptionScope::All => true,
            OptionScope::Bindings => target.is_some(),
            OptionScope::Side(side) => target == Some(side),
        })
    }
}

const GUEST: OptionScope = OptionScope::Side(Target::Guest);
const HOST: OptionScope = OptionScope::Side(Target::Host);

const fn option(name: &'static str, scope: OptionScope, setter: Setter, help: &'static str) -> KnownOption {
    KnownOption { name, scope, is_listed: true, is_repeatable: false, help: Some(help), setter }
}

/// An option whose flag is one of other commands too.
const fn shared(name: &'static str, setter: Setter) -> KnownOption {
    KnownOption { help: None, ..option(name, OptionScope::All, setter, "") }
}

/// An option that messages do not list.
const fn unlisted(name: &'static str, scope: OptionScope, setter: Setter, help: &'static str) -> KnownOption {
    KnownOption { is_listed: false, ..option(name, scope, setter, help) }
}

/// An option of wasmtime's, of this version or an earlier one, that hosts do not have.
const fn absent(name: &'static str, instead: &'static str) -> KnownOption {
    KnownOption { is_listed: false, help: None, ..option(name, HOST, Setter::Absent(instead), "") }
}

/// All options.
pub const KNOWN: &[KnownOption] = &[
    shared("world", Setter::Text(|to, name| to.world = Some(name))),
    shared("path", Setter::TextOrTexts(|to, paths| to.paths.extend(paths))).repeatable(),
    option(
        "inline",
        OptionScope::All,
        Setter::Text(|to, wit| to.inline = Some(wit)),
        "The package of the world, as WIT; the paths then hold its dependencies.",
    ),
    shared("features", Setter::Texts(|to, features| to.features.extend(features))).repeatable(),
    shared("all_features", Setter::Flag(|to, is_on| to.all_features = is_on)),
    shared("target_versions", Setter::TargetVersions(|to, versions| to.target_versions.extend(versions))),
    shared(
        "language_features",
        Setter::LanguageFeatures(|to, features| {
            features.into_iter().for_each(|each| to.language = to.language.with(each))
        }),
    ),
    option(
        "crate",
        OptionScope::All,
        Setter::Path(|to, path| to.options.crate_path = path),
        "The path of the crate `witwright`.",
    ),
    option(
        "with",
        OptionScope::Bindings,
        Setter::With(|to, with| to.options.with.extend(with)),
        "Use a module or type for an interface or type: `ns:package/interface=path::to::module`. `generate` in place of the \
         path generates an interface.",
    )
    .repeatable(),
    option(
        "generate_all",
        OptionScope::Bindings,
        Setter::Flag(|to, is_on| to.options.generate_all = is_on),
        "Generate the interfaces of other packages; `true` by default. With `false`, `--with` has to name them.",
    ),
    option(
        "skip",
        OptionScope::Bindings,
        Setter::Texts(|to, names| to.options.skip.extend(names)),
        "Leave out a function.",
    )
    .repeatable(),
    option(
        "additional_derives",
        OptionScope::Bindings,
        Setter::Paths(|to, traits| to.options.additional_derives = traits),
        "Derive a trait for records, variants and enums.",
    ),
    option(
        "additional_derives_ignore",
        OptionScope::Bindings,
        Setter::Texts(|to, names| to.options.additional_derives_ignore = names),
        "Do not derive the traits of `--derive` for this type.",
    ),
    option(
        "generate_unused_types",
        OptionScope::Bindings,
        Setter::Flag(|to, is_on| to.options.generate_unused_types = is_on),
        "Write types that no function mentions, too; `true` by default for hosts.",
    ),
    option(
        "runtime_path",
        OptionScope::Bindings,
        Setter::Path(|to, path| to.options.runtime_path = Some(path)),
        "The path of the runtime, if it is not in the crate `witwright`.",
    ),
    option(
        "ownership",
        OptionScope::Bindings,
        Setter::Ownership(|to, ownership| to.options.ownership = ownership),
        "The ownership of strings and lists in records and variants that are parameters of a guest's imports. Those of a \
         host are owned.",
    ),
    option(
        "export_macro_name",
        GUEST,
        Setter::Identifier(|to, name| to.options.export_macro_name = Some(name)),
        "The name of the macro that exports an implementation.",
    ),
    option(
        "pub_export_macro",
        GUEST,
        Setter::Flag(|to, is_on| to.options.pub_export_macro = is_on),
        "Make that macro public, for use in other crates.",
    ),
    option(
        "default_bindings_module",
        GUEST,
        Setter::Path(|to, path| to.options.default_bindings_module = Some(path)),
        "The module in which that macro finds the bindings, unless a use of it names another.",
    ),
    option(
        "export_prefix",
        GUEST,
        Setter::Text(|to, prefix| to.options.export_prefix = Some(prefix)),
        "Put this text before the names of core exports.",
    ),
    option(
        "type_section_suffix",
        GUEST,
        Setter::Text(|to, suffix| to.options.type_section_suffix = Some(suffix)),
        "Put this text after the name of the `component-type` section.",
    ),
    option(
        "disable_custom_section_link_helpers",
        GUEST,
        Setter::Flag(|to, is_on| to.options.link_section = !is_on),
        "Leave out the code that links that section from a library.",
    ),
    option(
        "stubs",
        GUEST,
        Setter::Flag(|to, is_on| to.options.stubs = is_on),
        "Write an implementation of all exports whose functions panic.",
    ),
    option(
        "raw_strings",
        GUEST,
        Setter::Flag(|to, is_on| to.options.raw_strings = is_on),
        "Use bytes for strings, without a check for UTF-8.",
    ),
    option(
        "map_type",
        GUEST,
        Setter::Path(|to, path| to.options.map_type = Some(path)),
        "Use this type for maps, with the types of keys and values as parameters.",
    ),
    option(
        "additional_type_attributes",
        GUEST,
        Setter::Attributes(|to, attributes| to.options.type_attributes = attributes),
        "Add an attribute to a type: `ns:package/interface/type=#[attribute]`.",
    ),
    option(
        "additional_member_attributes",
        GUEST,
        Setter::Attributes(|to, attributes| to.options.member_attributes = attributes),
        "Add an attribute to a field or a case: `ns:package/interface/type.member=#[attribute]`.",
    ),
    option(
        "merge_structurally_equal_types",
        GUEST,
        Setter::Flag(|to, is_on| to.options.merge_structurally_equal_types = is_on),
        "Make types of one structure one type.",
    ),
    option(
        "chainable_methods",
        GUEST,
        Setter::Filters(|to, filters| drop(to.options.chainable_methods.splice(0..0, filters))),
        "Have imported methods that have no result return `self`: `all`, or a name such as `ns:package/interface#resource`. \
         With `&` before it, they return `&self`; with `-`, they do not return it.",
    ),
    option(
        "enable_method_chaining",
        GUEST,
        // The first filter that matches decides.
        Setter::Flag(|to, is_on| to.options.chainable_methods.extend(is_on.then(|| "&all".to_owned()))),
        "The same as `--chainable-methods \"&all\"`.",
    ),
    option(
        "std_feature",
        GUEST,
        Setter::Flag(|to, is_on| to.options.std_feature = is_on),
        "Have implementations of `Error` depend on the feature `std`.",
    ),
    option(
        "async",
        GUEST,
        Setter::Filters(|to, filters| to.options.async_functions = filters),
        "Make functions `async` in Rust: `all`, or `ns:package/interface#function`. With `-` before it, they are not `async`; \
         with `import:` or `export:`, only the imports or exports are meant. Other functions are `async` if their types are.",
    ),
    option(
        "imports",
        HOST,
        Setter::Rules(|to, rules| to.options.imports = rules),
        "The flags of functions that a host implements: `ns:package/interface.function=trappable|tracing`, or `default=…`. The \
         flags are `trappable`, `tracing`, `async` (also called `store`) and `exact`.",
    ),
    option(
        "exports",
        HOST,
        Setter::Rules(|to, rules| to.options.exports = rules),
        "The flags of functions that a host calls, in the same form.",
    ),
    option(
        "trappable_error_type",
        HOST,
        Setter::Types(|to, types| to.options.trappable_error_types = types),
        "Have functions that a host implements fail with a Rust type in place of a type of WIT: \
         `ns:package/interface.type=path::Type`.",
    ),
    option(
        "require_store_data_send",
        HOST,
        Setter::Flag(|to, is_on| to.options.require_store_data_send = is_on),
        "Require a host's state to be `Send`.",
    ),
    option(
        "skip_mut_forwarding_impls",
        HOST,
        Setter::Flag(|to, is_on| to.options.skip_mut_forwarding_impls = is_on),
        "Do not implement a host's traits for exclusive references.",
    ),
    option(
        "interfaces",
        HOST,
        Setter::Text(|to, imports| to.interfaces = Some(imports)),
        "The items of a world of imports, as WIT: `import wasi:clocks/wall-clock@0.2.0;`.",
    ),
    // Options of `wit_bindgen`'s and wasmtime's implementations, which have no equivalent here.
    unlisted("debug", OptionScope::Bindings, Setter::Flag(|_, _| {}), NO_EFFECT),
    unlisted("disable_run_ctors_once_workaround", GUEST, Setter::Flag(|_, _| {}), NO_EFFECT),
    unlisted("bitflags_path", GUEST, Setter::Path(|_, _| {}), NO_EFFECT),
    unlisted("stringify", HOST, Setter::Flag(|_, _| {}), NO_EFFECT),
    unlisted("include_generated_code_from_file", HOST, Setter::Flag(|_, _| {}), NO_EFFECT),
    unlisted(
        "wasmtime_crate",
        HOST,
        Setter::Path(|to, path| to.options.crate_path = path),
        "Another name of `--crate`.",
    ),
    absent(
        "anyhow",
        "leave it out; functions that trap return `witwright::Error`, which `?` converts to `anyhow::Error`, and \
         `Error::host` makes one of another error",
    ),
    absent("include_component_type", "write `witwright::tables!`, which describes a world without its WIT"),
    absent(
        "named_imports",
        "import the interface under each name, `import name: ns:package/interface;`; each import has a trait of its own",
    ),
    absent(
        "async",
        "write `imports: { default: async }`, `exports: { default: async }`, or keys of functions for `default`",
    ),
    absent("tracing", TRACING),
    absent("verbose_tracing", TRACING),
    absent("trappable_imports", "write `imports: { default: trappable }`, or keys of functions for `default`"),
    absent("concurrent_imports", CONCURRENT),
    absent("concurrent_exports", CONCURRENT),
    absent("only_interfaces", "write `interfaces: \"import ns:package/interface;\"`"),
];

const NO_EFFECT: &str = "Accepted for `wit_bindgen` and wasmtime; has no effect.";
const TRACING: &str = "write `imports: { default: tracing }`, or keys of functions for `default`";
const CONCURRENT: &str = "functions of `async` type are futures; write `imports: { default: async }` for others";
