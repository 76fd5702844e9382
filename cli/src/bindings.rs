//! The options of `witwright bindgen` about the code: those of the macros (`witwright_codegen::KNOWN`), as flags.

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Arg, ArgAction, ArgMatches, Args, FromArgMatches};
use witwright_codegen::{
    FunctionFlags, FunctionRules, KNOWN, KnownOption, OptionScope, Ownership, Request, Setter, Target, With, attribute,
    flag, identifier, path, type_or_module,
};

use crate::failure::Failure;

/// The options about the code that are given, with their values.
#[derive(Debug)]
pub(crate) struct BindingOptions {
    given: Vec<(&'static KnownOption, Vec<String>)>,
}

impl Args for BindingOptions {
    fn augment_args(command: clap::Command) -> clap::Command {
        command.args(flags().map(argument))
    }

    fn augment_args_for_update(command: clap::Command) -> clap::Command {
        BindingOptions::augment_args(command)
    }
}

impl FromArgMatches for BindingOptions {
    fn from_arg_matches(matches: &ArgMatches) -> Result<BindingOptions, clap::Error> {
        let values = |known: &KnownOption| Some(matches.get_many::<String>(known.name)?.cloned().collect());
        Ok(BindingOptions { given: flags().filter_map(|known| Some((known, values(known)?))).collect() })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = BindingOptions::from_arg_matches(matches)?;
        Ok(())
    }
}

/// The options with flags that other commands do not have.
fn flags() -> impl Iterator<Item = &'static KnownOption> {
    KNOWN.iter().filter(|known| known.help.is_some())
}

/// The flag of an option. The option's own name and that of `wit-bindgen rust` are accepted too, where they differ.
fn argument(known: &KnownOption) -> Arg {
    let heading = match known.scope {
        OptionScope::All | OptionScope::Bindings => "Options of the code",
        OptionScope::Side(Target::Guest) => "Options of the code of guests",
        OptionScope::Side(Target::Host) => "Options of the code of hosts",
    };
    let argument = Arg::new(known.name).long(flag(known.name)).help(known.help.map(|help| help.trim_end_matches('.')));
    let argument = argument.help_heading(heading).hide(!known.is_listed);
    let argument = match known.name {
        "additional_derives" => argument.short('d').aliases(["additional-derives", "additional-derive-attributes"]),
        "additional_derives_ignore" => argument.aliases(["additional-derives-ignore", "additional-derive-ignore"]),
        "interfaces" => argument.conflicts_with_all(["inline", "world"]),
        name if flag(name) != name.replace('_', "-") => argument.alias(name.replace('_', "-")),
        _ => argument,
    };
    let list = |argument: Arg| argument.action(ArgAction::Append);
    match known.setter {
        Setter::Flag(_) => {
            let argument = argument.num_args(0..=1).require_equals(true).default_missing_value("true");
            argument.value_parser(["true", "false"]).hide_possible_values(true).value_name("true|false")
        }
        Setter::Text(_) => argument.value_name("TEXT"),
        Setter::Identifier(_) => argument.value_name("NAME"),
        Setter::Path(_) => argument.value_name("PATH"),
        Setter::Ownership(_) => argument.value_name("OWNERSHIP").value_parser(ownerships()),
        Setter::Paths(_) => list(argument).value_name("PATH").value_delimiter(','),
        Setter::With(_) | Setter::Types(_) => list(argument).value_name(KEY_PATH),
        Setter::Attributes(_) => list(argument).value_name(KEY_ATTRIBUTE),
        Setter::Rules(_) => list(argument).value_name(KEY_FLAGS),
        Setter::Filters(_) => list(argument).value_name("FILTER").value_delimiter(',').allow_hyphen_values(true),
        Setter::Texts(_)
        | Setter::TextOrTexts(_)
        | Setter::TargetVersions(_)
        | Setter::LanguageFeatures(_)
        | Setter::Absent(_) => list(argument).value_name("NAME").value_delimiter(','),
    }
}

const KEY_PATH: &str = "KEY=PATH";
const KEY_ATTRIBUTE: &str = "KEY=ATTRIBUTE";
const KEY_FLAGS: &str = "KEY=FLAGS";

const OWNING: &str = "owning";
const BORROWING: &str = "borrowing";
const DUPLICATE: &str = "borrowing-duplicate-if-necessary";

fn ownerships() -> PossibleValuesParser {
    PossibleValuesParser::new([
        PossibleValue::new(OWNING).help("Records and variants own them; this is the default"),
        PossibleValue::new(BORROWING)
            .help("Records and variants that a guest passes to imports and never receives have references"),
        PossibleValue::new(DUPLICATE).help(
            "Records and variants that a guest passes to imports have references; those that it also receives exist twice",
        ),
    ])
}

/// The command with the options for one side alone in its help; the others are refused by name.
pub(crate) fn listed_for(target: Target, command: clap::Command) -> clap::Command {
    let others = flags().filter(|known| is_for_other(known, target));
    others.fold(command, |command, known| command.mut_arg(known.name, |arg| arg.hide(true)))
}

/// Whether an option is for the other side. A host has no choice of ownership.
fn is_for_other(known: &KnownOption, target: Target) -> bool {
    match (known.scope, known.setter) {
        (OptionScope::Side(side), _) => side != target,
        (_, Setter::Ownership(_)) => target == Target::Host,
        _ => false,
    }
}

