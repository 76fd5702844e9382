//! Generated tables as values, without the compiler: a reader of the few forms of expressions that they consist of.

use core::cell::RefCell;
use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Expr, Lit, Member, Stmt};
use witwright_abi_runtime::world::{
    About, AliasDesc, CaseDesc, FieldDesc, FuncDesc, FunctionDesc, InterfaceDesc, ItemDesc, ItemKind, LabelsDesc,
    Origin, PackageDesc, RecordDesc, ResourceDesc, TypeDefDesc, TypeDesc, VariantDesc, WorldDesc,
};

/// The world that tables describe. It lives as long as the test.
pub(crate) fn evaluate(tables: TokenStream) -> &'static WorldDesc {
    let tables: syn::ItemStatic = syn::parse2(tables).unwrap();
    let Expr::Block(block) = *tables.expr else { panic!("the value of a world is a block") };
    let mut scope = Scope::default();
    for statement in block.block.stmts {
        match statement {
            Stmt::Item(syn::Item::Static(item)) => {
                assert!(scope.statics.insert(item.ident.to_string(), *item.expr).is_none(), "{} twice", item.ident);
            }
            Stmt::Item(_) => {}
            Stmt::Expr(world, None) => return leak(scope.world(&world)),
            Stmt::Local(_) | Stmt::Expr(..) | Stmt::Macro(_) => panic!("neither an item nor the value"),
        }
    }
    panic!("the block has no value")
}

type Known<T> = RefCell<BTreeMap<String, &'static T>>;

/// The statics around a world, and the values of those that have been referred to.
#[derive(Default)]
struct Scope {
    statics: BTreeMap<String, Expr>,
    types: Known<TypeDesc>,
    resources: Known<ResourceDesc>,
    interfaces: Known<InterfaceDesc>,
}

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

