//! A world as `static` tables (`witwright_abi_runtime::world`): nothing is parsed or allocated when a program uses them.
//!
//! Each type and each interface is one `static`. They are written from the Model, since their items need no names in Rust.

mod describe;
mod mentioned;

use proc_macro2::TokenStream;
use quote::quote;
use witwright_resolver::Model;
use witwright_resolver::model::{
    Func, Gate, InterfaceId, PackageName, TypeId, World, WorldId, WorldItem, WorldItemKind,
};
use witwright_resolver::print;

use self::describe::Describe;
use self::mentioned::{Mentioned, mentioned};
use crate::ir::shouty;

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

/// The tables of a world: a public `static` called after it, whose value has the private ones that it names. They are in scope
/// there alone, so that a module can have the tables of several worlds, and paths mean what they mean in that module.
#[must_use]
pub fn tables(model: &Model, world: WorldId, options: &TableOptions) -> TokenStream {
    let mentioned = mentioned(model, world);
    let tables = Tables { model, describe: Describe::new(model, &mentioned), docs: options.docs };
    let path = &options.world_path;
    let types = tables.describe.statics();
    let interfaces = mentioned.interfaces.iter().map(|id| tables.interface(*id, &mentioned));
    let name = &model.worlds[world].name;
    let (ident, line) = (shouty(name), format!(" The world `{name}`."));
    let world = tables.world(&model.worlds[world], &mentioned);
    quote! {
        #[doc = #line]
        pub static #ident: #path::WorldDesc = {
            #[allow(unused_imports)]
            use ::core::option::Option::{None, Some};
            use #path as _rt;
            #(#types)*
            #(#interfaces)*
            #world
        };
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
        let about = self.about(interface.docs.as_deref(), &interface.gate, None, package);
        let named = mentioned.labelled.get(&id).copied().unwrap_or(id);
        let (ident, name) = (self.describe.interface(id), self.model.interface_name(named).unwrap_or_default());
        let types = interface.types.iter().map(|ty| self.typedef(*ty, package));
        let funcs = interface.funcs.iter().map(|func| self.func(func, None, package));
        quote! {
            static #ident: _rt::InterfaceDesc =
                _rt::InterfaceDesc { name: #name, about: #about, types: &[#(#types),*], funcs: &[#(#funcs),*] };
        }
    }

    fn world(&self, world: &World, mentioned: &Mentioned) -> TokenStream {
        let package = &self.model.packages[world.package].name;
        let about = self.about(world.docs.as_deref(), &world.gate, None, package);
        let packages = mentioned.packages.iter().map(|(id, interfaces)| {
            let of = &self.model.packages[*id];
            let (name, docs) = (of.name.to_string(), self.docs(of.docs.as_deref()));
            let interfaces = interfaces.iter().map(|id| self.describe.interface(*id));
            quote!(_rt::PackageDesc { name: #name, docs: #docs, interfaces: &[#(&#interfaces),*] })
        });
        let types = mentioned.world_types.iter().map(|ty| self.typedef(*ty, package));
        let stated = print::stated_imports(self.model, world);
        let imports = world.imports.iter().zip(stated);
        let imports = imports.filter_map(|(item, is_stated)| self.item(item, is_stated, package));
        let exports = world.exports.iter().filter_map(|item| self.item(item, item.stated, package));
        let escaped = mentioned.names.iter().filter(|name| print::is_escaped(name));
        let name = &world.name;
        quote! {
            _rt::WorldDesc {
                name: #name,
                about: #about,
                packages: &[#(#packages),*],
                types: &[#(#types),*],
                imports: &[#(#imports),*],
                exports: &[#(#exports),*],
                escaped: &[#(#escaped),*],
            }
        }
    }

    /// An import or an export; a type has none in a component.
    fn item(&self, item: &WorldItem, is_stated: bool, package: &PackageName) -> Option<TokenStream> {
        let kind = match &item.kind {
            WorldItemKind::Interface { id, .. } => {
                let interface = self.describe.interface(*id);
                quote!(Interface(&#interface))
            }
            WorldItemKind::Func(func) => {
                let func = self.func(func, item.external_id.as_deref(), package);
                quote!(Func(&#func))
            }
            WorldItemKind::Type(_) => return None,
        };
        let name = self.model.item_name(item);
        let about = match &item.kind {
            WorldItemKind::Func(_) => quote!(_rt::About::NONE),
            WorldItemKind::Interface { .. } | WorldItemKind::Type(_) => {
                self.about(item.docs.as_deref(), &item.gate, item.external_id.as_deref(), package)
            }
        };
        Some(quote!(_rt::ItemDesc { name: #name, about: #about, stated: #is_stated, kind: _rt::ItemKind::#kind }))
    }

    fn func(&self, func: &Func, external_id: Option<&str>, package: &PackageName) -> TokenStream {
        let external_id = func.external_id.as_deref().or(external_id);
        let about = self.about(func.docs.as_deref(), &func.gate, external_id, package);
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
        let about = self.about(def.docs.as_deref(), &def.gate, def.external_id.as_deref(), package);
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
    fn about(&self, docs: Option<&str>, gate: &Gate, external_id: Option<&str>, package: &PackageName) -> TokenStream {
        let attributes = || print::attributes(Some(gate), external_id, package.version.as_ref()).join("\n");
        let (docs, attributes) = (self.docs(docs), if self.docs { attributes() } else { String::new() });
        if docs.is_empty() && attributes.is_empty() {
            return quote!(_rt::About::NONE);
        }
        quote!(_rt::About { docs: #docs, attributes: #attributes })
    }
}
