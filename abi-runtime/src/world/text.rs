//! A world as WIT text: its package, the interfaces that it mentions, and itself; packages of others nested after it.
//!
//! It is laid out as the formatter lays it out, save that long lines are not broken. Its items are in the order of the tables:
//! types, each after those that it refers to, then functions; a world's imports, interfaces first, then its exports, functions
//! first. A resource has one name in each place: the first, if a place has several for it. `docs/guide/build.md` lists in what
//! else it may differ from the source.

use core::fmt::{self, Display};

use super::types::Scope;
use super::{
    About, FieldDesc, FuncDesc, FunctionDesc, InterfaceDesc, ItemDesc, ItemKind, Origin, PackageDesc, TypeDefDesc,
    TypeDesc, WorldDesc,
};

impl Display for WorldDesc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [own, others @ ..] = self.packages else { return Ok(()) };
        let scope = Scope { types: &[], escaped: self.escaped };
        let mut text = Text { out: f, escaped: self.escaped, package: own, depth: 0, latest: None };
        text.item(
            About { docs: own.docs, ..About::NONE },
            Kind::Large,
            format_args!("package {};", PackagePath { name: own.name, scope }),
        )?;
        for interface in own.interfaces {
            text.interface(interface)?;
        }
        text.world(self)?;
        for package in others {
            text.package = package;
            let about = About { docs: package.docs, ..About::NONE };
            text.block(about, format_args!("package {}", PackagePath { name: package.name, scope }), |text| {
                package.interfaces.iter().try_for_each(|interface| text.interface(interface))
            })?;
        }
        Ok(())
    }
}

/// Kinds of items. A blank line sets neighbours of different kinds apart, and items with lines before them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Large,
    Use,
    Import,
    Export,
    Type,
    Func,
    /// A field, case or flag: no blank lines between these.
    Part,
}

/// Functions in one place, those of its resources among them.
#[derive(Clone, Copy)]
enum Funcs {
    Interface(&'static [FunctionDesc]),
    World(&'static [ItemDesc]),
}

impl Funcs {
    fn iter(self) -> impl Iterator<Item = &'static FunctionDesc> {
        let (funcs, items) = match self {
            Funcs::Interface(funcs) => (funcs, &[][..]),
            Funcs::World(items) => (&[][..], items),
        };
        funcs.iter().chain(items.iter().filter_map(|item| match item.kind {
            ItemKind::Func(func) => Some(func),
            ItemKind::Interface(_) => None,
        }))
    }
}

struct Text<'a, 'f> {
    out: &'a mut fmt::Formatter<'f>,
    escaped: &'static [&'static str],
    package: &'static PackageDesc,
    depth: usize,
    /// The kind of the item before in this block, and whether it was a block or had lines before it.
    latest: Option<(Kind, bool)>,
}

impl Text<'_, '_> {
    fn scope(&self, types: &'static [TypeDefDesc]) -> Scope {
        Scope { types, escaped: self.escaped }
    }

    // Lines.

    fn line(&mut self, line: fmt::Arguments<'_>) -> fmt::Result {
        writeln!(self.out, "{:1$}{line}", "", 2 * self.depth)
    }

    fn begin(&mut self, about: About, kind: Kind, is_block: bool) -> fmt::Result {
        let is_large = is_block || about != About::NONE;
        let latest = self.latest.replace((kind, is_large));
        if latest.is_none() && self.depth > 0 {
            self.out.write_str("\n")?;
        }
        if kind != Kind::Part && latest.is_some_and(|(before, was_large)| before != kind || was_large || is_large) {
            self.out.write_str("\n")?;
        }
        let docs = if about.docs.is_empty() { None } else { Some(about.docs.split('\n')) };
        for line in docs.into_iter().flatten() {
            let space = if line.is_empty() { "" } else { " " };
            self.line(format_args!("///{space}{line}"))?;
        }
        about.attributes.lines().try_for_each(|attribute| self.line(format_args!("{attribute}")))
    }

    /// An item of one line.
    fn item(&mut self, about: About, kind: Kind, line: fmt::Arguments<'_>) -> fmt::Result {
        self.begin(about, kind, false)?;
        self.line(line)
    }

