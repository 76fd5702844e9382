//! Arguments from WAVE text. An error has its place in the arguments, the expected type, and the text that was found.

use core::fmt;
use core::str::FromStr;

use wasm_wave::ast::{Node, NodeType};
use wasm_wave::parser::ParserErrorKind;
use wasm_wave::untyped::UntypedFuncCall;
use wasm_wave::wasm::DisplayType;
use witwright_front::similar::closest;
use witwright_host::{FuncType, Type, Val};

use super::{WaveError, wave_type};

/// Words that mean a value in WAVE. A case of that name is written with `%`.
pub(super) const KEYWORDS: [&str; 8] = ["some", "none", "ok", "err", "true", "false", "inf", "nan"];

/// The longest text that a message quotes.
const MAX_QUOTED_CHARS: usize = 40;

/// The arguments of a call. Trailing arguments of type `option` may be left out.
pub(crate) fn arguments(call: &UntypedFuncCall<'_>, func: &FuncType) -> Result<Vec<Val>, WaveError> {
    // Types without a notation are reported first, whatever their text is.
    func.params.iter().try_for_each(|(_, ty)| wave_type(ty).map(|_| ()))?;
    let reader = Reader { source: call.source() };
    let nodes: Vec<&Node> = match call.params_node() {
        Some(params) => params.as_tuple().map_err(|error| WaveError::Argument(error.to_string()))?.collect(),
        None => Vec::new(),
    };
    if nodes.len() > func.params.len() {
        let (expected, found) = (func.params.len(), nodes.len());
        let s = if expected == 1 { "" } else { "s" };
        return Err(WaveError::Argument(format!("expected {expected} argument{s}, found {found}")));
    }
    let argument = |(i, (name, ty)): (usize, &(String, Type))| match (nodes.get(i), ty) {
        (Some(node), _) => reader.value(node, ty).map_err(|misfit| misfit.within(format!("parameter `{name}`"))),
        (None, Type::Option(_)) => Ok(Val::Option(None)),
        (None, _) => Err(Misfit::new(format!("the argument for `{name}`, {}, is missing", type_text(ty)))),
    };
    let values = func.params.iter().enumerate().map(argument).collect::<Result<Vec<_>, _>>();
    values.map_err(|misfit| WaveError::Argument(misfit.to_string()))
}

/// An argument, or a part of one, that does not fit its type.
struct Misfit {
    /// The place, innermost first.
    places: Vec<String>,
    problem: String,
}

impl Misfit {
    fn new(problem: impl Into<String>) -> Misfit {
        Misfit { places: Vec::new(), problem: problem.into() }
    }

    fn within(mut self, place: String) -> Misfit {
        self.places.push(place);
        self
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, place) in self.places.iter().rev().enumerate() {
            write!(f, "{}{place}", if i == 0 { "" } else { ", " })?;
        }
        let colon = if self.places.is_empty() { "" } else { ": " };
        write!(f, "{colon}{}", self.problem)
    }
}

/// Reads the nodes of a text.
struct Reader<'s> {
    source: &'s str,
}

