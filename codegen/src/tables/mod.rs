//! A world as `static` tables (`witwright_abi_runtime::world`): nothing is parsed or allocated when a program uses them.
//!
//! Each type and each interface is one `static`. They are written from the Model, since no names in Rust are to be chosen.

mod describe;
mod mentioned;

use proc_macro2::TokenStream;
use quote::quote;
use witwright_front::lexer::is_keyword;
use witwright_resolver::Model;
use witwright_resolver::model::{
    Func, Gate, InterfaceId, PackageName, Stability, TypeId, World, WorldId, WorldItem, WorldItemKind,
};

use self::describe::Describe;
use self::mentioned::{Mentioned, mentioned};

/// Options of the tables of a world.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TableOptions {
    /// The path of the module `world` of the runtime.
    pub world_path: TokenStream,
    /// Whether documentation is among them.
    pub docs: bool,
}

impl Default for TableOptions {
    fn default() -> TableOptions {
        TableOptions { world_path: quote!(::witwright::world), docs: false }
    }
}

/// The tables of a world: a public `static` called after it, and the private ones that it names.
#[must_use]
pub fn tables(model: &Model, world: WorldId, options: &TableOptions) -> TokenStream {
    let mentioned = mentioned(model, world);
    let tables = Tables { model, describe: Describe::new(model, &mentioned), docs: options.docs };
    let path = &options.world_path;
    let types = tables.describe.statics();
    let interfaces: Vec<TokenStream> =
        mentioned.interfaces.iter().map(|id| tables.interface(*id, &mentioned)).collect();
    let world = tables.world(&model.worlds[world], &mentioned);
    quote! {
        #[allow(unused_imports)]
        use #path as _rt;
        #(#types)*
        #(#interfaces)*
        #world
    }
}

struct Tables<'a> {
    model: &'a Model,
    describe: Describe<'a>,
    docs: bool,
}

impl Tables<'_> {
    fn interface(&self, id: InterfaceId, mentioned: &Mentioned) -> TokenStream {
        let interface = &self.model.interfaces[id];
        let package = &self.model.packages[interface.package].name;
        let about = self.about(interface.docs.as_deref(), &interface.gate, package);
        let named = mentioned.labelled.get(&id).copied().unwrap_or(id);
        let (ident, name) = (self.describe.interface(id), self.model.interface_name(named).unwrap_or_default());
        let types = interface.types.iter().map(|ty| self.typedef(*ty, package));
        let funcs = interface.funcs.iter().map(|func| self.func(func, package));
        quote! {
            static #ident: _rt::InterfaceDesc =
                _rt::InterfaceDesc { name: #name, about: #about, types: &[#(#types),*], funcs: &[#(#funcs),*] };
        }
    }

    fn world(&self, world: &World, mentioned: &Mentioned) -> TokenStream {
        let package = &self.model.packages[world.package].name;
        let about = self.about(world.docs.as_deref(), &world.gate, package);
        let packages = mentioned.packages.iter().map(|(id, interfaces)| {
            let of = &self.model.packages[*id];
            let (name, docs) = (of.name.to_string(), self.docs(of.docs.as_deref()));
            let interfaces = interfaces.iter().map(|id| self.describe.interface(*id));
            quote!(_rt::PackageDesc { name: #name, docs: #docs, interfaces: &[#(&#interfaces),*] })
        });
        let types = mentioned.world_types.iter().map(|ty| self.typedef(*ty, package));
        let imports = world.imports.iter().filter_map(|item| self.item(item, package));
        let exports = world.exports.iter().filter_map(|item| self.item(item, package));
        let escaped = mentioned.names.iter().filter(|name| is_keyword(name) || *name == "error-context");
        let (ident, name) = (self.describe.world(), &world.name);
        let line = format!(" The world `{name}`.");
        quote! {
            #[doc = #line]
            pub static #ident: _rt::WorldDesc = _rt::WorldDesc {
                name: #name,
                about: #about,
                packages: &[#(#packages),*],
                types: &[#(#types),*],
                imports: &[#(#imports),*],
                exports: &[#(#exports),*],
                escaped: &[#(#escaped),*],
            };
        }
    }

    /// An import or an export; a type has none in a component.
    fn item(&self, item: &WorldItem, package: &PackageName) -> Option<TokenStream> {
        let kind = match &item.kind {
            WorldItemKind::Interface { id, .. } => {
                let interface = self.describe.interface(*id);
                quote!(Interface(&#interface))
            }
            WorldItemKind::Func(func) => {
                let func = self.func(func, package);
                quote!(Func(&#func))
            }
            WorldItemKind::Type(_) => return None,
        };
        let (name, stated) = (self.model.item_name(item), item.stated);
        let about = match &item.kind {
            WorldItemKind::Func(_) => quote!(_rt::About::NONE),
            WorldItemKind::Interface { .. } | WorldItemKind::Type(_) => {
                self.about(item.docs.as_deref(), &item.gate, package)
            }
        };
        Some(quote!(_rt::ItemDesc { name: #name, about: #about, stated: #stated, kind: _rt::ItemKind::#kind }))
    }

    fn func(&self, func: &Func, package: &PackageName) -> TokenStream {
        let about = self.about(func.docs.as_deref(), &func.gate, package);
        let (name, async_) = (func.extern_name(self.model), func.async_);
        let params = func.params.iter().map(|param| self.describe.field(&param.name, param.ty));
        let result = self.describe.optional(func.result);
        quote! {
            _rt::FunctionDesc {
                about: #about,
                desc: _rt::FuncDesc { name: #name, async_: #async_, params: &[#(#params),*], result: #result },
            }
        }
    }

    fn typedef(&self, id: TypeId, package: &PackageName) -> TokenStream {
        let def = &self.model.types[id];
        let name = def.name.as_deref().unwrap_or_default();
        let about = self.about(def.docs.as_deref(), &def.gate, package);
        let members: Vec<&str> = def.kind.members().map(|member| self.docs(member.docs)).collect();
        let members = if members.iter().all(|docs| docs.is_empty()) { &[][..] } else { &members };
        let (ty, origin) = self.describe.definition(id);
        quote! {
            _rt::TypeDefDesc {
                name: #name,
                about: #about,
                members: &[#(#members),*],
                ty: #ty,
                origin: _rt::Origin::#origin,
            }
        }
    }

    fn docs<'d>(&self, docs: Option<&'d str>) -> &'d str {
        docs.filter(|_| self.docs).unwrap_or_default()
    }

    /// The lines before a definition in a package.
    fn about(&self, docs: Option<&str>, gate: &Gate, package: &PackageName) -> TokenStream {
        let (docs, gates) = (self.docs(docs), if self.docs { gates(gate, package) } else { String::new() });
        if docs.is_empty() && gates.is_empty() {
            return quote!(_rt::About::NONE);
        }
        quote!(_rt::About { docs: #docs, gates: #gates })
    }
}

/// A line for each gate. One of a later version than the package's is another package's, from which a world includes the item.
fn gates(gate: &Gate, package: &PackageName) -> String {
    let mut lines = Vec::new();
    match &gate.stability {
        Some(Stability::Since(since)) if package.version.as_ref().is_none_or(|version| since > version) => {
            return String::new();
        }
        Some(Stability::Since(since)) => lines.push(format!("@since(version = {since})")),
        Some(Stability::Unstable(feature)) => {
            let escape = if is_keyword(feature) { "%" } else { "" };
            lines.push(format!("@unstable(feature = {escape}{feature})"));
        }
        None => {}
    }
    if let Some(version) = &gate.deprecated {
        lines.push(format!("@deprecated(version = {version})"));
    }
    lines.join("\n")
}
