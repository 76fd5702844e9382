//! Components beside worlds that were compiled ahead of time: fitting, or with every difference named.

use witwright_abi_runtime::world::{
    About, FieldDesc, FuncDesc, FunctionDesc, InterfaceDesc, ItemDesc, ItemKind, Origin, ResourceDesc, TypeDefDesc,
    TypeDesc, WorldDesc,
};
use witwright_host::{CoreEngine, wasmi};

use super::component;

static LINK: ResourceDesc = ResourceDesc::World { name: "link", interface: Some("acme:text/links@1.2.0") };
static OWN_LINK: TypeDesc = TypeDesc::Own(&LINK);
static BORROW_LINK: TypeDesc = TypeDesc::Borrow(&LINK);

static LINKS: InterfaceDesc = InterfaceDesc {
    name: "acme:text/links@1.2.0",
    about: About::NONE,
    types: &[TypeDefDesc { name: "link", about: About::NONE, members: &[], ty: &OWN_LINK, origin: Origin::Here }],
    funcs: &[
        FunctionDesc {
            about: About::NONE,
            desc: func("open", &[FieldDesc { name: "at", ty: &TypeDesc::U32 }], &OWN_LINK),
        },
        FunctionDesc {
            about: About::NONE,
            desc: func("size", &[FieldDesc { name: "of", ty: &BORROW_LINK }], &TypeDesc::U64),
        },
    ],
};

static RENDER: FunctionDesc = FunctionDesc {
    about: About::NONE,
    desc: func("render", &[FieldDesc { name: "page", ty: &TypeDesc::U32 }], &TypeDesc::U32),
};

/// ```wit
/// import links; export render: func(page: u32) -> u32; export links;
/// ```
static PLUGIN: WorldDesc = WorldDesc {
    name: "plugin",
    about: About::NONE,
    packages: &[],
    types: &[],
    imports: &[item("acme:text/links@1.2.0", ItemKind::Interface(&LINKS))],
    exports: &[item("render", ItemKind::Func(&RENDER))],
    escaped: &[],
};

const fn func(name: &'static str, params: &'static [FieldDesc], result: &'static TypeDesc) -> FuncDesc {
    FuncDesc { name, async_: false, params, result: Some(result) }
}

const fn item(name: &'static str, kind: ItemKind) -> ItemDesc {
    ItemDesc { name, about: About::NONE, stated: true, kind }
}

/// A component with these imports, which exports a function of this type under this name.
fn check<E: CoreEngine>(imports: &str, export: &str, ty: &str) -> String {
    let text = format!(
        r#"(component {imports}
            (core module $m (func (export "f") (param i32) (result i32) (local.get 0)))
            (core instance $m (instantiate $m))
            (func (export "{export}") {ty} (canon lift (core func $m "f"))))"#
    );
    match component(&E::default(), &text).check_world(&PLUGIN) {
        Ok(()) => String::new(),
        Err(error) => error.to_string(),
    }
}