    /// An item with items in it.
    fn block(
        &mut self,
        about: About,
        head: fmt::Arguments<'_>,
        items: impl FnOnce(&mut Self) -> fmt::Result,
    ) -> fmt::Result {
        self.block_of(about, Kind::Large, head, items)
    }

    fn block_of(
        &mut self,
        about: About,
        kind: Kind,
        head: fmt::Arguments<'_>,
        items: impl FnOnce(&mut Self) -> fmt::Result,
    ) -> fmt::Result {
        self.begin(about, kind, true)?;
        let outer = self.latest.take();
        write!(self.out, "{:1$}{head} {{", "", 2 * self.depth)?;
        self.depth += 1;
        items(self)?;
        self.depth -= 1;
        let is_empty = self.latest.is_none();
        self.latest = outer;
        if is_empty { self.out.write_str("}\n") } else { self.line(format_args!("}}")) }
    }

    // Items.

    fn interface(&mut self, interface: &'static InterfaceDesc) -> fmt::Result {
        let (_, name) = parts(interface.name);
        let name = self.scope(&[]).name(name);
        self.block(interface.about, format_args!("interface {name}"), |text| text.contents(interface))
    }

    fn contents(&mut self, interface: &'static InterfaceDesc) -> fmt::Result {
        self.types(interface.types, Funcs::Interface(interface.funcs))?;
        for func in interface.funcs.iter().filter(|func| FuncName::of(func.desc.name).resource.is_none()) {
            self.func(interface.types, Kind::Func, "", func)?;
        }
        Ok(())
    }

    fn world(&mut self, world: &WorldDesc) -> fmt::Result {
        let name = self.scope(&[]).name(world.name);
        self.block(world.about, format_args!("world {name}"), |text| {
            text.types(world.types, Funcs::World(world.imports))?;
            let directions = [(Kind::Import, "import ", world.imports), (Kind::Export, "export ", world.exports)];
            for (kind, keyword, items) in directions {
                for item in items.iter().filter(|item| item.stated) {
                    text.world_item(world.types, kind, keyword, item)?;
                }
            }
            Ok(())
        })
    }

    fn world_item(
        &mut self,
        types: &'static [TypeDefDesc],
        kind: Kind,
        keyword: &'static str,
        item: &'static ItemDesc,
    ) -> fmt::Result {
        let name = self.scope(types).name(item.name);
        match item.kind {
            // Functions of the world's resources are in their bodies.
            ItemKind::Func(func) if FuncName::of(func.desc.name).resource.is_some() => Ok(()),
            ItemKind::Func(func) => self.func(types, kind, keyword, func),
            ItemKind::Interface(interface) if interface.name.is_empty() => {
                let about = if item.about == About::NONE { interface.about } else { item.about };
                self.block_of(about, kind, format_args!("{keyword}{name}: interface"), |text| text.contents(interface))
            }
            ItemKind::Interface(interface) => {
                let path = self.interface_path(interface);
                if item.name == interface.name {
                    self.item(item.about, kind, format_args!("{keyword}{path};"))
                } else {
                    self.item(item.about, kind, format_args!("{keyword}{name}: {path};"))
                }
            }
        }
    }

    /// An interface as this package refers to it.
    fn interface_path(&self, interface: &'static InterfaceDesc) -> InterfacePath {
        let is_own = self.package.interfaces.iter().any(|own| own.name == interface.name);
        InterfacePath { name: interface.name, is_own, scope: self.scope(&[]) }
    }

    fn func(
        &mut self,
        types: &'static [TypeDefDesc],
        kind: Kind,
        keyword: &'static str,
        func: &'static FunctionDesc,
    ) -> fmt::Result {
        let scope = self.scope(types);
        match FuncName::of(func.desc.name).name {
            Some(name) => {
                let signature = Signature { scope, desc: &func.desc };
                self.item(func.about, kind, format_args!("{keyword}{}: {signature};", scope.name(name)))
            }
            None => {
                let FuncDesc { params, result, .. } = func.desc;
                let ends = Constructed { scope, result };
                self.item(func.about, kind, format_args!("constructor{}{ends};", scope.params(params)))
            }
        }
    }

