//! The binding IR: a world with every Rust-level decision made. It is the only input of the emitters.
//!
//! Names are Rust's names. Types know their ownership in their position. Functions know the layouts of their parameters and
//! results, which decide their core signatures.

mod build;
mod names;
mod rust_type;

pub(crate) use build::{build, module_paths};
pub(crate) use names::{Taken, end, ident, last, shouty, snake_text};
pub(crate) use rust_type::{Primitive, RustType};

use proc_macro2::{Ident, TokenStream};
use witwright_abi_runtime::flatten::FuncAbi;

use crate::options::{FunctionFlags, Target};

/// A world, ready to be printed.
#[derive(Debug)]
pub(crate) struct Bindings {
    /// The side that uses the bindings.
    pub(crate) target: Target,
    /// The world's name in its package.
    pub(crate) world: String,
    /// `ns:package/world@version`
    pub(crate) world_id: String,
    /// The names of the world's own items.
    pub(crate) names: WorldNames,
    /// [`Bindings::world_id`] as part of identifiers that several sets of bindings may have in one module.
    pub(crate) suffix: String,
    /// Documentation of the world.
    pub(crate) docs: Option<String>,
    /// Every type, by [`DefId`]; definitions come before their uses.
    pub(crate) defs: Vec<Def>,
    /// Every module, by [`ModuleId`]; the first is [`ModuleId::ROOT`].
    pub(crate) modules: Vec<Module>,
    /// The functions that the world itself exports. Those that it imports are in the root module.
    pub(crate) exports: Vec<Func>,
    /// The types of streams and futures that functions mention, each once.
    pub(crate) ends: Vec<End>,
    /// Whether implementations of `Error` depend on the feature `std`.
    pub(crate) std_feature: bool,
    /// Whether strings are bytes.
    pub(crate) raw_strings: bool,
    /// Whether they are bytes in the elements of streams and the values of futures too: unless two types of these would be one
    /// type in Rust, which has the built-ins of one of them.
    pub(crate) raw_elements: bool,
    /// The type of maps, if it is not the runtime's.
    pub(crate) map_type: Option<TokenStream>,
    /// The items by which the root module names interfaces and types from elsewhere.
    pub(crate) remapped: Vec<TokenStream>,
}

impl Bindings {
    /// A definition.
    pub(crate) fn def(&self, id: DefId) -> &Def {
        &self.defs[id.0]
    }

    /// Whether a type or an interface is deprecated.
    pub(crate) fn has_deprecated(&self) -> bool {
        let of_modules = self.modules.iter().map(|module| &module.deprecated);
        self.defs.iter().map(|def| &def.deprecated).chain(of_modules).any(Option::is_some)
    }

    /// A module.
    pub(crate) fn module(&self, id: ModuleId) -> &Module {
        &self.modules[id.0]
    }

    /// The modules of one direction that are printed.
    pub(crate) fn interfaces(&self, direction: Direction) -> impl Iterator<Item = (ModuleId, &Module)> {
        let all = self.modules.iter().enumerate().skip(1).map(|(i, module)| (ModuleId(i), module));
        all.filter(move |(_, module)| module.direction == direction && !module.remapped)
    }

    /// The definition that an alias of a resource refers to.
    pub(crate) fn resource(&self, id: DefId) -> (DefId, &Def) {
        let id = resource_of(&self.defs, id);
        (id, self.def(id))
    }
}

/// The resource that an alias of one refers to; other definitions are what they are.
fn resource_of(defs: &[Def], id: DefId) -> DefId {
    match defs[id.0].kind {
        DefKind::ResourceAlias(target) => resource_of(defs, target),
        DefKind::Record(_)
        | DefKind::Variant(_)
        | DefKind::Enum(_)
        | DefKind::Flags(_)
        | DefKind::Alias(_)
        | DefKind::Resource => id,
    }
}

/// A type of stream or future, and where its built-ins are imported from.
#[derive(Debug)]
pub(crate) struct End {
    pub(crate) kind: EndKind,
    /// The type of the elements. `None` if they hold nothing.
    pub(crate) element: Option<RustType>,
    /// The module of the core imports.
    pub(crate) module: String,
    /// The name of a function that mentions it.
    pub(crate) func: String,
    /// Its place among the streams and futures that the function mentions.
    pub(crate) index: usize,
}