impl Reader<'_> {
    fn value(&self, node: &Node, ty: &Type) -> Result<Val, Misfit> {
        Ok(match ty {
            Type::Bool => Val::Bool(node.as_bool().map_err(|_| self.unexpected(node, ty))?),
            Type::S8 => Val::S8(self.number(node, ty)?),
            Type::U8 => Val::U8(self.number(node, ty)?),
            Type::S16 => Val::S16(self.number(node, ty)?),
            Type::U16 => Val::U16(self.number(node, ty)?),
            Type::S32 => Val::S32(self.number(node, ty)?),
            Type::U32 => Val::U32(self.number(node, ty)?),
            Type::S64 => Val::S64(self.number(node, ty)?),
            Type::U64 => Val::U64(self.number(node, ty)?),
            Type::F32 => Val::F32(self.number(node, ty)?),
            Type::F64 => Val::F64(self.number(node, ty)?),
            Type::Char => Val::Char(node.as_char(self.source).map_err(|_| self.unexpected(node, ty))?),
            Type::String => Val::String(node.as_str(self.source).map_err(|_| self.unexpected(node, ty))?.into_owned()),
            Type::List(element) => Val::List(self.elements(node, ty, element)?),
            Type::FixedList(element, len) => {
                let elements = self.elements(node, ty, element)?;
                match elements.len() == *len as usize {
                    true => Val::List(elements),
                    false => return Err(Misfit::new(format!("expected {len} elements, found {}", elements.len()))),
                }
            }
            Type::Map(types) => self.map(node, ty, &types.0, &types.1)?,
            Type::Tuple(types) => self.tuple(node, ty, types)?,
            Type::Option(some) => self.option(node, ty, some)?,
            Type::Result(types) => self.result(node, ty, types.0.as_ref(), types.1.as_ref())?,
            Type::Record(fields) => self.record(node, ty, fields)?,
            Type::Variant(cases) => {
                let (name, payload) = node.as_variant(self.source).map_err(|_| self.unexpected(node, ty))?;
                let case = cases.iter().find(|(case, _)| case == name);
                let case = case.ok_or_else(|| unknown_case(name, cases.iter().map(|(name, _)| name.as_str())))?;
                Val::Variant(case.0.clone(), self.payload(name, payload, case.1.as_ref())?)
            }
            Type::Enum(cases) => {
                let name = node.as_enum(self.source).map_err(|_| self.unexpected(node, ty))?;
                let case = cases.iter().find(|case| *case == name);
                Val::Enum(case.cloned().ok_or_else(|| unknown_case(name, cases.iter().map(String::as_str)))?)
            }
            Type::Flags(flags) => self.flags(node, ty, flags)?,
            Type::ErrorContext | Type::Own | Type::Borrow | Type::Stream(_) | Type::Future(_) | _ => {
                unreachable!("`wave_type` refuses the types that WAVE has no notation for")
            }
        })
    }

    fn number<T: FromStr>(&self, node: &Node, ty: &Type) -> Result<T, Misfit> {
        node.as_number(self.source).map_err(|_| self.unexpected(node, ty))
    }

    fn elements(&self, node: &Node, ty: &Type, element: &Type) -> Result<Vec<Val>, Misfit> {
        let nodes = node.as_list().map_err(|_| self.unexpected(node, ty))?;
        let value = |(i, node): (usize, &Node)| {
            self.value(node, element).map_err(|misfit| misfit.within(format!("element {}", i + 1)))
        };
        nodes.enumerate().map(value).collect()
    }

    fn map(&self, node: &Node, ty: &Type, key: &Type, value: &Type) -> Result<Val, Misfit> {
        let nodes = node.as_map().map_err(|_| self.unexpected(node, ty))?;
        let mut entries: Vec<(Val, Val)> = Vec::new();
        for (key_node, value_node) in nodes {
            let place = format!("entry `{}`", self.quoted(key_node));
            let key = self.key(key_node, key).map_err(|misfit| misfit.within(place.clone()))?;
            let value = self.value(value_node, value).map_err(|misfit| misfit.within(place))?;
            // Of entries with one key the last counts, in the place of the first.
            match entries.iter_mut().find(|(other, _)| *other == key) {
                Some(entry) => entry.1 = value,
                None => entries.push((key, value)),
            }
        }
        Ok(Val::Map(entries))
    }

    /// A key, in whose place `true` and `false` are parsed as labels.
    fn key(&self, node: &Node, ty: &Type) -> Result<Val, Misfit> {
        match (ty, node.ty(), self.text(node)) {
            (Type::Bool, NodeType::Label, "true") => Ok(Val::Bool(true)),
            (Type::Bool, NodeType::Label, "false") => Ok(Val::Bool(false)),
            (_, NodeType::Label, _) => Err(self.unexpected(node, ty)),
            (_, _, _) => self.value(node, ty),
        }
    }

    fn tuple(&self, node: &Node, ty: &Type, types: &[Type]) -> Result<Val, Misfit> {
        let nodes = node.as_tuple().map_err(|_| self.unexpected(node, ty))?;
        if nodes.len() != types.len() {
            return Err(Misfit::new(format!("expected {} values, found {}", types.len(), nodes.len())));
        }
        let value = |(i, (node, ty)): (usize, (&Node, &Type))| {
            self.value(node, ty).map_err(|misfit| misfit.within(format!("value {}", i + 1)))
        };
        Ok(Val::Tuple(nodes.zip(types).enumerate().map(value).collect::<Result<_, _>>()?))
    }

    /// `some(…)`, `none`, or the value alone, unless it is an option or a result itself.
    fn option(&self, node: &Node, ty: &Type, some: &Type) -> Result<Val, Misfit> {
        match node.as_option() {
            Ok(Some(value)) => Ok(Val::Option(Some(Box::new(self.value(value, some)?)))),
            Ok(None) => Ok(Val::Option(None)),
            Err(_) if is_written_alone(some) => Ok(Val::Option(Some(Box::new(self.value(node, some)?)))),
            Err(_) => Err(self.unexpected(node, ty)),
        }
    }

    /// `ok`, `ok(…)`, `err`, `err(…)`, or the value of `ok` alone, unless it is an option or a result itself.
    fn result(&self, node: &Node, ty: &Type, ok: Option<&Type>, err: Option<&Type>) -> Result<Val, Misfit> {
        match (node.as_result(), ok) {
            (Ok(Ok(value)), _) => Ok(Val::Result(Ok(self.payload("ok", value, ok)?))),
            (Ok(Err(value)), _) => Ok(Val::Result(Err(self.payload("err", value, err)?))),
            (Err(_), Some(ok)) if is_written_alone(ok) => Ok(Val::Result(Ok(Some(Box::new(self.value(node, ok)?))))),
            (Err(_), _) => Err(self.unexpected(node, ty)),
        }
    }

    fn payload(&self, case: &str, node: Option<&Node>, ty: Option<&Type>) -> Result<Option<Box<Val>>, Misfit> {
        match (node, ty) {
            (Some(node), Some(ty)) => {
                let value = self.value(node, ty).map_err(|misfit| misfit.within(format!("case `{case}`")))?;
                Ok(Some(Box::new(value)))
            }
            (None, None) => Ok(None),
            (None, Some(ty)) => Err(Misfit::new(format!("the case `{case}` needs a value, {}", type_text(ty)))),
            (Some(_), None) => Err(Misfit::new(format!("the case `{case}` has no value"))),
        }
    }

    /// A record; fields of type `option` may be left out.
    fn record(&self, node: &Node, ty: &Type, fields: &[(String, Type)]) -> Result<Val, Misfit> {
        if node.ty() != NodeType::TupleSet {
            return Err(self.unexpected(node, ty));
        }
        let nodes = node.as_record(self.source).map_err(|error| {
            let text = self.source.get(error.span()).unwrap_or_default();
            let is_second = matches!(error.kind(), ParserErrorKind::DuplicateField);
            Misfit::new(match is_second {
                true => format!("the field `{text}` is given twice"),
                false => format!("expected the name of a field, without quotes, found `{text}`"),
            })
        })?;
        let nodes: Vec<(&str, &Node)> = nodes.collect();
        let is_field = |name: &str| fields.iter().any(|(field, _)| field == name);
        if let Some((name, _)) = nodes.iter().find(|(name, _)| !is_field(name)) {
            return Err(unknown("field", name, fields.iter().map(|(name, _)| name.as_str())));
        }
        let field = |(name, ty): &(String, Type)| {
            let value = match (nodes.iter().find(|(field, _)| field == name), ty) {
                (Some((_, node)), _) => {
                    self.value(node, ty).map_err(|misfit| misfit.within(format!("field `{name}`")))?
                }
                (None, Type::Option(_)) => Val::Option(None),
                (None, _) => return Err(Misfit::new(format!("the field `{name}`, {}, is missing", type_text(ty)))),
            };
            Ok((name.clone(), value))
        };
        Ok(Val::Record(fields.iter().map(field).collect::<Result<_, _>>()?))
    }

    fn flags(&self, node: &Node, ty: &Type, flags: &[String]) -> Result<Val, Misfit> {
        let names: Vec<&str> = node.as_flags(self.source).map_err(|_| self.unexpected(node, ty))?.collect();
        let is_flag = |name: &str| flags.iter().any(|flag| flag == name);
        if let Some(name) = names.iter().find(|name| !is_flag(name)) {
            return Err(unknown("flag", name, flags.iter().map(String::as_str)));
        }
        Ok(Val::Flags(flags.iter().filter(|flag| names.contains(&flag.as_str())).cloned().collect()))
    }

    /// A value of another type. Where a case is called as the keyword that was found, the keyword is escaped.
    fn unexpected(&self, node: &Node, ty: &Type) -> Misfit {
        let text = self.text(node);
        let word = text.split('(').next().unwrap_or(text).trim_end();
        let has_case = if let Type::Enum(cases) = ty {
            cases.iter().any(|case| case == word)
        } else if let Type::Variant(cases) = ty {
            cases.iter().any(|(case, _)| case == word)
        } else {
            false
        };
        if has_case && KEYWORDS.contains(&word) {
            return Misfit::new(format!("`{word}` is a keyword of WAVE; write `%{word}` for the case of this name"));
        }
        Misfit::new(format!("expected {}, found `{}`", type_text(ty), self.quoted(node)))
    }

    fn text(&self, node: &Node) -> &str {
        self.source.get(node.span()).unwrap_or_default()
    }

    fn quoted(&self, node: &Node) -> String {
        let text = self.text(node);
        match text.char_indices().nth(MAX_QUOTED_CHARS) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text.to_owned(),
        }
    }
}