    /// Types in order; neighbours from one interface share a `use`.
    fn types(&mut self, types: &'static [TypeDefDesc], funcs: Funcs) -> fmt::Result {
        let mut rest = types;
        while let here @ [first, after @ ..] = rest {
            rest = after;
            let Origin::Used(interface, _) = first.origin else {
                self.typedef(types, funcs, first)?;
                continue;
            };
            let is_same = |next: &&TypeDefDesc| {
                next.about == first.about
                    && matches!(next.origin, Origin::Used(other, _) if core::ptr::eq(other, interface))
            };
            let count = 1 + after.iter().take_while(is_same).count();
            let (used, after) = here.split_at(count);
            rest = after;
            let (path, names) = (self.interface_path(interface), UsedNames { scope: self.scope(types), used });
            self.item(first.about, Kind::Use, format_args!("use {path}.{{{names}}};"))?;
        }
        Ok(())
    }

    fn typedef(&mut self, types: &'static [TypeDefDesc], funcs: Funcs, def: &'static TypeDefDesc) -> fmt::Result {
        let scope = self.scope(types);
        let name = scope.name(def.name);
        let (keyword, labels) = match (def.origin, def.ty) {
            (Origin::Here, TypeDesc::Own(resource)) => return self.resource(types, funcs, def, resource.name()),
            (Origin::Here, TypeDesc::Record(desc)) => {
                return self.block_of(def.about, Kind::Type, format_args!("record {name}"), |text| {
                    desc.fields.iter().enumerate().try_for_each(|(index, field)| {
                        let line = (scope.name(field.name), scope.ty(field.ty));
                        text.item(def.member(index), Kind::Part, format_args!("{}: {},", line.0, line.1))
                    })
                });
            }
            (Origin::Here, TypeDesc::Variant(desc)) => {
                return self.block_of(def.about, Kind::Type, format_args!("variant {name}"), |text| {
                    desc.cases.iter().enumerate().try_for_each(|(index, case)| {
                        let case_name = scope.name(case.name);
                        match case.ty {
                            None => text.item(def.member(index), Kind::Part, format_args!("{case_name},")),
                            Some(ty) => {
                                let line = format_args!("{case_name}({}),", scope.ty(ty));
                                text.item(def.member(index), Kind::Part, line)
                            }
                        }
                    })
                });
            }
            (Origin::Here, TypeDesc::Enum(desc)) => ("enum", desc.labels),
            (Origin::Here, TypeDesc::Flags(desc)) => ("flags", desc.labels),
            (Origin::Alias, TypeDesc::Own(resource)) => {
                let line = format_args!("type {name} = own<{}>;", scope.resource(resource));
                return self.item(def.about, Kind::Type, line);
            }
            (Origin::Here | Origin::Alias | Origin::Resource | Origin::Used(..), ty) => {
                return self.item(def.about, Kind::Type, format_args!("type {name} = {};", scope.ty(ty)));
            }
        };
        self.block_of(def.about, Kind::Type, format_args!("{keyword} {name}"), |text| {
            labels.iter().enumerate().try_for_each(|(index, label)| {
                text.item(def.member(index), Kind::Part, format_args!("{},", scope.name(label)))
            })
        })
    }

    fn resource(
        &mut self,
        types: &'static [TypeDefDesc],
        funcs: Funcs,
        def: &'static TypeDefDesc,
        resource: &'static str,
    ) -> fmt::Result {
        let scope = self.scope(types);
        let name = scope.name(def.name);
        let is_of_it = |func: &&FunctionDesc| FuncName::of(func.desc.name).resource == Some(resource);
        if !funcs.iter().any(|func| is_of_it(&func)) {
            return self.item(def.about, Kind::Type, format_args!("resource {name};"));
        }
        self.block_of(def.about, Kind::Type, format_args!("resource {name}"), |text| {
            funcs.iter().filter(is_of_it).try_for_each(|func| text.func(types, Kind::Func, "", func))
        })
    }
}

impl TypeDefDesc {
    fn member(&self, index: usize) -> About {
        About { docs: self.members.get(index).copied().unwrap_or_default(), ..About::NONE }
    }
}

