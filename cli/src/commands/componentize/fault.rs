//! Modules that cannot become components. `wit-component` finds the first reason; the message says which functions of which world
//! are meant, which core types they have, and what to do.

use core::error::Error;
use core::fmt::Write as _;
use core::iter;

use wasmparser::{ExternalKind, Parser, Payload, TypeRef};
use witwright_abi_runtime::flatten::{Convention, CoreSignature};
use witwright_front::similar::closest;
use witwright_resolver::binary::component_types;
use witwright_resolver::layouts::Layouts;
use witwright_resolver::model::{Func, Model, WorldItem, WorldItemKind};

/// The module of imports of functions that no library defines.
const ENV: &str = "env";

/// The module of functions of the world itself, which are in no interface.
const ROOT: &str = "$root";

const EXPORT_HELP: &str = "in Rust, `bindings::export!(Component with_types_in bindings)` exports an implementation";

const OTHER_BINDINGS: &str =
    "the module was built for another version of the world; generate its bindings again, and build it";

/// The message about an error of `wit-component`. The module says what its world is.
pub(super) fn message<E: AsRef<dyn Error + Send + Sync>>(error: E, module: &[u8]) -> String {
    let first: &(dyn Error + 'static) = error.as_ref();
    let chain: Vec<String> =
        iter::successors(Some(first), |error| (*error).source()).map(ToString::to_string).collect();
    let module = Module { bytes: module, funcs: funcs_of_world(module) };
    let last = chain.last().map_or("", String::as_str);
    let import = chain.iter().find_map(|text| quoted(text, "failed to resolve import `")?.split_once("::"));
    let export = chain.iter().find_map(|text| quoted(text, "failed to classify export `"));
    if let Some(mismatch) = last.strip_prefix("type mismatch for function `") {
        let name = match (import, export) {
            (Some((ROOT, name)), _) => format!("the import `{name}`"),
            (Some((interface, name)), _) => format!("the import `{name}` of `{interface}`"),
            (None, Some(name)) => format!("the export `{name}`"),
            (None, None) => "a function".to_owned(),
        };
        return module.mismatched(&name, mismatch).unwrap_or_else(|| joined(&chain));
    }
    if let Some((interface, name)) = import
        && (last.contains("an import interface named")
            || last.contains("is missing function")
            || last.contains("no top-level"))
    {
        return module.unknown_import(interface, name);
    }
    if last.starts_with("failed to find export of") {
        return module.missing_exports().unwrap_or_else(|| joined(&chain));
    }
    match last {
        "module does not export a function named `cabi_realloc`" => format!(
            "the module does not export `cabi_realloc`, the function that allocates memory for texts, lists and results that \
             it receives\n  its core type: {}\n  help: bindings of Rust export it; in other languages, export an allocator of \
             this type (old address, old size, alignment, new size)",
            text(&CoreSignature::REALLOC)
        ),
        "module does not export a memory named `memory`" => {
            "the module does not export its memory, through which texts, \
             lists and results are passed\n  help: export it as `memory`, as linkers do by default"
                .to_owned()
        }
        _ => joined(&chain),
    }
}

/// All that is known of an error for which we have no words, without the names of the tool's stages.
fn joined(chain: &[String]) -> String {
    let is_stage = |text: &&String| *text == "failed to decode world from module" || *text == "module was not valid";
    chain.iter().filter(|text| !is_stage(text)).cloned().collect::<Vec<_>>().join(": ")
}

/// The text between a prefix and the next backquote.
fn quoted<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    text.strip_prefix(prefix)?.split('`').next()
}

/// A core signature as messages show it.
fn text(signature: &CoreSignature) -> String {
    let params: Vec<String> = signature.params().iter().map(|ty| format!("{ty:?}").to_lowercase()).collect();
    let result = signature.result().map(|ty| format!(" -> {ty:?}").to_lowercase());
    format!("({}){}", params.join(", "), result.unwrap_or_default())
}

