//! The functions that a component exports and imports, as `--invoke` names them.

use core::fmt;

use witwright_front::similar::closest;
use witwright_resolver::binary::decode_component;
use witwright_resolver::model::{Func, Model, Type, TypeDefKind, WorldItem, WorldItemKind};

/// The functions of a component. They are unknown, and so none, if WIT cannot express its type.
#[derive(Debug, Default)]
pub(crate) struct Functions {
    exports: Vec<Function>,
    imports: Vec<Function>,
}

#[derive(Debug)]
struct Function {
    /// `None` for a function of the world.
    interface: Option<String>,
    name: String,
    /// Whether WAVE has a notation for all its types.
    is_callable: bool,
}

impl Functions {
    pub(crate) fn of(component: &[u8]) -> Functions {
        let Ok((model, world)) = decode_component(component) else { return Functions::default() };
        let all = |items: &[WorldItem]| items.iter().flat_map(|item| functions(&model, item)).collect();
        Functions { exports: all(&model.worlds[world].exports), imports: all(&model.worlds[world].imports) }
    }

    /// Writes the exported functions, and to those that can be called, what to do with them.
    pub(crate) fn list(&self, f: &mut fmt::Formatter<'_>, help: &str) -> fmt::Result {
        let (callable, others): (Vec<_>, Vec<_>) = self.exports.iter().partition(|func| func.is_callable);
        if !callable.is_empty() {
            write!(f, "; {help}:")?;
            callable.iter().try_for_each(|func| write!(f, "\n  {func}"))?;
        }
        if !others.is_empty() {
            write!(f, "\nWAVE has no notation for resources, streams and futures, so these cannot be called:")?;
            others.iter().try_for_each(|func| write!(f, "\n  {func}"))?;
        }
        Ok(())
    }

    /// The message that no export, or more than one, is the function of a call.
    pub(crate) fn not_found(&self, interface: Option<&str>, name: &str, is_ambiguous: bool) -> String {
        let sought = interface.map_or_else(|| name.to_owned(), |interface| format!("{interface}#{name}"));
        if self.exports.is_empty() {
            return format!("the component exports no function `{sought}`");
        }
        let is_sought = |func: &&Function| {
            let of_interface = |wanted: &str| func.interface.as_deref().is_some_and(|name| has_name(name, wanted));
            func.name == name && interface.is_none_or(|wanted| of_interface(wanted) || func.short() == Some(wanted))
        };
        let mut message = if is_ambiguous {
            format!("the component exports more than one function `{sought}`")
        } else if let Some(import) = self.imports.iter().find(is_sought) {
            format!("the component imports `{import}` and does not export it: only exports can be called")
        } else {
            format!("the component exports no function `{sought}`")
        };
        if !is_ambiguous && let Some(meant) = self.meant(interface, name) {
            message += &format!("; did you mean `{meant}`?");
        }
        message + &Listed { functions: self, help: "it exports" }.to_string()
    }

    /// The function that may be meant: one whose interface is not written out, or one of a similar name.
    fn meant(&self, interface: Option<&str>, name: &str) -> Option<String> {
        let callable = || self.exports.iter().filter(|func| func.is_callable);
        let is_short = |func: &&Function| func.name == name && interface.is_some() && interface == func.short();
        if let Some(func) = callable().find(is_short) {
            return Some(func.to_string());
        }
        let Some(interface) = interface else {
            // A `.` or `/` in place of `#`.
            let full = callable().map(ToString::to_string);
            let dotted = full.into_iter().find(|full| full.replace('#', ".") == name);
            let names = callable().map(|func| func.name.as_str());
            return dotted.or_else(|| closest(name, names).map(str::to_owned));
        };
        let sought = format!("{interface}#{name}");
        let full: Vec<String> = callable().map(ToString::to_string).collect();
        closest(&sought, full.iter().map(String::as_str)).map(str::to_owned)
    }
}

impl Function {
    /// The name of its interface alone, without package and version.
    fn short(&self) -> Option<&str> {
        self.interface.as_deref()?.rsplit('/').next()?.split('@').next()
    }
}

/// The list of functions, to be appended to a message.
struct Listed<'a> {
    functions: &'a Functions,
    help: &'a str,
}

impl fmt::Display for Listed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.functions.list(f, self.help)
    }
}

impl fmt::Display for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.interface {
            Some(interface) => write!(f, "{interface}#{}", self.name),
            None => f.write_str(&self.name),
        }
    }
}

/// Whether an interface has a name, in which its version may be left out.
pub(crate) fn has_name(interface: &str, name: &str) -> bool {
    interface == name || interface.split('@').next() == Some(name)
}

fn functions(model: &Model, item: &WorldItem) -> Vec<Function> {
    let function = |func: &Func, interface: Option<String>| {
        let types = func.params.iter().map(|param| param.ty.ty).chain(func.result.map(|result| result.ty));
        let is_callable = types.into_iter().all(|ty| has_notation(model, ty));
        let name = func.extern_name(model);
        Function { interface, is_callable: is_callable && !name.starts_with('['), name }
    };
    match &item.kind {
        WorldItemKind::Func(func) => vec![function(func, None)],
        WorldItemKind::Interface { id, .. } => {
            let name = model.item_name(item);
            model.interfaces[*id].funcs.iter().map(|func| function(func, Some(name.clone()))).collect()
        }
        WorldItemKind::Type(_) => Vec::new(),
    }
}

/// Whether WAVE has a notation for values of a type.
fn has_notation(model: &Model, ty: Type) -> bool {
    let ty = model.dealias(ty);
    let Type::Id(id) = ty else { return ty != Type::ErrorContext };
    let kind = &model.types[id].kind;
    let is_other =
        matches!(kind, TypeDefKind::Own(_) | TypeDefKind::Borrow(_) | TypeDefKind::Future(_) | TypeDefKind::Stream(_));
    !kind.is_resource() && !is_other && kind.parts().all(|part| has_notation(model, part.ty))
}