impl BindingOptions {
    /// The message that a given option is for the other side.
    pub(crate) fn refusal(&self, target: Target) -> Option<String> {
        let is_wrong = |(known, values): &&(&KnownOption, Vec<String>)| {
            let is_only_choice = matches!(known.setter, Setter::Ownership(_)) && values == &[OWNING];
            is_for_other(known, target) && !is_only_choice
        };
        let (known, _) = self.given.iter().find(is_wrong)?;
        let (side, other) = match target {
            Target::Guest => ("guests", "hosts"),
            Target::Host => ("hosts", "guests"),
        };
        let instead = match known.name {
            "async" => "; write `--imports default=async` or `--exports default=async`",
            _ => "",
        };
        Some(format!("`--{}` is for bindings of {other}, not of {side}{instead}", flag(known.name)))
    }

    /// Puts the options into the request.
    pub(crate) fn apply(&self, request: &mut Request) -> Result<(), Failure> {
        let is_text = |(known, _): &&(&KnownOption, Vec<String>)| ["inline", "interfaces"].contains(&known.name);
        if let Some((known, _)) = self.given.iter().find(is_text)
            && request.inline.is_some()
        {
            let name = flag(known.name);
            return Err(Failure::Usage(format!("`--{name}` is the text of the world: leave out the path `-`")));
        }
        request.options.generate_all = true;
        self.given.iter().try_for_each(|(known, values)| {
            let wrong = |message| Failure::Usage(format!("`--{}`: {message}", flag(known.name)));
            set(request, known.setter, values).map_err(wrong)
        })?;
        if let Some(items) = &mut request.interfaces {
            if !items.contains(';') {
                let help = "write the items of a world, as in `import wasi:clocks/wall-clock@0.2.0;`";
                return Err(Failure::Usage(format!("`--interfaces`: `{items}` is no item of a world; {help}")));
            }
            // Messages show the lines of the items, and not the head of the world before them.
            items.insert(0, '\n');
            request.inline_name = "<interfaces>".to_owned();
        }
        Ok(())
    }
}

/// Puts the values of an option into the request.
fn set(request: &mut Request, setter: Setter, values: &[String]) -> Result<(), String> {
    let first = &values[0];
    match setter {
        Setter::Flag(set) => set(request, first == "true"),
        Setter::Text(set) => set(request, first.clone()),
        Setter::Identifier(set) => set(request, identifier(first)?),
        Setter::Texts(set) | Setter::TextOrTexts(set) => set(request, values.to_vec()),
        Setter::Filters(set) => set(request, values.iter().map(|value| filter(value)).collect()),
        Setter::Path(set) => set(request, path(first)?),
        Setter::Paths(set) => set(request, values.iter().map(|text| path(text)).collect::<Result<_, _>>()?),
        Setter::With(set) => {
            let with =
                |text: &str| if text == "generate" { Ok(With::Generate) } else { type_or_module(text).map(With::Path) };
            let values: Vec<String> = values.iter().flat_map(|text| entries(text)).collect();
            set(request, pairs(&values, KEY_PATH, with)?);
        }
        Setter::Types(set) => set(request, pairs(values, KEY_PATH, type_or_module)?),
        Setter::Attributes(set) => set(request, pairs(values, KEY_ATTRIBUTE, attribute)?),
        Setter::Rules(set) => set(request, rules(values)?),
        Setter::Ownership(set) => set(
            request,
            match first.as_str() {
                OWNING => Ownership::Owning,
                duplicate => Ownership::Borrowing { duplicate: duplicate == DUPLICATE },
            },
        ),
        Setter::TargetVersions(_) | Setter::LanguageFeatures(_) | Setter::Absent(_) => {
            unreachable!("all commands have these flags, or none has")
        }
    }
    Ok(())
}

/// A filter of functions; the macros also have `true` and `false`.
fn filter(text: &str) -> String {
    match text {
        "true" => "all".to_owned(),
        "false" => "-all".to_owned(),
        text => text.to_owned(),
    }
}

/// The entries of a list. A comma within the arguments of a type ends none.
fn entries(text: &str) -> Vec<String> {
    let mut depth = 0_i32;
    let ends = |c: char| {
        depth += i32::from("<([".contains(c)) - i32::from(">)]".contains(c));
        c == ',' && depth <= 0
    };
    text.split(ends).map(str::to_owned).collect()
}

/// `key=value`, at the first `=`, with the values read. `form` is the value's name in the help.
fn pairs<T>(
    texts: &[String],
    form: &str,
    read: impl Fn(&str) -> Result<T, String>,
) -> Result<Vec<(String, T)>, String> {
    let pair = |text: &String| {
        let (key, value) = text.split_once('=').ok_or_else(|| format!("`{text}` is not of the form {form}"))?;
        Ok((key.to_owned(), read(value)?))
    };
    texts.iter().map(pair).collect()
}

/// The rules of `key=flag|flag`; the key `default` is for functions without a rule.
fn rules(texts: &[String]) -> Result<FunctionRules, String> {
    let flags = |text: &str| {
        let mut flags = FunctionFlags::default();
        text.split('|').try_for_each(|flag| flags.set(flag.trim()))?;
        Ok(flags)
    };
    let (default, rules): (Vec<_>, Vec<_>) =
        pairs(texts, KEY_FLAGS, flags)?.into_iter().partition(|(key, _)| key == "default");
    match default.as_slice() {
        [] => Ok(FunctionRules { rules, default: FunctionFlags::default() }),
        [(_, default)] => Ok(FunctionRules { rules, default: *default }),
        [..] => Err("`default` is given twice".to_owned()),
    }
}
