//! Names, paths and signatures against those that `wit_bindgen` generates: everything that a user of it may name is in
//! our bindings too, under the same path, with the same types.

use std::collections::BTreeSet;
use std::path::Path;

use quote::ToTokens;
use wit_bindgen_core::wit_parser::Resolve;
use wit_bindgen_core::{Files, WorldGenerator};
use witwright_codegen::{Options, Ownership, Request, Target, format, generate};
use witwright_corpora as corpora;
use witwright_resolver::{Disk, Input, resolve};

#[test]
fn users_of_wit_bindgen_find_all_they_know() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    for choice in CHOICES {
        let files = corpora::files(&folder, "wit");
        let compared: usize = files.iter().map(|path| compare(path, None, choice)).sum();
        assert!(compared > 100, "{compared} names were compared");
    }
}

#[test]
fn borrowed_types_have_the_same_names() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ownership/world.wit");
    for choice in [Choice::Borrowing, Choice::Duplicating] {
        compare(&path, None, choice);
    }
}

#[test]
fn handles_are_lent_alike() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ownership/lent.wit");
    for choice in [Choice::Default, Choice::Borrowing, Choice::Duplicating] {
        for world in ["imports", "exports", "both", "listed", "failures", "sorted", "again"] {
            compare(&path, Some(world), choice);
        }
    }
}

#[test]
fn types_of_one_structure_are_used_alike() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ownership/equal.wit");
    for choice in [Choice::Default, Choice::Borrowing, Choice::Duplicating] {
        compare(&path, Some("w"), choice);
        compare(&path, Some("sibling"), choice);
    }
    for choice in [Choice::Merging, Choice::MergingAndDuplicating] {
        compare(&path, Some("merged"), choice);
    }
}

#[test]
fn worlds_of_published_packages_have_the_same_names() {
    for choice in CHOICES {
        published(choice);
    }
}

/// Options that change names.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Choice {
    Default,
    Borrowing,
    Duplicating,
    Merging,
    MergingAndDuplicating,
    RawStrings,
    Chained,
    Stubs,
}

/// Options that change the spelling of types have a test of their own.
const CHOICES: [Choice; 4] = [Choice::Default, Choice::RawStrings, Choice::Chained, Choice::Stubs];

fn published(choice: Choice) {
    let mut compared = 0;
    for path in corpora::WIT_CRATES.iter().flat_map(|name| corpora::wit_packages(name)) {
        let resolution = resolve(&[Input::Path(path.display().to_string())], &Disk, &resolver_options());
        for (id, world) in resolution.model.worlds.iter() {
            if generate(&resolution.model, id, Target::Guest, &options()).is_ok() {
                let name = resolution.model.packages[world.package].name.qualify(&world.name);
                compared += compare(&path, Some(&name), choice);
            }
        }
    }
    assert!(compared > 5000, "{compared} names were compared");
}

fn compare(path: &Path, world: Option<&str>, choice: Choice) -> usize {
    let [theirs, ours] = [theirs(path, world, choice), ours(path, world, choice)].map(|code| surface(&code, choice));
    let missing: Vec<&String> = theirs.difference(&ours).collect();
    assert!(missing.is_empty(), "{} {world:?} {choice:?}:\n{}", path.display(), list(&missing, &ours));
    theirs.len()
}

fn options() -> Options {
    Options::default().with_generate_all()
}

fn resolver_options() -> witwright_resolver::Options {
    witwright_resolver::Options::default().with_all_features()
}

/// Each missing name with ours that are like it.
fn list(missing: &[&String], ours: &BTreeSet<String>) -> String {
    let like = |name: &str| {
        let start = name.split(['(', '=', '<']).next().unwrap_or_default().to_owned();
        ours.iter().filter(move |ours| ours.starts_with(&start)).cloned().collect::<Vec<_>>().join("\n    ours ")
    };
    missing.iter().map(|name| format!("theirs {name}\n    ours {}\n", like(name))).collect()
}