/// Whether the value of an option or of `ok` may be written without the word.
fn is_written_alone(ty: &Type) -> bool {
    !matches!(ty, Type::Option(_) | Type::Result(_))
}

/// A field or a flag that the type does not have. In their place keywords are plain names.
fn unknown<'a>(kind: &str, name: &str, names: impl Iterator<Item = &'a str> + Clone) -> Misfit {
    let all = names.clone().map(str::to_owned);
    no_such(kind, name, closest(name, names).map(str::to_owned), all)
}

/// A case that the type does not have.
fn unknown_case<'a>(name: &str, names: impl Iterator<Item = &'a str> + Clone) -> Misfit {
    let written = |case: &str| if KEYWORDS.contains(&case) { format!("%{case}") } else { case.to_owned() };
    let all = names.clone().map(written);
    no_such("case", name, closest(name, names).map(written), all)
}

/// `meant` and `all` are names as WAVE writes them.
fn no_such(kind: &str, name: &str, meant: Option<String>, all: impl Iterator<Item = String>) -> Misfit {
    Misfit::new(match meant {
        Some(meant) => format!("there is no {kind} `{name}` (did you mean `{meant}`?)"),
        None => {
            let all: Vec<String> = all.map(|name| format!("`{name}`")).collect();
            format!("there is no {kind} `{name}`, only {}", all.join(", "))
        }
    })
}

/// A type as messages name it, with the range of an integer.
fn type_text(ty: &Type) -> String {
    const RANGES: [(Type, &str); 8] = [
        (Type::S8, " (-128 to 127)"),
        (Type::U8, " (0 to 255)"),
        (Type::S16, " (-32768 to 32767)"),
        (Type::U16, " (0 to 65535)"),
        (Type::S32, " (-2^31 to 2^31 - 1)"),
        (Type::U32, " (0 to 2^32 - 1)"),
        (Type::S64, " (-2^63 to 2^63 - 1)"),
        (Type::U64, " (0 to 2^64 - 1)"),
    ];
    let range = RANGES.iter().find(|(integer, _)| integer == ty).map_or("", |(_, range)| range);
    match wave_type(ty) {
        Ok(ty) => format!("`{}`{range}", DisplayType(&ty)),
        Err(error) => error.to_string(),
    }
}
