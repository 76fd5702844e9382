//! The options of `witwright bindgen` about the code: those of the macros, spelled for a command line.

use clap::{Args, ValueEnum};
use witwright_codegen::{FunctionFlags, FunctionRules, Options, With, attribute, path, type_or_module};

use crate::failure::Failure;

/// The options about the code.
#[derive(Debug, Args)]
#[command(next_help_heading = "Options of the code")]
pub(crate) struct BindingOptions {
    /// Use a module or type for an interface or type: `ns:package/interface=path::to::module`.
    #[arg(long, value_name = "KEY=PATH", value_delimiter = ',', value_parser = pair)]
    with: Vec<(String, String)>,
    /// Leave out a function.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    skip: Vec<String>,
    /// Derive a trait for records, variants and enums.
    #[arg(short, long, value_name = "PATH", value_delimiter = ',')]
    derive: Vec<String>,
    /// Do not derive the traits of `--derive` for this type.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    derive_ignore: Vec<String>,
    /// Add an attribute to a type: `ns:package/interface/type=#[attribute]`.
    #[arg(long, value_name = "KEY=ATTRIBUTE", value_parser = pair)]
    type_attribute: Vec<(String, String)>,
    /// Add an attribute to a field or a case: `ns:package/interface/type.member=#[attribute]`.
    #[arg(long, value_name = "KEY=ATTRIBUTE", value_parser = pair)]
    member_attribute: Vec<(String, String)>,
    /// The ownership of strings and lists in records and variants that are parameters of imports; for guests.
    #[arg(long, value_enum, default_value_t = Ownership::Owning)]
    ownership: Ownership,
    /// Write types that no function mentions, too.
    #[arg(long)]
    generate_unused_types: bool,
    /// Make types of one structure one type.
    #[arg(long)]
    merge_structurally_equal_types: bool,
    /// Use bytes for strings, without a check for UTF-8; for guests.
    #[arg(long)]
    raw_strings: bool,
    /// Use this type for maps, with the types of keys and values as parameters.
    #[arg(long, value_name = "PATH")]
    map_type: Option<String>,
    /// Have imported methods that have no result return `self`: `all`, or a name such as `ns:package/interface#resource`. With
    /// `&` before it, they return `&self`; with `-`, they do not return it. For guests.
    #[arg(long, value_name = "FILTER", value_delimiter = ',', allow_hyphen_values = true)]
    chainable_methods: Vec<String>,
    /// Make functions `async` in Rust: `all`, or `ns:package/interface#function`. With `-` before it, they are not `async`; with
    /// `import:` or `export:`, only the imports or exports are meant. Other functions are `async` if their types are. For guests.
    #[arg(long = "async", value_name = "FILTER", value_delimiter = ',', allow_hyphen_values = true)]
    async_functions: Vec<String>,
    /// Write an implementation of all exports whose functions panic; for guests.
    #[arg(long)]
    stubs: bool,
    /// Have implementations of `Error` depend on the feature `std`.
    #[arg(long)]
    std_feature: bool,
    /// The name of the macro that exports an implementation; for guests.
    #[arg(long, value_name = "NAME")]
    export_macro_name: Option<String>,
    /// Make that macro public, for use in other crates; for guests.
    #[arg(long)]
    pub_export_macro: bool,
    /// The module in which that macro finds the bindings, unless a use of it names another; for guests.
    #[arg(long, value_name = "PATH")]
    default_bindings_module: Option<String>,
    /// Put this text before the names of core exports; for guests.
    #[arg(long, value_name = "TEXT")]
    export_prefix: Option<String>,
    /// Put this text after the name of the `component-type` section; for guests.
    #[arg(long, value_name = "TEXT")]
    type_section_suffix: Option<String>,
    /// The path of the crate `witwright`.
    #[arg(long = "crate", value_name = "PATH")]
    crate_path: Option<String>,
    /// The path of the runtime, if it is not in that crate.
    #[arg(long, value_name = "PATH")]
    runtime_path: Option<String>,
    /// The flags of functions that a host implements: `ns:package/interface.function=trappable|tracing`, or `default=…`. The flags
    /// are `trappable`, `tracing`, `async` and `exact`.
    #[arg(long, value_name = "KEY=FLAGS", value_parser = pair)]
    imports: Vec<(String, String)>,
    /// The flags of functions that a host calls, in the same form.
    #[arg(long, value_name = "KEY=FLAGS", value_parser = pair)]
    exports: Vec<(String, String)>,
    /// Have functions that a host implements fail with a Rust type in place of a type of WIT.
    #[arg(long, value_name = "KEY=PATH", value_parser = pair)]
    trappable_error_type: Vec<(String, String)>,
    /// Require a host's state to be `Send`.
    #[arg(long)]
    require_store_data_send: bool,
    /// Do not implement a host's traits for exclusive references.
    #[arg(long)]
    skip_mut_forwarding_impls: bool,
}

/// The ownership of strings and lists in records and variants.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Ownership {
    /// Records and variants own them.
    Owning,
    /// Records and variants that a guest passes to imports and never receives have references.
    Borrowing,
    /// Records and variants that a guest passes to imports have references; those that it also receives exist twice.
    BorrowingDuplicateIfNecessary,
}