/// A stream or a future.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum EndKind {
    Stream,
    Future,
}

impl Func {
    /// Whether it is lifted or lowered `async`: its type must be so too.
    pub(crate) fn is_concurrent(&self) -> bool {
        self.is_async && self.async_
    }
}

/// The names of the world's own items, in the root module.
#[derive(Debug)]
pub(crate) struct WorldNames {
    /// `Plugin`: the struct of an instance, for hosts.
    pub(crate) structure: Ident,
    /// `PluginPre`: the struct of a linked component, for hosts.
    pub(crate) pre: Ident,
    /// `PluginImports`: the trait of the functions that the world itself imports.
    pub(crate) imports: Ident,
    /// `PluginImportsWithStore`: the trait of those that may wait.
    pub(crate) async_imports: Ident,
    /// `Stub`: the implementation that panics, for guests.
    pub(crate) stub: Ident,
    /// `with_imports`: the function that runs a test natively, for guests.
    pub(crate) with_imports: Ident,
}

/// The index of a [`Module`] in [`Bindings::modules`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct ModuleId(pub(crate) usize);

impl ModuleId {
    /// The module that contains the bindings; it holds the world's own types and functions.
    pub(crate) const ROOT: ModuleId = ModuleId(0);
}

/// The index of a [`Def`] in [`Bindings::defs`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct DefId(pub(crate) usize);

/// Whether something is imported or exported by the world.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Direction {
    Import,
    Export,
}

/// The module of an interface, or the root.
#[derive(Debug)]
pub(crate) struct Module {
    /// The name under which the world imports or exports it. `None` for the root.
    pub(crate) extern_name: Option<String>,
    /// Its direction; the root counts as imported.
    pub(crate) direction: Direction,
    /// Its path from the root.
    pub(crate) path: Vec<Ident>,
    /// Whether the code at [`Module::path`] exists elsewhere.
    pub(crate) remapped: bool,
    /// Documentation.
    pub(crate) docs: Option<String>,
    /// The deprecation, if it is deprecated.
    pub(crate) deprecated: Option<String>,
    /// Its types.
    pub(crate) defs: Vec<DefId>,
    /// Its functions, those of resources among them.
    pub(crate) funcs: Vec<Func>,
    /// The name of the trait by which a host, or a test, implements it: `Host`.
    pub(crate) host_trait: Ident,
    /// The name of the trait by which a host implements its functions that may wait: `HostWithStore`.
    pub(crate) host_async_trait: Ident,
    /// The method of the world's struct that returns it: `acme_text_render`.
    pub(crate) accessor: Ident,
    /// The name of the macro that exports it from a guest: `__export_acme_text_render_cabi`, as in `wit_bindgen`, since programs
    /// name it. For the root, that of the functions of the world itself.
    pub(crate) export_macro: Ident,
}

/// A named type.
#[derive(Clone, Debug)]
pub(crate) struct Def {
    /// The module that contains it.
    pub(crate) module: ModuleId,
    /// Its name in Rust.
    pub(crate) name: Ident,
    /// Names made of it.
    pub(crate) derived: Derived,
    /// Its name in WIT.
    pub(crate) wit_name: String,
    /// Documentation.
    pub(crate) docs: Option<String>,
    /// The deprecation, if it is deprecated.
    pub(crate) deprecated: Option<String>,
    /// The name under which the root imports the type that replaces it. `None` if it is not replaced.
    pub(crate) remapped: Option<Ident>,
    /// Whether its values are read and made by their public shape: they are of a type in a module of other bindings. An alias is so
    /// if such values are parts of its own.
    pub(crate) by_shape: bool,
    /// Whether it is printed: a function mentions it, and no other type replaces it.
    pub(crate) printed: bool,
    /// The kinds of values that its values hold.
    pub(crate) holds: Holds,
    /// Whether it has a lifetime parameter: that of the references and borrowed handles in it.
    pub(crate) lifetime: bool,
    /// The form of it that callers pass, if its strings and lists are borrowed there.
    pub(crate) borrowed: Option<DefId>,
    /// Whether it is such a form.
    pub(crate) is_borrowed: bool,
    /// The directions in which its values pass.
    pub(crate) ways: Ways,
    /// Whether a function returns it as the error of a `result`; then it implements Rust's `Error`.
    pub(crate) is_error: bool,
    /// Whether it is a resource whose destructor in a host may wait.
    pub(crate) drop_async: bool,
    /// The Rust type that stands for it where a host's functions fail with it.
    pub(crate) typed_error: Option<TypedError>,
    /// Attributes that the user adds.
    pub(crate) attributes: Vec<TokenStream>,
    /// Traits that it derives in addition to those that follow from [`Def::holds`].
    pub(crate) derives: Vec<TokenStream>,
    /// Its form.
    pub(crate) kind: DefKind,
}

