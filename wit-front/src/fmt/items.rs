//! The style of files, packages, interfaces and worlds (`WIT.md#top-level-items` to `#item-world`).

use crate::ast::{
    AsName, ExternItem, ExternKind, FuncItem, IncludeItem, InterfaceItem, InterfaceMember, Item, NestedPackage,
    ToplevelUse, UseItem, UsePath, WitFile, WorldDecl, WorldMember,
};
use crate::lexer::T;

use super::printer::{ListStyle, Printer, Separator};

/// `{a, b}` after `use path.`
const USE_NAMES: ListStyle = ListStyle { edge: Separator::Break(""), between: Separator::Break(" "), last_comma: "," };

/// `{ a as b, c as d }` after `with`; the grammar has no comma after the last.
const WITH_NAMES: ListStyle = ListStyle { edge: Separator::Break(" "), between: Separator::Break(" "), last_comma: "" };

impl Printer<'_> {
    pub(super) fn wit_file(&mut self, file: &WitFile) {
        if let Some(decl) = &file.package {
            self.token();
            self.space();
            self.tokens_of(decl.name.span);
            self.token();
            self.separate(Separator::BlankLine);
        }
        self.items(&file.items);
    }

    /// Items with bodies are separated by an empty line.
    fn items(&mut self, items: &[Item]) {
        for (index, item) in items.iter().enumerate() {
            if let Some(previous) = index.checked_sub(1) {
                let are_uses = matches!((&items[previous], item), (Item::Use(_), Item::Use(_)));
                self.separate(if are_uses { Separator::Paragraph } else { Separator::BlankLine });
            }
            match item {
                Item::Use(item) => self.toplevel_use_item(item),
                Item::Interface(item) => self.interface_item(item),
                Item::World(item) => self.world_item(item),
                Item::Package(item) => self.nested_package(item),
            }
        }
    }

    fn toplevel_use_item(&mut self, item: &ToplevelUse) {
        self.attributes(&item.attributes);
        self.token();
        self.space();
        self.use_path(&item.path);
        if item.as_.is_some() {
            self.spaced_token();
            self.spaced_token();
        }
        self.token();
    }

    fn nested_package(&mut self, item: &NestedPackage) {
        self.token();
        self.space();
        self.tokens_of(item.decl.name.span);
        self.open_block();
        self.items(&item.items);
        self.close_block(item.items.is_empty());
    }

    fn use_path(&mut self, path: &UsePath) {
        match path {
            UsePath::Local(name) => self.tokens_of(name.span),
            UsePath::Package { span, .. } => self.tokens_of(*span),
        }
    }

    fn interface_item(&mut self, item: &InterfaceItem) {
        self.attributes(&item.attributes);
        self.token();
        self.spaced_token();
        self.block(&item.items, Printer::interface_member);
    }

    fn interface_member(&mut self, member: &InterfaceMember) {
        match member {
            InterfaceMember::Use(item) => self.use_item(item),
            InterfaceMember::Type(item) => self.typedef_item(item),
            InterfaceMember::Func(item) => self.func_item(item),
        }
    }

    fn func_item(&mut self, item: &FuncItem) {
        self.attributes(&item.attributes);
        self.token();
        self.token();
        self.space();
        self.func_type(&item.func);
        self.token();
    }

    fn world_item(&mut self, item: &WorldDecl) {
        self.attributes(&item.attributes);
        self.token();
        self.spaced_token();
        self.block(&item.items, Printer::world_member);
    }

    fn world_member(&mut self, member: &WorldMember) {
        match member {
            WorldMember::Import(item) | WorldMember::Export(item) => self.extern_item(item),
            WorldMember::Use(item) => self.use_item(item),
            WorldMember::Type(item) => self.typedef_item(item),
            WorldMember::Include(item) => self.include_item(item),
        }
    }

    /// `import` and `export`.
    fn extern_item(&mut self, item: &ExternItem) {
        self.attributes(&item.attributes);
        self.token();
        self.space();
        match &item.kind {
            ExternKind::Path(path) => self.use_path(path),
            ExternKind::Func(_, func) => {
                self.token();
                self.token();
                self.space();
                self.func_type(func);
            }
            ExternKind::Interface(_, members) => {
                self.token();
                self.token();
                self.spaced_token();
                self.block(members, Printer::interface_member);
                return;
            }
            ExternKind::Named(_, path) => {
                self.token();
                self.token();
                self.space();
                self.use_path(path);
            }
        }
        self.token();
    }

    fn include_item(&mut self, item: &IncludeItem) {
        self.attributes(&item.attributes);
        self.token();
        self.space();
        self.use_path(&item.path);
        if self.at(T![with]) {
            self.spaced_token();
            self.space();
            self.list(WITH_NAMES, &item.with, Printer::as_name);
            self.omit_uncommented(T![;]);
        }
        if self.at(T![;]) {
            self.token();
        }
    }

    fn use_item(&mut self, item: &UseItem) {
        self.attributes(&item.attributes);
        self.token();
        self.space();
        self.use_path(&item.path);
        self.token();
        self.list(USE_NAMES, &item.names, Printer::as_name);
        self.token();
    }

    /// `id ('as' id)?`
    fn as_name(&mut self, name: &AsName) {
        self.token();
        if name.as_.is_some() {
            self.spaced_token();
            self.spaced_token();
        }
    }
}
