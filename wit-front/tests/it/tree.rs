//! Trees as indented text, for golden files: one node a line, with the offset of its beginning.

use witwright_front::Span;
use witwright_front::ast::{
    AsName, Attribute, Attributes, Docs, ExternItem, ExternKind, FuncKind, FuncType, Ident, InterfaceMember, Item,
    Label, PackageDecl, PackageName, ResourceMethod, ResourceMethodKind, Ty, TyKind, TypedefItem, TypedefKind, UseItem,
    UsePath, WitFile, WorldMember,
};

pub(crate) fn show(file: &WitFile) -> String {
    let mut out = Out { text: String::new(), depth: 0 };
    if let Some(decl) = &file.package {
        out.package(decl);
    }
    out.items(&file.items);
    out.text
}

struct Out {
    text: String,
    depth: usize,
}

impl Out {
    fn line(&mut self, span: Span, text: &str) {
        self.text += &format!("{:indent$}{text} [{}..{}]\n", "", span.start, span.end, indent = self.depth * 2);
    }

    fn nested(&mut self, write: impl FnOnce(&mut Out)) {
        self.depth += 1;
        write(self);
        self.depth -= 1;
    }

    fn head(&mut self, docs: &Docs, attributes: &Attributes) {
        if let Some(text) = &docs.text {
            self.text += &format!("{:indent$}docs {text:?}\n", "", indent = self.depth * 2);
        }
        for attribute in &attributes.list {
            match attribute {
                Attribute::Since { version, span } => self.line(*span, &format!("@since {}", version.value)),
                Attribute::Unstable { feature, span } => self.line(*span, &format!("@unstable {}", name(feature))),
                Attribute::Deprecated { version, span } => self.line(*span, &format!("@deprecated {}", version.value)),
                Attribute::ExternalId { id, span } => self.line(*span, &format!("@external-id {id:?}")),
            }
        }
    }

    fn package(&mut self, decl: &PackageDecl) {
        self.head(&decl.docs, &Attributes::default());
        self.line(decl.span, &format!("package {}", package_name(&decl.name)));
    }

    fn items(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Use(item) => {
                    self.head(&Docs::default(), &item.attributes);
                    let as_ = item.as_.as_ref().map(|as_| format!(" as {}", name(as_))).unwrap_or_default();
                    self.line(item.span, &format!("use {}{as_}", path(&item.path)));
                }
                Item::Interface(item) => {
                    self.head(&item.docs, &item.attributes);
                    self.line(item.span, &format!("interface {}", name(&item.name)));
                    self.nested(|out| out.interface_members(&item.items));
                }
                Item::World(item) => {
                    self.head(&item.docs, &item.attributes);
                    self.line(item.span, &format!("world {}", name(&item.name)));
                    self.nested(|out| item.items.iter().for_each(|member| out.world_member(member)));
                }
                Item::Package(item) => {
                    self.package(&item.decl);
                    self.nested(|out| out.items(&item.items));
                }
            }
        }
    }

    fn interface_members(&mut self, members: &[InterfaceMember]) {
        for member in members {
            match member {
                InterfaceMember::Use(item) => self.use_item(item),
                InterfaceMember::Type(item) => self.typedef(item),
                InterfaceMember::Func(item) => {
                    self.head(&item.docs, &item.attributes);
                    self.line(item.span, &format!("{}: {}", name(&item.name), func(&item.func)));
                }
            }
        }
    }

    fn world_member(&mut self, member: &WorldMember) {
        match member {
            WorldMember::Import(item) => self.extern_item("import", item),
            WorldMember::Export(item) => self.extern_item("export", item),
            WorldMember::Use(item) => self.use_item(item),
            WorldMember::Type(item) => self.typedef(item),
            WorldMember::Include(item) => {
                self.head(&item.docs, &item.attributes);
                self.line(item.span, &format!("include {} with {}", path(&item.path), as_names(&item.with)));
            }
        }
    }

    fn extern_item(&mut self, keyword: &str, item: &ExternItem) {
        self.head(&item.docs, &item.attributes);
        match &item.kind {
            ExternKind::Path(to) => self.line(item.span, &format!("{keyword} {}", path(to))),
            ExternKind::Func(id, ty) => self.line(item.span, &format!("{keyword} {}: {}", name(id), func(ty))),
            ExternKind::Named(id, to) => self.line(item.span, &format!("{keyword} {}: {}", name(id), path(to))),
            ExternKind::Interface(id, members) => {
                self.line(item.span, &format!("{keyword} {}: interface", name(id)));
                self.nested(|out| out.interface_members(members));
            }
        }
    }

    fn use_item(&mut self, item: &UseItem) {
        self.head(&item.docs, &item.attributes);
        self.line(item.span, &format!("use {}.{}", path(&item.path), as_names(&item.names)));
    }

    fn typedef(&mut self, item: &TypedefItem) {
        self.head(&item.docs, &item.attributes);
        let id = name(&item.name);
        match &item.kind {
            TypedefKind::Alias(of) => self.line(item.span, &format!("type {id} = {}", ty(of))),
            TypedefKind::Record(fields) => {
                self.line(item.span, &format!("record {id}"));
                for field in fields {
                    self.nested(|out| {
                        out.head(&field.docs, &Attributes::default());
                        out.line(field.span, &format!("{}: {}", name(&field.name), ty(&field.ty)));
                    });
                }
            }
            TypedefKind::Variant(cases) => {
                self.line(item.span, &format!("variant {id}"));
                for case in cases {
                    let payload = case.ty.as_ref().map(|payload| format!("({})", ty(payload))).unwrap_or_default();
                    self.nested(|out| {
                        out.head(&case.docs, &Attributes::default());
                        out.line(case.span, &format!("{}{payload}", name(&case.name)));
                    });
                }
            }
            TypedefKind::Enum(labels) => self.labels(item, "enum", labels),
            TypedefKind::Flags(labels) => self.labels(item, "flags", labels),
            TypedefKind::Resource(methods) => {
                self.line(item.span, &format!("resource {id}"));
                self.nested(|out| methods.iter().for_each(|method| out.method(method)));
            }
        }
    }

    fn labels(&mut self, item: &TypedefItem, keyword: &str, labels: &[Label]) {
        self.line(item.span, &format!("{keyword} {}", name(&item.name)));
        for label in labels {
            self.nested(|out| {
                out.head(&label.docs, &Attributes::default());
                out.line(label.name.span, &name(&label.name));
            });
        }
    }

    fn method(&mut self, method: &ResourceMethod) {
        self.head(&method.docs, &method.attributes);
        let kind = match &method.kind {
            ResourceMethodKind::Method(id) => name(id),
            ResourceMethodKind::Static(id) => format!("static {}", name(id)),
            ResourceMethodKind::Constructor(_) => "constructor".to_owned(),
        };
        self.line(method.span, &format!("{kind}: {}", func(&method.func)));
    }
}