fn theirs(wit: &Path, world: Option<&str>, choice: Choice) -> String {
    let mut resolve = Resolve { all_features: true, ..Resolve::default() };
    let (package, _) = resolve.push_path(wit).unwrap();
    let world = resolve.select_world(&[package], world).unwrap();
    let mut files = Files::default();
    let mut options = wit_bindgen_rust::Opts { generate_all: true, format: true, ..Default::default() };
    let borrowing = |duplicate_if_necessary| wit_bindgen_rust::Ownership::Borrowing { duplicate_if_necessary };
    match choice {
        Choice::Default => {}
        Choice::Borrowing => options.ownership = borrowing(false),
        Choice::Duplicating => options.ownership = borrowing(true),
        Choice::Merging => options.merge_structurally_equal_types = Some(Some(true)),
        Choice::MergingAndDuplicating => {
            options.merge_structurally_equal_types = Some(Some(true));
            options.ownership = borrowing(true);
        }
        Choice::RawStrings => options.raw_strings = true,
        Choice::Chained => options.chainable_methods.push("&all"),
        Choice::Stubs => options.stubs = true,
    }
    options.build().generate(&mut resolve, world, &mut files).unwrap();
    let (_, contents) = files.iter().next().unwrap();
    String::from_utf8(contents.to_vec()).unwrap()
}

fn ours(wit: &Path, world: Option<&str>, choice: Choice) -> String {
    let mut request = Request::new(Target::Guest, Path::new("").into());
    request.paths.push(wit.display().to_string());
    request.world = world.map(str::to_owned);
    request.all_features = true;
    request.options = options();
    match choice {
        Choice::Default => {}
        Choice::Borrowing => request.options.ownership = Ownership::Borrowing { duplicate: false },
        Choice::Duplicating => request.options.ownership = Ownership::Borrowing { duplicate: true },
        Choice::Merging => request.options.merge_structurally_equal_types = true,
        Choice::MergingAndDuplicating => {
            request.options.merge_structurally_equal_types = true;
            request.options.ownership = Ownership::Borrowing { duplicate: true };
        }
        Choice::RawStrings => request.options.raw_strings = true,
        Choice::Chained => request.options.chainable_methods.push("&all".to_owned()),
        Choice::Stubs => request.options.stubs = true,
    }
    let response = request.run();
    let said: String = response.diagnostics.iter().map(|diagnostic| response.render(diagnostic)).collect();
    format(response.code.unwrap_or_else(|| panic!("{said}")))
}

/// The items that a user may name, each with its type: `path::name(params)->result` and the like.
fn surface(code: &str, choice: Choice) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    items(&syn::parse_file(code).unwrap().items, "", &mut names);
    match choice {
        // An alias may name its type through others.
        Choice::Merging | Choice::MergingAndDuplicating => {
            names.into_iter().map(|name| name.split(" = ").next().unwrap_or_default().to_owned()).collect()
        }
        Choice::Default
        | Choice::Borrowing
        | Choice::Duplicating
        | Choice::RawStrings
        | Choice::Chained
        | Choice::Stubs => names,
    }
}