/// The parts of a function's name in a component: `f`, `[method]r.f`, `[static]r.f`, `[constructor]r`; for an accessor with
/// `[get]` or `[set]` before `f` or `r.f`.
struct FuncName {
    resource: Option<&'static str>,
    /// Its name in its resource, or alone; `None` for the constructor.
    name: Option<&'static str>,
    is_static: bool,
    /// `get` or `set`.
    accessor: Option<&'static str>,
}

impl FuncName {
    fn of(full: &'static str) -> FuncName {
        let mut of = FuncName { resource: None, name: Some(full), is_static: false, accessor: None };
        let (mut rest, mut has_resource) = (full, false);
        while let Some((kind, after)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            match kind {
                "get" | "set" => of.accessor = Some(kind),
                _ => has_resource = true,
            }
            of.is_static |= kind == "static";
            rest = after;
        }
        (of.resource, of.name) = match rest.split_once('.') {
            Some((resource, name)) => (Some(resource), Some(name)),
            None if has_resource => (Some(rest), None),
            None => (None, Some(rest)),
        };
        of
    }

    /// The parameters in its text: a method's without `self`.
    fn params(&self, params: &'static [FieldDesc]) -> &'static [FieldDesc] {
        let is_method = self.resource.is_some() && self.name.is_some() && !self.is_static;
        if is_method { params.get(1..).unwrap_or_default() } else { params }
    }
}

/// A function type.
struct Signature {
    scope: Scope,
    desc: &'static FuncDesc,
}

impl Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Signature { scope, desc: FuncDesc { name, async_, params, result } } = self;
        let name = FuncName::of(name);
        let static_ = if name.is_static { "static " } else { "" };
        let keyword = name.accessor.unwrap_or(if *async_ { "async func" } else { "func" });
        write!(f, "{static_}{keyword}{}", scope.params(name.params(params)))?;
        match result {
            Some(ty) => write!(f, " -> {}", scope.ty(ty)),
            None => Ok(()),
        }
    }
}

/// The result of a constructor, which is stated unless it is the resource itself.
struct Constructed {
    scope: Scope,
    result: Option<&'static TypeDesc>,
}

impl Display for Constructed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.result {
            None | Some(TypeDesc::Own(_)) => Ok(()),
            Some(ty) => write!(f, " -> {}", self.scope.ty(ty)),
        }
    }
}

/// The names in a `use`.
struct UsedNames {
    scope: Scope,
    used: &'static [TypeDefDesc],
}

impl Display for UsedNames {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, def) in self.used.iter().enumerate() {
            let Origin::Used(_, original) = def.origin else { continue };
            f.write_str(if index == 0 { "" } else { ", " })?;
            write!(f, "{}", self.scope.name(original))?;
            if original != def.name {
                write!(f, " as {}", self.scope.name(def.name))?;
            }
        }
        Ok(())
    }
}

/// An interface's name in text: the name alone in its own package.
struct InterfacePath {
    name: &'static str,
    is_own: bool,
    scope: Scope,
}

impl Display for InterfacePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (package, name) = parts(self.name);
        if self.is_own {
            return self.scope.name(name).fmt(f);
        }
        write!(f, "{}/{}", PackagePath { name: package, scope: self.scope }, self.scope.name(name))?;
        match self.name.split_once('@') {
            Some((_, version)) => write!(f, "@{version}"),
            None => Ok(()),
        }
    }
}

/// The name of a package, without its version or with it.
struct PackagePath {
    name: &'static str,
    scope: Scope,
}

impl Display for PackagePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (names, version) = self.name.split_at(self.name.find('@').unwrap_or(self.name.len()));
        for part in names.split_inclusive([':', '/']) {
            let (name, end) = part.split_at(part.trim_end_matches([':', '/']).len());
            write!(f, "{}{end}", self.scope.name(name))?;
        }
        f.write_str(version)
    }
}

/// The package and the interface in `ns:package/interface@version`.
fn parts(name: &'static str) -> (&'static str, &'static str) {
    let name = name.split_once('@').map_or(name, |(name, _)| name);
    name.rsplit_once('/').unwrap_or(("", name))
}