/// A function of the world.
struct WorldFunc {
    /// The name of its world, `ns:package/world`.
    world: String,
    is_import: bool,
    /// The interface, or [`ROOT`].
    interface: String,
    name: String,
    /// Whether its core name is that of an async lift.
    async_: bool,
    core: CoreSignature,
}

impl WorldFunc {
    /// The name of a core export.
    fn export(&self) -> String {
        let lift = if self.async_ { "[async-lift]" } else { "" };
        match self.interface.as_str() {
            ROOT => format!("{lift}{}", self.name),
            interface => format!("{lift}{interface}#{}", self.name),
        }
    }
}

/// The functions of the worlds that a module states.
fn funcs_of_world(module: &[u8]) -> Vec<WorldFunc> {
    let mut funcs = Vec::new();
    for section in component_types(module).unwrap_or_default() {
        let (model, world) = (&section.model, &section.model.worlds[section.world]);
        let name = format!("{}/{}", model.packages[world.package].name, world.name);
        let layouts = Layouts::new(model);
        for (items, is_import) in [(&world.imports, true), (&world.exports, false)] {
            items.iter().for_each(|item| of_item(model, &layouts, item, is_import, &name, &mut funcs));
        }
    }
    funcs
}

fn of_item(model: &Model, layouts: &Layouts, item: &WorldItem, is_import: bool, world: &str, all: &mut Vec<WorldFunc>) {
    let (interface, funcs) = match &item.kind {
        WorldItemKind::Func(func) => (ROOT.to_owned(), core::slice::from_ref(func)),
        WorldItemKind::Interface { id, .. } => (model.item_name(item), &model.interfaces[*id].funcs[..]),
        WorldItemKind::Type(_) => return,
    };
    let convention = |func: &Func| match (is_import, func.async_) {
        (true, _) => Convention::Lower,
        (false, true) => Convention::LiftCallback,
        (false, false) => Convention::Lift,
    };
    all.extend(funcs.iter().map(|func| WorldFunc {
        world: world.to_owned(),
        is_import,
        interface: interface.clone(),
        name: func.extern_name(model),
        async_: func.async_,
        core: layouts.of_func(func).signature(convention(func)),
    }));
}

/// A module and the functions of its worlds.
struct Module<'a> {
    bytes: &'a [u8],
    funcs: Vec<WorldFunc>,
}