#[allow(clippy::wildcard_enum_match_arm, reason = "what else Rust has, users cannot name")]
fn items(of: &[syn::Item], path: &str, names: &mut BTreeSet<String>) {
    for item in of {
        match item {
            syn::Item::Mod(module) if module.ident != "_rt" => {
                let content = module.content.as_ref().map_or(&[][..], |(_, items)| items);
                // The root re-exports what is in it.
                let name = module.ident.to_string();
                let inner = if name.starts_with("__ends_") { path.to_owned() } else { format!("{path}{name}::") };
                items(content, &inner, names);
            }
            syn::Item::Fn(function) if is_shown(&function.attrs, &function.vis) => {
                names.insert(format!("{path}{}", signature(&function.sig)));
            }
            syn::Item::Struct(ty) if is_shown(&ty.attrs, &ty.vis) => {
                names.insert(format!("{path}struct {}{}", ty.ident, text(&ty.generics)));
                for field in ty.fields.iter().filter(|field| matches!(field.vis, syn::Visibility::Public(_))) {
                    names.insert(format!("{path}{}.{}: {}", ty.ident, text(&field.ident), text(&field.ty)));
                }
            }
            syn::Item::Enum(ty) => {
                names.insert(format!("{path}enum {}{}", ty.ident, text(&ty.generics)));
                let case = |case: &syn::Variant| format!("{path}{}::{}{}", ty.ident, case.ident, text(&case.fields));
                names.extend(ty.variants.iter().map(case));
            }
            syn::Item::Type(ty) => {
                names.insert(format!("{path}type {}{} = {}", ty.ident, text(&ty.generics), text(&ty.ty)));
            }
            syn::Item::Trait(of) => trait_items(of, path, names),
            syn::Item::Impl(of) if of.trait_.is_none() => {
                for item in &of.items {
                    if let syn::ImplItem::Fn(function) = item
                        && is_shown(&function.attrs, &function.vis)
                    {
                        names.insert(format!("{path}{}::{}", text(&of.self_ty), signature(&function.sig)));
                    }
                }
            }
            // The methods stand in the runtime; `witwright/tests/it/resources.rs` calls them.
            syn::Item::Macro(of) if text(&of.mac.path).ends_with("exported_resource") => {
                let mut arguments = of.mac.tokens.clone().into_iter().map(|token| token.to_string());
                let (name, borrow) = (arguments.next().unwrap(), arguments.nth(1).unwrap());
                for method in ["new(val:T)->Self", "get(&self)->&T", "get_mut(&mutself)->&mutT", "into_inner(self)->T"]
                {
                    names.insert(format!("{path}{name}::{method}"));
                }
                names.insert(format!("{path}{borrow}<'a>::get(&self)->&'aT"));
            }
            _ => {}
        }
    }
}

#[allow(clippy::wildcard_enum_match_arm, reason = "what else Rust has, users cannot name")]
fn trait_items(of: &syn::ItemTrait, path: &str, names: &mut BTreeSet<String>) {
    names.insert(format!("{path}trait {}", of.ident));
    for item in &of.items {
        match item {
            syn::TraitItem::Fn(function) if !is_hidden(&function.attrs) => {
                names.insert(format!("{path}{}::{}", of.ident, signature(&function.sig)));
            }
            syn::TraitItem::Type(ty) => {
                names.insert(format!("{path}{}::type {}: {}", of.ident, ty.ident, text(&ty.bounds)));
            }
            _ => {}
        }
    }
}

fn is_shown(attributes: &[syn::Attribute], visibility: &syn::Visibility) -> bool {
    matches!(visibility, syn::Visibility::Public(_)) && !is_hidden(attributes)
}

fn is_hidden(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident("doc") && text(&attribute.meta).contains("hidden"))
}

fn signature(signature: &syn::Signature) -> String {
    let inputs: Vec<String> = signature.inputs.iter().map(text).collect();
    let output = match &signature.output {
        syn::ReturnType::Default => "()".to_owned(),
        syn::ReturnType::Type(_, ty) => text(ty),
    };
    format!("{}({})->{output}", signature.ident, inputs.join(","))
}

/// Tokens as text without spaces, in one spelling where the two generators differ in spelling only.
fn text(tokens: &impl ToTokens) -> String {
    let mut text = tokens.to_token_stream().to_string().replace(' ', "");
    // In the root the name of the runtime has the world's after it.
    while let Some(start) = text.find("_rt_") {
        let end = text[start..].find("::").map_or(text.len(), |len| start + len + 2);
        text.replace_range(start..end, "");
    }
    for prefix in ["_rt::", "::core::option::", "::core::result::", "wit_bindgen::rt::", "async_support::"] {
        text = text.replace(prefix, "");
    }
    text.replace("::<", "<").replace(",)", ")").replace(",>", ">")
}
