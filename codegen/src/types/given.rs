//! Checks that the Rust types which the option `with` gives are the types of WIT that they stand for. The layouts of values come
//! from the Rust types, so others would be read from memory that is not theirs.

use std::collections::BTreeSet;

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, format_ident, quote, quote_spanned};

use super::{Head, Lifetime, Scope, enums, flags, records, variants};
use crate::ir::{Bindings, Def, DefId, DefKind, Func, Label, Output, RustType, end, ident};
use crate::options::Target;

impl Scope<'_> {
    /// The name of the user's type of maps in the root.
    pub(super) fn map_name(self) -> Ident {
        ident(&format!("__Map_{}", self.bindings.suffix))
    }

    /// The name of a given type in the root. A host's type for a resource need not be one of WIT.
    pub(super) fn given(self, def: &Def, alias: &Ident) -> Ident {
        let is_resource = matches!(def.kind, DefKind::Resource | DefKind::ResourceAlias(_));
        if is_resource { alias.clone() } else { format_ident!("{alias}_checked", span = alias.span()) }
    }
}

impl Scope<'_> {
    /// The name under which the root of a guest's bindings imports a type in a module of other bindings.
    pub(super) fn imported(self, def: &Def, name: &Ident) -> Option<Ident> {
        let module = self.bindings.module(def.module);
        let home = module.path.first().filter(|_| module.remapped && self.bindings.target == Target::Guest)?;
        Some(format_ident!("{home}_{name}", span = home.span()))
    }
}