impl Module<'_> {
    /// The message that a function has another core type; `mismatch` is the tool's.
    fn mismatched(&self, name: &str, mismatch: &str) -> Option<String> {
        let (func, types) = mismatch.split_once("`: expected `")?;
        let (expected, found) = types.trim_end_matches('`').split_once("` but found `")?;
        let core = |text: &str| {
            let (params, results) = text.split_once(" -> ")?;
            let list = |text: &str| text.trim_matches(['[', ']']).to_lowercase();
            let results = list(results);
            Some(format!("({}){}{results}", list(params), if results.is_empty() { "" } else { " -> " }))
        };
        let (expected, found) = (core(expected)?, core(found)?);
        let of_world = self.funcs.iter().filter(|other| other.name == func).map(|func| func.world.clone());
        let (than, help) = match list(of_world) {
            worlds if worlds.is_empty() => ("it must have".to_owned(), "give it this core type"),
            worlds => (format!("in its world {worlds}"), OTHER_BINDINGS),
        };
        Some(format!(
            "{name} has another core type than {than}\n  expected: {expected}\n  found: {found}\n  help: {help}"
        ))
    }

    /// The message that the world does not have an import.
    fn unknown_import(&self, interface: &str, name: &str) -> String {
        if interface == ENV {
            let names = self.imports_from(ENV);
            let s = if names.len() == 1 { "" } else { "s" };
            return format!(
                "the module imports the function{s} {} from `{ENV}`, where no world has functions\n  help: it is \
                 declared `extern`, and no library defines it: link the library that does; imports of the world are called \
                 through its bindings",
                list(names.into_iter())
            );
        }
        if interface.starts_with("__wbindgen") || interface == "wbg" {
            return format!(
                "the module imports `{name}` from `{interface}`: it uses `wasm-bindgen`, which is for JavaScript\n  help: switch \
                 off the features of its dependencies that are for browsers, such as `js` and `wasmbind`"
            );
        }
        let imports = || self.funcs.iter().filter(|func| func.is_import);
        let of_interface = || imports().filter(|func| func.interface == interface).map(|func| func.name.as_str());
        let world = list(self.funcs.iter().map(|func| func.world.clone()));
        let (message, meant) = if interface == ROOT {
            (
                format!("the module imports the function `{name}`, which its world does not import"),
                closest(name, of_interface()),
            )
        } else if of_interface().next().is_some() {
            (
                format!("the module imports `{name}` of `{interface}`, which has no such function"),
                closest(name, of_interface()),
            )
        } else {
            let meant = closest(interface, imports().map(|func| func.interface.as_str()));
            let names = list(self.imports_from(interface).into_iter());
            (format!("the module imports {names} of `{interface}`, which its world does not import"), meant)
        };
        let help = meant.map_or_else(
            || "import it in the world, or build the module without it".to_owned(),
            |meant| format!("did you mean `{meant}`?"),
        );
        let world = if world.is_empty() { world } else { format!("\n  its world: {world}") };
        format!("{message}{world}\n  help: {help}")
    }

    /// The message that exports of the world are missing. `None` if none is.
    fn missing_exports(&self) -> Option<String> {
        let names = self.exports();
        let is_missing = |func: &&WorldFunc| {
            let is = |name: &String| {
                let name =
                    name.strip_prefix("[async-lift-stackful]").or(name.strip_prefix("[async-lift]")).unwrap_or(name);
                name == func.export().trim_start_matches("[async-lift]")
            };
            !func.is_import && !names.iter().any(is)
        };
        let missing: Vec<&WorldFunc> = self.funcs.iter().filter(is_missing).collect();
        let mut message = format!(
            "the module does not export all that its world {} exports",
            list(missing.iter().map(|func| func.world.clone()))
        );
        let mut renamed = None;
        for func in &missing {
            let export = func.export();
            // Another spelling of the name: `say_hello` for `say-hello`.
            let short = |name: &str| name.replace(['-', '_'], "").to_lowercase();
            let other = names.iter().find(|name| short(name) == short(&func.name) || short(name) == short(&export));
            renamed = renamed.or(other.map(|other| format!("export `{other}` under the name `{export}`")));
            let _ = write!(message, "\n  missing: `{export}`, of core type {}", text(&func.core));
        }
        let help = renamed.unwrap_or_else(|| EXPORT_HELP.to_owned());
        (!missing.is_empty()).then(|| format!("{message}\n  help: {help}"))
    }

    /// The functions that are imported from a module.
    fn imports_from(&self, interface: &str) -> Vec<String> {
        let sections = Parser::new(0).parse_all(self.bytes).filter_map(|payload| match payload {
            Ok(Payload::ImportSection(imports)) => Some(imports),
            Ok(_) | Err(_) => None,
        });
        let imports = sections.flat_map(|imports| imports.into_imports()).flatten();
        let funcs = imports.filter(|import| import.module == interface && matches!(import.ty, TypeRef::Func(_)));
        funcs.map(|import| import.name.to_owned()).collect()
    }

    /// The names of the functions that it exports.
    fn exports(&self) -> Vec<String> {
        let sections = Parser::new(0).parse_all(self.bytes).filter_map(|payload| match payload {
            Ok(Payload::ExportSection(exports)) => Some(exports),
            Ok(_) | Err(_) => None,
        });
        let exports = sections.flatten().flatten();
        exports.filter(|export| export.kind == ExternalKind::Func).map(|export| export.name.to_owned()).collect()
    }
}

/// Different names, in their order.
fn list(names: impl Iterator<Item = String>) -> String {
    let mut all: Vec<String> = Vec::new();
    for name in names.map(|name| format!("`{name}`")) {
        if !all.contains(&name) {
            all.push(name);
        }
    }
    all.join(", ")
}