fn name(id: &Ident) -> String {
    format!("{}{}", if id.escaped { "%" } else { "" }, id.name)
}

fn names(ids: &[Ident], separator: &str) -> String {
    ids.iter().map(name).collect::<Vec<_>>().join(separator)
}

fn as_names(list: &[AsName]) -> String {
    let each = list.iter().map(|item| match &item.as_ {
        Some(as_) => format!("{} as {}", name(&item.name), name(as_)),
        None => name(&item.name),
    });
    format!("{{{}}}", each.collect::<Vec<_>>().join(", "))
}

fn package_name(package: &PackageName) -> String {
    let version = package.version.as_ref().map(|version| format!("@{}", version.value)).unwrap_or_default();
    format!("{}:{}{version}", names(&package.namespaces, ":"), names(&package.names, "/"))
}

fn path(to: &UsePath) -> String {
    match to {
        UsePath::Local(id) => name(id),
        UsePath::Package { package, name: id, .. } => format!("<{}>/{}", package_name(package), name(id)),
    }
}

fn func(func: &FuncType) -> String {
    let params: Vec<String> =
        func.params.iter().map(|param| format!("{}: {}", name(&param.name), ty(&param.ty))).collect();
    let keyword = match func.kind {
        FuncKind::Func => "func",
        FuncKind::Get => "get",
        FuncKind::Set => "set",
    };
    let async_ = if func.async_.is_some() { "async " } else { "" };
    let result = func.result.as_ref().map(|result| format!(" -> {}", ty(result))).unwrap_or_default();
    format!("{async_}{keyword}({}){result}", params.join(", "))
}

fn ty(of: &Ty) -> String {
    let optional =
        |argument: &Option<Box<Ty>>| argument.as_ref().map_or_else(|| "_".to_owned(), |argument| ty(argument));
    match &of.kind {
        TyKind::Prim(prim) => format!("{prim:?}").to_lowercase(),
        TyKind::Tuple(elements) => format!("tuple<{}>", elements.iter().map(ty).collect::<Vec<_>>().join(", ")),
        TyKind::List(element, None) => format!("list<{}>", ty(element)),
        TyKind::List(element, Some(length)) => format!("list<{}, {}>", ty(element), length.value),
        TyKind::Option(payload) => format!("option<{}>", ty(payload)),
        TyKind::Result(ok, err) => format!("result<{}, {}>", optional(ok), optional(err)),
        TyKind::Map(key, value) => format!("map<{}, {}>", ty(key), ty(value)),
        TyKind::Future(payload) => format!("future<{}>", optional(payload)),
        TyKind::Stream(payload) => format!("stream<{}>", optional(payload)),
        TyKind::Borrow(id) => format!("borrow<{}>", name(id)),
        TyKind::Own(id) => format!("own<{}>", name(id)),
        TyKind::ErrorContext => "error-context".to_owned(),
        TyKind::Name(id) => name(id),
        TyKind::Error => "!".to_owned(),
    }
}