/// The imports of the types in modules of other bindings, for the root of a guest's. One that the module lacks is one error.
pub(crate) fn of_modules(scope: Scope<'_>) -> TokenStream {
    let bindings = scope.bindings;
    let import = |id: DefId| {
        let def = bindings.def(id);
        let alias = scope.imported(def, &def.name).filter(|_| def.remapped.is_none())?;
        let (home, name) =
            (bindings.module(def.module).path.first(), located(def.name.to_token_stream(), alias.span()));
        if let DefKind::Alias(target) = &def.kind
            && !def.lifetime
        {
            return Some(aliased(scope, &quote!(#home), &name, (&alias, target)));
        }
        Some(quote_spanned! {alias.span()=>
            #[allow(deprecated, unused_imports)]
            use #home::#name as #alias;
        })
    };
    passed(bindings).into_iter().filter_map(import).collect()
}

/// The alias of a module, or the type that it stands for where a module that the user writes lacks it. Items of a glob hide those
/// around its block.
fn aliased(
    scope: Scope<'_>,
    home: &TokenStream,
    name: &TokenStream,
    (alias, target): (&Ident, &RustType),
) -> TokenStream {
    let (marker, target) = (format_ident!("{alias}_aliased"), scope.ty(target, Lifetime::Static));
    let items = quote! {
        #[doc(hidden)]
        #[allow(dead_code, non_camel_case_types, unreachable_pub)]
        pub struct #marker;
        #[allow(deprecated, non_local_definitions, unused_imports)]
        const _: () = {
            #[allow(dead_code)]
            type #name = #target;
            use _rt::Aliased as __Aliased;
            const _: () = {
                use #home::*;
                impl __Aliased for #marker {
                    type Type = #name;
                }
            };
        };
        #[allow(dead_code, non_camel_case_types)]
        type #alias = <#marker as _rt::Aliased>::Type;
    };
    located(items, alias.span())
}

/// The aliases of the types that the user gives for those of the bindings, for their root. One that is none is one error.
pub(crate) fn given(scope: Scope<'_>) -> TokenStream {
    let mut checks = Checks::new(ident(&format!("__Given_{}", scope.bindings.suffix)));
    for def in &scope.bindings.defs {
        let Some(alias) = &def.remapped else { continue };
        let (name, generics) = (scope.given(def, alias), super::generics(def));
        if name == *alias {
            continue;
        }
        let message = format!(
            "the Rust type that the option `with` gives for `{}` is not a type of WIT: add `#[derive(witwright::WitType)]` to it, or \
             name the type of other bindings of this crate; name the interface if its bindings are those of `wit_bindgen`",
            key(scope.bindings, def)
        );
        checks.add(&name, &generics, &quote!(#alias #generics), (&quote!(#alias), "IS_TYPE"), &message);
    }
    map_type(scope, &mut checks);
    checks.items()
}

/// The alias of the user's type of maps, if the bindings mention a map. The first map is checked.
fn map_type(scope: Scope<'_>, checks: &mut Checks) {
    let bindings = scope.bindings;
    let (Some(map), Some((key, value))) = (&bindings.map_type, first_map(bindings)) else { return };
    let [key, value] = [key, value].map(|ty| scope.ty(ty, Lifetime::Static));
    let mut name = scope.map_name();
    name.set_span(end(map));
    let message = "the type that the option `map_type` names is not a type of maps: implement `rt::WitMap` for it, and `IntoIterator` for \
                   references to it; wrap a type of another crate in a struct";
    let [ty, probed] =
        [quote!(#map<K, V>), quote!((#map<#key, #value>, #key, #value))].map(|tokens| located(tokens, name.span()));
    checks.add(&name, &quote!(<K, V>), &ty, (&probed, "IS_MAP"), message);
}

/// Aliases of types that have passed a check.
pub(super) struct Checks {
    /// The name of the trait by which types depend on checks.
    name: Ident,
    aliases: TokenStream,
}

impl Checks {
    pub(super) fn new(name: Ident) -> Checks {
        Checks { name, aliases: TokenStream::new() }
    }

    /// Adds the alias of the type of a field or a payload of a derived type, whose name is `of`. An alias at that name has the
    /// compiler's errors about a type that is missing: those of the field itself, which are shown once.
    pub(super) fn add_field(&mut self, of: &Ident, name: &Ident, ty: &syn::Type) {
        let written = format_ident!("{name}_written", span = of.span());
        self.aliases.extend(quote_spanned! {of.span()=>
            #[allow(dead_code, non_camel_case_types)]
            type #written = #ty;
        });
        let ty = Ident::new(&written.to_string(), name.span());
        let message = "this is not a type of WIT: a field or a payload is a `bool`, an integer, a float, a `char` or a `String`; a `Vec`, an \
                       array, an `Option`, a `Result`, a tuple or a map of such; a handle, a stream or a future; or a type with \
                       `#[derive(WitType)]`";
        self.add(name, &TokenStream::new(), &quote!(#ty), (&quote!(#ty), "IS_OWNED"), message);
    }

    fn add(
        &mut self,
        name: &Ident,
        generics: &TokenStream,
        ty: &TokenStream,
        (probed, check): (&TokenStream, &str),
        message: &str,
    ) {
        let (given, check) = (&self.name, Ident::new(check, name.span()));
        self.aliases.extend(quote_spanned! {name.span()=>
            #[allow(dead_code, non_camel_case_types)]
            type #name #generics = <_rt::Checked<{
                #[allow(unused_imports)]
                use _rt::Otherwise as _;
                ::core::assert!(<_rt::Probe<#probed>>::#check, #message);
                true
            }> as #given>::Of<#ty>;
        });
    }

    /// The aliases, and the trait.
    pub(super) fn items(self) -> TokenStream {
        let Checks { name, aliases } = self;
        if aliases.is_empty() {
            aliases
        } else {
            quote!(_rt::given!(#[allow(dead_code, non_camel_case_types)] #name); #aliases)
        }
    }
}

/// Tokens that are all in one place, so that the compiler shows one error about them once.
pub(super) fn located(tokens: TokenStream, span: Span) -> TokenStream {
    let located = |mut token: TokenTree| {
        if let TokenTree::Group(group) = &token {
            token = Group::new(group.delimiter(), located(group.stream(), span)).into();
        }
        token.set_span(span);
        token
    };
    tokens.into_iter().map(located).collect()
}

/// The keys and values of the first map that the bindings mention.
fn first_map(bindings: &Bindings) -> Option<(&RustType, &RustType)> {
    fn find(ty: &RustType) -> Option<(&RustType, &RustType)> {
        if let RustType::Map(key, value) = ty {
            return Some((key, value));
        }
        ty.parts().into_iter().find_map(find)
    }
    let of_modules = bindings.modules.iter().flat_map(|module| &module.funcs);
    let of_funcs = of_modules.chain(&bindings.exports).flat_map(types);
    let of_defs = bindings.defs.iter().filter(|def| def.printed).flat_map(|def| def.kind.types());
    of_funcs.chain(of_defs).find_map(find)
}

/// The checks of all given types that functions of the bindings pass, for their root.
pub(crate) fn checks(scope: Scope<'_>) -> TokenStream {
    let bindings = scope.bindings;
    let is_given = |id: &DefId| {
        let def = bindings.def(*id);
        // The members of types with shapes are compared by rustc.
        !def.by_shape && (def.remapped.is_some() || bindings.module(def.module).remapped)
    };
    passed(bindings).into_iter().filter(is_given).filter_map(|id| check(scope, id)).collect()
}

/// The definitions that functions and printed types mention.
pub(super) fn passed(bindings: &Bindings) -> BTreeSet<DefId> {
    let mut passed = BTreeSet::new();
    let of_modules = bindings.modules.iter().flat_map(|module| &module.funcs);
    for func in of_modules.chain(&bindings.exports) {
        types(func).into_iter().for_each(|ty| pass(bindings, ty, &mut passed));
    }
    for def in bindings.defs.iter().filter(|def| def.printed) {
        pass_parts(bindings, &def.kind, &mut passed);
    }
    passed
}

/// The types of a function's parameters and result.
fn types(func: &Func) -> Vec<&RustType> {
    let result = match &func.result {
        Output::Value(ty) => Some(ty),
        Output::FallibleThis(err) => err.as_ref(),
        Output::Unit | Output::This => None,
    };
    func.params.iter().flat_map(|param| [&param.owned, &param.given]).chain(result).collect()
}

/// Adds the definitions that a type mentions.
fn pass(bindings: &Bindings, ty: &RustType, passed: &mut BTreeSet<DefId>) {
    let (RustType::Def(id) | RustType::Own(id) | RustType::Borrow(id)) = ty else {
        return ty.parts().into_iter().for_each(|part| pass(bindings, part, passed));
    };
    if passed.insert(*id) {
        let kind = &bindings.def(*id).kind;
        pass_parts(bindings, kind, passed);
    }
}

/// Adds those that the parts of a definition mention.
fn pass_parts(bindings: &Bindings, kind: &DefKind, passed: &mut BTreeSet<DefId>) {
    kind.types().into_iter().for_each(|part| pass(bindings, part, passed));
    if let DefKind::ResourceAlias(target) = kind {
        pass(bindings, &RustType::Own(*target), passed);
    }
}

fn check(scope: Scope<'_>, id: DefId) -> Option<TokenStream> {
    let def = scope.bindings.def(id);
    let layout = |ty: &RustType| {
        let ty = scope.transferred(ty, Lifetime::Elided);
        quote!(<#ty as _rt::ComponentType>::LAYOUT)
    };
    let (expected, what) = match &def.kind {
        DefKind::Alias(target) => (layout(target), format!("type: it is `{}`", wit_text(scope.bindings, target))),
        DefKind::Resource | DefKind::ResourceAlias(_) => return None,
        DefKind::Record(_) | DefKind::Variant(_) | DefKind::Enum(_) | DefKind::Flags(_) => structure(scope, def),
    };
    let message =
        format!("the Rust type that the option `with` gives for `{}` is not this {what}", key(scope.bindings, def));
    let (allow, given) = (scope.allow(), layout(&RustType::Def(id)));
    let span = def.remapped.as_ref().map_or_else(Span::call_site, Ident::span);
    Some(quote_spanned!(span=> #allow const _: () = ::core::assert!(#given.identity == #expected.identity, #message);))
}

/// The key of a type in the option `with`.
fn key(bindings: &Bindings, def: &Def) -> String {
    match &bindings.module(def.module).extern_name {
        Some(interface) => format!("{interface}.{}", def.wit_name),
        None => def.wit_name.clone(),
    }
}

/// The layout of a type with named parts, as an expression, and the type in words.
fn structure(scope: Scope<'_>, def: &Def) -> (TokenStream, String) {
    let head = Head::of(def);
    let text = |ty: &RustType| wit_text(scope.bindings, ty);
    let labels = |labels: &[Label]| labels.iter().map(|label| format!("`{}`", label.wit_name)).collect();
    let (sort, parts, bodies, texts): (_, _, _, Vec<String>) = match &def.kind {
        DefKind::Record(fields) => {
            let texts = fields.iter().map(|field| format!("`{}: {}`", field.wit_name, text(&field.ty))).collect();
            ("record", "fields", records::bodies(&head, &records::members(scope, fields)), texts)
        }
        DefKind::Variant(cases) => {
            let texts = cases.iter().map(|case| match &case.ty {
                Some(ty) => format!("`{}({})`", case.wit_name, text(ty)),
                None => format!("`{}`", case.wit_name),
            });
            let texts = texts.collect();
            ("variant", "cases", variants::bodies(&head, &variants::members(scope, cases)), texts)
        }
        DefKind::Enum(cases) => ("enum", "cases", enums::bodies(&head, &enums::members(scope, cases)), labels(cases)),
        DefKind::Flags(flags) => ("flags type", "flags", flags::bodies(&head, flags), labels(flags)),
        DefKind::Alias(_) | DefKind::Resource | DefKind::ResourceAlias(_) => {
            unreachable!("they have no parts with names")
        }
    };
    let (description, types) = (bodies.description, bodies.parts);
    let layout = quote!(_rt::TypeLayout::of(&#description, _rt::layouts![#(#types),*]));
    (layout, format!("{sort}: it needs the {parts} {}, in this order", texts.join(", ")))
}

/// A type as WIT writes it.
fn wit_text(bindings: &Bindings, ty: &RustType) -> String {
    let text = |ty: &RustType| wit_text(bindings, ty);
    let texts = |types: &[RustType]| types.iter().map(text).collect::<Vec<_>>().join(", ");
    let of = |name: &str, part: Option<&RustType>| match part {
        Some(part) => format!("{name}<{}>", text(part)),
        None => name.to_owned(),
    };
    match ty {
        RustType::Primitive(primitive) => primitive.wit_name().to_owned(),
        RustType::String | RustType::Str => "string".to_owned(),
        RustType::Vec(element) | RustType::Slice(element) => of("list", Some(element)),
        RustType::Array(element, len) => format!("list<{}, {len}>", text(element)),
        RustType::Map(key, value) => format!("map<{}, {}>", text(key), text(value)),
        RustType::Tuple(types) => format!("tuple<{}>", texts(types)),
        RustType::Option(some) => of("option", Some(some)),
        RustType::Result(ok, None) => of("result", ok.as_deref()),
        RustType::Result(ok, Some(err)) => {
            format!("result<{}, {}>", ok.as_deref().map_or_else(|| "_".to_owned(), text), text(err))
        }
        RustType::Def(id) | RustType::Own(id) => bindings.def(*id).wit_name.clone(),
        RustType::Borrow(id) => format!("borrow<{}>", bindings.def(*id).wit_name),
        RustType::Ref(target) => text(target),
        RustType::Stream(element) => of("stream", element.as_deref()),
        RustType::Future(value) => of("future", value.as_deref()),
        RustType::ErrorContext => "error-context".to_owned(),
    }
}