fn field<'e>(expr: &'e Expr, name: &str) -> &'e Expr {
    let Expr::Struct(expr) = expr else { panic!("`{name}` of {}", quote!(#expr)) };
    let is_it = |field: &&syn::FieldValue| matches!(&field.member, Member::Named(member) if member == name);
    &expr.fields.iter().find(is_it).unwrap_or_else(|| panic!("no `{name}`")).expr
}

/// The last name of a path, and its arguments.
fn variant(expr: &Expr) -> (String, Vec<&Expr>) {
    if let Expr::Call(call) = expr {
        return (variant(&call.func).0, call.args.iter().collect());
    }
    let Expr::Path(path) = expr else { panic!("no path: {}", quote!(#expr)) };
    (path.path.segments.last().unwrap().ident.to_string(), Vec::new())
}

fn referred(expr: &Expr) -> &Expr {
    let Expr::Reference(reference) = expr else { panic!("no reference: {}", quote!(#expr)) };
    &reference.expr
}

fn text(expr: &Expr) -> &'static str {
    let Expr::Lit(syn::ExprLit { lit: Lit::Str(text), .. }) = expr else { panic!("no text: {}", quote!(#expr)) };
    text.value().leak()
}

fn truth(expr: &Expr) -> bool {
    let Expr::Lit(syn::ExprLit { lit: Lit::Bool(truth), .. }) = expr else { panic!("no bool: {}", quote!(#expr)) };
    truth.value
}

fn slice<T>(expr: &Expr, part: impl FnMut(&Expr) -> T) -> &'static [T] {
    let Expr::Array(array) = referred(expr) else { panic!("no slice: {}", quote!(#expr)) };
    array.elems.iter().map(part).collect::<Vec<_>>().leak()
}

fn option<T>(expr: &Expr, part: impl FnOnce(&Expr) -> T) -> Option<T> {
    match variant(expr) {
        (name, parts) if name == "Some" => Some(part(parts[0])),
        (name, _) => {
            assert_eq!(name, "None");
            None
        }
    }
}

fn about(expr: &Expr) -> About {
    if matches!(expr, Expr::Path(_)) {
        return About::NONE;
    }
    About { docs: text(field(expr, "docs")), attributes: text(field(expr, "attributes")) }
}

fn labels(expr: &Expr) -> &'static LabelsDesc {
    let expr = referred(expr);
    leak(LabelsDesc { name: text(field(expr, "name")), labels: slice(field(expr, "labels"), text) })
}

impl Scope {
    /// A reference to a static, which is one value, or to an expression.
    fn reference<T>(&self, expr: &Expr, known: &Known<T>, value: impl Fn(&Expr) -> T) -> &'static T {
        let expr = referred(expr);
        let Expr::Path(path) = expr else { return leak(value(expr)) };
        let name = path.path.segments.last().unwrap().ident.to_string();
        // `TypeDesc::Bool` is a path too.
        let Some(target) = self.statics.get(&name).filter(|_| path.path.segments.len() == 1) else {
            return leak(value(expr));
        };
        let found = known.borrow().get(&name).copied();
        found.unwrap_or_else(|| {
            let value = leak(value(target));
            known.borrow_mut().insert(name, value);
            value
        })
    }

    fn world(&self, expr: &Expr) -> WorldDesc {
        WorldDesc {
            name: text(field(expr, "name")),
            about: about(field(expr, "about")),
            packages: slice(field(expr, "packages"), |expr| PackageDesc {
                name: text(field(expr, "name")),
                docs: text(field(expr, "docs")),
                interfaces: slice(field(expr, "interfaces"), |expr| self.interface(expr)),
            }),
            types: self.typedefs(expr),
            imports: slice(field(expr, "imports"), |expr| self.item(expr)),
            exports: slice(field(expr, "exports"), |expr| self.item(expr)),
            escaped: slice(field(expr, "escaped"), text),
        }
    }

    fn interface(&self, expr: &Expr) -> &'static InterfaceDesc {
        self.reference(expr, &self.interfaces, |expr| InterfaceDesc {
            name: text(field(expr, "name")),
            about: about(field(expr, "about")),
            types: self.typedefs(expr),
            funcs: slice(field(expr, "funcs"), |expr| self.func(expr)),
        })
    }

    fn item(&self, expr: &Expr) -> ItemDesc {
        let (kind, target) = variant(field(expr, "kind"));
        let kind = match kind.as_str() {
            "Interface" => ItemKind::Interface(self.interface(target[0])),
            _ => ItemKind::Func(leak(self.func(referred(target[0])))),
        };
        ItemDesc {
            name: text(field(expr, "name")),
            about: about(field(expr, "about")),
            stated: truth(field(expr, "stated")),
            kind,
        }
    }

    fn func(&self, expr: &Expr) -> FunctionDesc {
        let desc = field(expr, "desc");
        FunctionDesc {
            about: about(field(expr, "about")),
            desc: FuncDesc {
                name: text(field(desc, "name")),
                async_: truth(field(desc, "async_")),
                params: self.fields(field(desc, "params")),
                result: option(field(desc, "result"), |ty| self.ty(ty)),
            },
        }
    }

    fn typedefs(&self, expr: &Expr) -> &'static [TypeDefDesc] {
        slice(field(expr, "types"), |expr| TypeDefDesc {
            name: text(field(expr, "name")),
            about: about(field(expr, "about")),
            members: slice(field(expr, "members"), text),
            ty: self.ty(field(expr, "ty")),
            origin: match variant(field(expr, "origin")) {
                (_, used) if used.len() == 2 => Origin::Used(self.interface(used[0]), text(used[1])),
                (name, _) => match name.as_str() {
                    "Here" => Origin::Here,
                    "Alias" => Origin::Alias,
                    "Resource" => Origin::Resource,
                    other => panic!("there is no origin `{other}`"),
                },
            },
        })
    }

    fn fields(&self, expr: &Expr) -> &'static [FieldDesc] {
        slice(expr, |expr| FieldDesc { name: text(field(expr, "name")), ty: self.ty(field(expr, "ty")) })
    }

    fn ty(&self, expr: &Expr) -> &'static TypeDesc {
        self.reference(expr, &self.types, |expr| self.form(expr))
    }

    fn resource(&self, expr: &Expr) -> &'static ResourceDesc {
        self.reference(expr, &self.resources, |expr| ResourceDesc::World {
            name: text(field(expr, "name")),
            interface: option(field(expr, "interface"), text),
        })
    }

    fn form(&self, expr: &Expr) -> TypeDesc {
        let (name, parts) = variant(expr);
        let of = |part: usize| self.ty(parts[part]);
        let optional = |part: usize| option(parts[part], |ty| self.ty(ty));
        match name.as_str() {
            "Bool" => TypeDesc::Bool,
            "S8" => TypeDesc::S8,
            "U8" => TypeDesc::U8,
            "S16" => TypeDesc::S16,
            "U16" => TypeDesc::U16,
            "S32" => TypeDesc::S32,
            "U32" => TypeDesc::U32,
            "S64" => TypeDesc::S64,
            "U64" => TypeDesc::U64,
            "F32" => TypeDesc::F32,
            "F64" => TypeDesc::F64,
            "Char" => TypeDesc::Char,
            "String" => TypeDesc::String,
            "ErrorContext" => TypeDesc::ErrorContext,
            "List" => TypeDesc::List(of(0)),
            "FixedList" => {
                let Expr::Lit(syn::ExprLit { lit: Lit::Int(len), .. }) = parts[1] else { panic!("no length") };
                TypeDesc::FixedList(of(0), len.base10_parse().unwrap())
            }
            "Map" => TypeDesc::Map(of(0), of(1)),
            "Tuple" => TypeDesc::Tuple(slice(parts[0], |ty| self.ty(ty))),
            "Option" => TypeDesc::Option(of(0)),
            "Result" => TypeDesc::Result(optional(0), optional(1)),
            "Enum" => TypeDesc::Enum(labels(parts[0])),
            "Flags" => TypeDesc::Flags(labels(parts[0])),
            "Own" => TypeDesc::Own(self.resource(parts[0])),
            "Borrow" => TypeDesc::Borrow(self.resource(parts[0])),
            "Stream" => TypeDesc::Stream(optional(0)),
            "Future" => TypeDesc::Future(optional(0)),
            "Record" | "Variant" | "Alias" => self.named(&name, referred(parts[0])),
            other => panic!("there is no type `{other}`"),
        }
    }

    fn named(&self, kind: &str, expr: &Expr) -> TypeDesc {
        let name = text(field(expr, "name"));
        match kind {
            "Record" => TypeDesc::Record(leak(RecordDesc { name, fields: self.fields(field(expr, "fields")) })),
            "Variant" => {
                let case = |case: &Expr| CaseDesc {
                    name: text(field(case, "name")),
                    ty: option(field(case, "ty"), |ty| self.ty(ty)),
                };
                TypeDesc::Variant(leak(VariantDesc { name, cases: slice(field(expr, "cases"), case) }))
            }
            _ => TypeDesc::Alias(leak(AliasDesc { name, ty: self.ty(field(expr, "ty")) })),
        }
    }
}