/// Names made of a type's.
#[derive(Clone, Debug)]
pub(crate) struct Derived {
    /// `DocumentBorrow`: a borrow of a resource that a guest exports.
    pub(crate) borrow: Ident,
    /// `GuestDocument`: the trait that implements it in a guest; for hosts the struct that has its functions.
    pub(crate) guest: Ident,
    /// `HostDocument`: the trait that implements it in a host.
    pub(crate) host: Ident,
    /// `HostDocumentWithStore`: the trait that implements its functions that may wait in a host.
    pub(crate) host_async: Ident,
    /// `Document`: the type of its values, in the trait `Guest`.
    pub(crate) associated: Ident,
    /// `document`: the method of an exported interface that returns its functions to a host.
    pub(crate) accessor: Ident,
}

/// The kinds of values that a type's values may hold, at any depth.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Holds {
    /// Strings, lists or maps.
    pub(crate) heap: bool,
    /// Owned handles, or ends of streams and futures.
    pub(crate) own: bool,
    /// Borrowed handles.
    pub(crate) borrow: bool,
    /// Error contexts. A function that takes them leaves them to its caller, so they may be lent.
    pub(crate) error_context: bool,
}

impl Holds {
    /// The union of both.
    pub(crate) fn or(self, other: Holds) -> Holds {
        Holds {
            heap: self.heap || other.heap,
            own: self.own || other.own,
            borrow: self.borrow || other.borrow,
            error_context: self.error_context || other.error_context,
        }
    }

    /// Whether values may be cloned.
    pub(crate) fn is_clone(self) -> bool {
        !self.own && !self.borrow && !self.error_context
    }

    /// Whether values may be copied.
    pub(crate) fn is_copy(self) -> bool {
        self.is_clone() && !self.heap
    }
}

/// The directions in which values pass.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Ways {
    pub(crate) lift: bool,
    pub(crate) lower: bool,
}

impl Ways {
    /// Both directions.
    pub(crate) const BOTH: Ways = Ways { lift: true, lower: true };

    /// The directions in which values pass that have both as parts.
    pub(crate) fn and(self, other: Ways) -> Ways {
        Ways { lift: self.lift && other.lift, lower: self.lower && other.lower }
    }
}

/// A Rust type that stands for an error of WIT.
#[derive(Clone, Debug)]
pub(crate) struct TypedError {
    /// The name under which the root imports it.
    pub(crate) ty: Ident,
    /// The function of the trait `Host` that makes the error of WIT of it, or ends the guest.
    pub(crate) convert: Ident,
}

/// The forms of named types.
#[derive(Clone, Debug)]
pub(crate) enum DefKind {
    Record(Vec<Field>),
    Variant(Vec<Case>),
    Enum(Vec<Label>),
    Flags(Vec<Label>),
    /// Another name for a type that is not a resource.
    Alias(RustType),
    /// A resource. Its functions are among those of its module.
    Resource,
    /// Another name for a resource.
    ResourceAlias(DefId),
}

impl DefKind {
    /// The types of its fields or cases, or the one that it is another name for.
    pub(crate) fn types(&self) -> Vec<&RustType> {
        match self {
            DefKind::Record(fields) => fields.iter().map(|field| &field.ty).collect(),
            DefKind::Variant(cases) => cases.iter().filter_map(|case| case.ty.as_ref()).collect(),
            DefKind::Alias(target) => vec![target],
            DefKind::Enum(_) | DefKind::Flags(_) | DefKind::Resource | DefKind::ResourceAlias(_) => Vec::new(),
        }
    }
}