impl BindingOptions {
    /// The message that a given option is for the other side.
    pub(crate) fn refusal(&self, is_host: bool) -> Option<String> {
        let of_guests = [
            ("--ownership", self.ownership != Ownership::Owning),
            ("--raw-strings", self.raw_strings),
            ("--chainable-methods", !self.chainable_methods.is_empty()),
            ("--async", !self.async_functions.is_empty()),
            ("--stubs", self.stubs),
            ("--export-macro-name", self.export_macro_name.is_some()),
            ("--pub-export-macro", self.pub_export_macro),
            ("--default-bindings-module", self.default_bindings_module.is_some()),
            ("--export-prefix", self.export_prefix.is_some()),
            ("--type-section-suffix", self.type_section_suffix.is_some()),
        ];
        let of_hosts = [
            ("--imports", !self.imports.is_empty()),
            ("--exports", !self.exports.is_empty()),
            ("--trappable-error-type", !self.trappable_error_type.is_empty()),
            ("--require-store-data-send", self.require_store_data_send),
            ("--skip-mut-forwarding-impls", self.skip_mut_forwarding_impls),
        ];
        let given =
            |options: &[(&'static str, bool)]| options.iter().find(|(_, is_given)| *is_given).map(|(name, _)| *name);
        match is_host {
            true if given(&of_guests) == Some("--async") => Some(
                "`--async` is for bindings of guests; write `--imports default=async` or `--exports default=async`"
                    .to_owned(),
            ),
            true => given(&of_guests).map(|name| format!("`{name}` is for bindings of guests, not of hosts")),
            false => given(&of_hosts).map(|name| format!("`{name}` is for bindings of hosts, not of guests")),
        }
    }

    /// Sets the options of the generator.
    pub(crate) fn apply(&self, options: &mut Options) -> Result<(), Failure> {
        options.ownership = match self.ownership {
            Ownership::Owning => witwright_codegen::Ownership::Owning,
            Ownership::Borrowing => witwright_codegen::Ownership::Borrowing { duplicate: false },
            Ownership::BorrowingDuplicateIfNecessary => witwright_codegen::Ownership::Borrowing { duplicate: true },
        };
        options.command_line = true;
        options.generate_all = true;
        options.with = each(&self.with, |text| match text {
            "generate" => Ok(With::Generate),
            text => Ok(With::Path(type_or_module(text).map_err(Failure::Usage)?)),
        })?;
        options.skip.clone_from(&self.skip);
        options.additional_derives =
            self.derive.iter().map(|text| path(text).map_err(Failure::Usage)).collect::<Result<_, _>>()?;
        options.additional_derives_ignore.clone_from(&self.derive_ignore);
        options.type_attributes = each(&self.type_attribute, |text| attribute(text).map_err(Failure::Usage))?;
        options.member_attributes = each(&self.member_attribute, |text| attribute(text).map_err(Failure::Usage))?;
        options.generate_unused_types = self.generate_unused_types;
        options.merge_structurally_equal_types = self.merge_structurally_equal_types;
        options.raw_strings = self.raw_strings;
        options.chainable_methods.clone_from(&self.chainable_methods);
        options.async_functions.clone_from(&self.async_functions);
        options.stubs = self.stubs;
        options.std_feature = self.std_feature;
        options.export_macro_name.clone_from(&self.export_macro_name);
        options.pub_export_macro = self.pub_export_macro;
        options.export_prefix.clone_from(&self.export_prefix);
        options.type_section_suffix.clone_from(&self.type_section_suffix);
        options.imports = function_rules(&self.imports)?;
        options.exports = function_rules(&self.exports)?;
        options.trappable_error_types =
            each(&self.trappable_error_type, |text| type_or_module(text).map_err(Failure::Usage))?;
        options.require_store_data_send = self.require_store_data_send;
        options.skip_mut_forwarding_impls = self.skip_mut_forwarding_impls;
        let paths = [
            (&self.map_type, &mut options.map_type),
            (&self.default_bindings_module, &mut options.default_bindings_module),
            (&self.runtime_path, &mut options.runtime_path),
        ];
        for (text, option) in paths {
            *option = text.as_deref().map(path).transpose().map_err(Failure::Usage)?;
        }
        if let Some(text) = &self.crate_path {
            options.crate_path = path(text).map_err(Failure::Usage)?;
        }
        Ok(())
    }
}

/// The values of pairs, read.
fn each<T>(pairs: &[(String, String)], read: impl Fn(&str) -> Result<T, Failure>) -> Result<Vec<(String, T)>, Failure> {
    pairs.iter().map(|(key, value)| Ok((key.clone(), read(value)?))).collect()
}

fn function_rules(pairs: &[(String, String)]) -> Result<FunctionRules, Failure> {
    let mut rules = FunctionRules::default();
    for (key, flags) in each(pairs, flags)? {
        match key.as_str() {
            "default" => rules.default = flags,
            _ => rules.rules.push((key, flags)),
        }
    }
    Ok(rules)
}

fn flags(text: &str) -> Result<FunctionFlags, Failure> {
    let mut flags = FunctionFlags::default();
    text.split('|').try_for_each(|flag| flags.set(flag.trim())).map_err(Failure::Usage)?;
    Ok(flags)
}

/// `key=value`, at the first `=`.
fn pair(text: &str) -> Result<(String, String), String> {
    let (key, value) = text.split_once('=').ok_or_else(|| format!("`{text}` is not of the form KEY=VALUE"))?;
    Ok((key.to_owned(), value.to_owned()))
}