const RENDERS: (&str, &str) = ("render", r#"(param "page" u32) (result u32)"#);

fn links(version: &str, items: &str) -> String {
    format!(r#"(import "acme:text/links{version}" (instance (export "link" (type $link (sub resource))) {items}))"#)
}

const OPEN: &str = r#"(export "open" (func (param "at" u32) (result (own $link))))"#;
const SIZE: &str = r#"(export "size" (func (param "of" (borrow $link)) (result u64)))"#;

#[test]
fn a_component_fits_its_world() {
    let (name, ty) = RENDERS;
    for imports in
        [String::new(), links("@1.2.0", ""), links("@1.2.0", &format!("{OPEN} {SIZE}")), links("@1.1.9", SIZE)]
    {
        assert_eq!(check::<wasmi::Engine>(&imports, name, ty), "", "{imports}");
    }
}

#[test]
fn every_difference_is_named() {
    let wrong = r#"(export "size" (func (param "of" (own $link)) (result u64))) (export "opens" (func))"#;
    let imports = format!(
        r#"{} (import "run" (func)) (import "acme:text/link@1.0.0" (instance (export "f" (func))))"#,
        links("@1.2.0", wrong)
    );
    assert_eq!(
        check::<wasmi::Engine>(&imports, "rendr", r#"(param "page" u32) (result u32)"#),
        "the component does not fit the world `plugin`:\
         \n  import `acme:text/links@1.2.0` func `size`: parameter 1 `of`: expected borrow<link>, found own<link> in the component\
         \n  import `acme:text/links@1.2.0` func `opens`: not found in the world; did you mean `open`\
         \n  import func `run`: not found in the world\
         \n  import instance `acme:text/link@1.0.0`: not found in the world; did you mean `acme:text/links@1.2.0`\
         \n  export func `render`: not found in the component; did you mean `rendr`"
    );
    assert_eq!(
        check::<wasmi::Engine>("", "render", r#"(param "page" u32) (result s32)"#),
        "the component does not fit the world `plugin`:\
         \n  export func `render`: result: expected u32, found s32 in the component"
    );
    assert_eq!(
        check::<wasmi::Engine>(&links("@2.0.0", ""), "render", r#"(param "page" u32) (result u32)"#),
        "the component does not fit the world `plugin`:\
         \n  import instance `acme:text/links@2.0.0`: not found in the world; `acme:text/links@1.2.0` is of a version that is not compatible"
    );
}

/// ```wit
/// import links; export links;
/// ```
static PROXY: WorldDesc = WorldDesc {
    name: "proxy",
    about: About::NONE,
    packages: &[],
    types: &[],
    imports: &[item("acme:text/links@1.2.0", ItemKind::Interface(&LINKS))],
    exports: &[item("acme:text/links@1.2.0", ItemKind::Interface(&LINKS))],
    escaped: &[],
};

/// A component that imports links and exports links of its own, where `open` returns a link of this type.
fn check_proxy<E: CoreEngine>(opened: &str) -> String {
    let text = format!(
        r#"(component
            (import "acme:text/links@1.2.0" (instance $links (export "link" (type $link (sub resource))) {SIZE}))
            (alias export $links "link" (type $imported))
            (type $own (resource (rep i32)))
            (core module $m
                (func (export "open") (param i32) (result i32) (local.get 0))
                (func (export "size") (param i32) (result i64) (i64.const 0)))
            (core instance $m (instantiate $m))
            (func $open (param "at" u32) (result (own {opened})) (canon lift (core func $m "open")))
            (func $size (param "of" (borrow $own)) (result u64) (canon lift (core func $m "size")))
            (component $typed
                (import "imported" (type $imported (sub resource)))
                (import "own" (type $own (sub resource)))
                (import "open" (func $open (param "at" u32) (result (own {opened}))))
                (import "size" (func $size (param "of" (borrow $own)) (result u64)))
                (export $link "link" (type $own))
                (export "open" (func $open) {ascribed})
                (export "size" (func $size) (func (param "of" (borrow $link)) (result u64))))
            (instance $typed (instantiate $typed
                (with "imported" (type $imported)) (with "own" (type $own))
                (with "open" (func $open)) (with "size" (func $size))))
            (export "acme:text/links@1.2.0" (instance $typed)))"#,
        ascribed = if opened == "$own" { r#"(func (param "at" u32) (result (own $link)))"# } else { "" },
    );
    match component(&E::default(), &text).check_world(&PROXY) {
        Ok(()) => String::new(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn an_interface_that_is_imported_and_exported_has_two_resources() {
    assert_eq!(check_proxy::<wasmi::Engine>("$own"), "");
    assert_eq!(
        check_proxy::<wasmi::Engine>("$imported"),
        "the component does not fit the world `proxy`:\
         \n  export `acme:text/links@1.2.0` func `open`: result: expected own<link>, found own<link> of another resource type in the component"
    );
}

#[test]
fn compatible_versions_of_an_interface_share_a_resource() {
    let older = links("@1.1.0", SIZE).replace("$link", "$older");
    let imports = format!("{} {older}", links("@1.2.0", SIZE));
    assert_eq!(check::<wasmi::Engine>(&imports, RENDERS.0, RENDERS.1), "");
}

#[test]
fn a_world_has_no_core_modules_and_no_instances_within() {
    let module = r#"(import "codec" (core module (export "f" (func))))"#;
    let within = r#"(import "outer" (instance (export "inner" (instance (export "r" (type (sub resource)))))))"#;
    assert_eq!(
        check::<wasmi::Engine>(&format!("{module} {within}"), RENDERS.0, RENDERS.1),
        "the component does not fit the world `plugin`:\
         \n  import instance `outer/inner`: not found in the world\
         \n  import core module `codec`: not found in the world"
    );
}