/// A record's field.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) name: Ident,
    pub(crate) wit_name: String,
    pub(crate) docs: Option<String>,
    pub(crate) attributes: Vec<TokenStream>,
    pub(crate) ty: RustType,
}

/// A variant's case.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) name: Ident,
    pub(crate) wit_name: String,
    pub(crate) docs: Option<String>,
    pub(crate) attributes: Vec<TokenStream>,
    pub(crate) ty: Option<RustType>,
}

/// A case of an enum, or a flag.
#[derive(Clone, Debug)]
pub(crate) struct Label {
    pub(crate) name: Ident,
    pub(crate) wit_name: String,
    pub(crate) docs: Option<String>,
    pub(crate) attributes: Vec<TokenStream>,
}

/// A function.
#[derive(Debug)]
pub(crate) struct Func {
    /// Its name in Rust; `new` for a constructor.
    pub(crate) name: Ident,
    /// Its name in the trait that a host implements, where `drop` is the destructor.
    pub(crate) host_name: Ident,
    /// The method by which a host calls it: `call_render`.
    pub(crate) call_name: Ident,
    /// Its name in its interface: `f`, `[method]r.f`, ….
    pub(crate) extern_name: String,
    /// [`Func::extern_name`] as part of an identifier, which no other function of the module has: `f`, `method_r_f`, ….
    pub(crate) symbol: String,
    /// Whether its type is `async`.
    pub(crate) async_: bool,
    /// Whether it is `async` in the Rust of a guest.
    pub(crate) is_async: bool,
    /// Whether its type mentions streams or futures.
    pub(crate) has_ends: bool,
    /// Whether the method returns its receiver to the caller, so that calls can be chained.
    pub(crate) chaining: Option<Chaining>,
    /// The flags that a host's options give it.
    pub(crate) flags: FunctionFlags,
    /// The type that it fails with, if a Rust type stands for it.
    pub(crate) typed_error: Option<DefId>,
    /// Whether and how it belongs to a resource.
    pub(crate) kind: FuncKind,
    /// Documentation.
    pub(crate) docs: Option<String>,
    /// The deprecation, if it is deprecated.
    pub(crate) deprecated: Option<String>,
    /// Its parameters; a method's first is the handle that it is called on.
    pub(crate) params: Vec<Param>,
    /// Its result.
    pub(crate) result: Output,
    /// The layouts of its parameters and its result.
    pub(crate) abi: FuncAbi,
    /// Whether its result holds strings, lists or maps, which are freed after the caller has read them.
    pub(crate) post_return: bool,
}

impl Func {
    /// Whether a host implements it, or calls it, as a future. A function that makes or reads streams needs the store, to which futures have access.
    pub(crate) fn is_future(&self, direction: Direction) -> bool {
        self.async_ || self.flags.async_ || (self.has_ends && direction == Direction::Import)
    }
}

/// The way in which a chainable method returns `self`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Chaining {
    /// `self` → `Self`
    Owning,
    /// `&self` → `&Self`
    Borrowing,
}

/// Whether and how a function belongs to a resource.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum FuncKind {
    Free,
    Method(DefId),
    Static(DefId),
    Constructor(DefId),
}

impl FuncKind {
    /// The resource. `None` for a function without one.
    pub(crate) fn resource(self) -> Option<DefId> {
        match self {
            FuncKind::Free => None,
            FuncKind::Method(id) | FuncKind::Static(id) | FuncKind::Constructor(id) => Some(id),
        }
    }
}

/// A parameter.
#[derive(Debug)]
pub(crate) struct Param {
    /// Its name in Rust; `self_` for a method's handle.
    pub(crate) name: Ident,
    /// Its name in WIT.
    pub(crate) wit_name: String,
    /// Its type in an implementation, which receives the value.
    pub(crate) owned: RustType,
    /// Its type for a caller, who passes the value.
    pub(crate) given: RustType,
}

/// The result of a function.
#[derive(Debug)]
pub(crate) enum Output {
    Unit,
    Value(RustType),
    /// The resource that a constructor makes.
    This,
    /// A constructor that may fail, with its error.
    FallibleThis(Option<RustType>),
}
