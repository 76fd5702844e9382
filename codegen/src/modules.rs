//! Nested modules from a flat list: `acme::text::links` and `acme::text::render` share `acme::text`.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::{quote, quote_spanned};

use crate::ir::{Bindings, Module, end, ident};
use crate::options::Options;
use crate::types;

/// One module with its contents and the modules in it.
struct Node {
    name: Ident,
    /// Documentation and deprecation.
    attributes: TokenStream,
    contents: TokenStream,
    children: Vec<Node>,
}

/// Prints modules with their contents, each inside the modules of its path.
pub(crate) fn nest<'a>(modules: impl IntoIterator<Item = (&'a Module, TokenStream)>) -> TokenStream {
    let mut roots = Vec::new();
    for (module, contents) in modules {
        let Some((name, parents)) = module.path.split_last() else {
            unreachable!("only the root has an empty path, and it is not nested")
        };
        let siblings = parents.iter().fold(&mut roots, |siblings, parent| &mut child(siblings, parent).children);
        let node = child(siblings, name);
        node.attributes = types::attributes(module.docs.as_deref(), module.deprecated.as_deref());
        node.contents = contents;
    }
    let markers = roots.iter().map(marker);
    let modules = print(&roots, &types::allow());
    quote!(#(#markers)* #modules)
}

/// An item whose name is an instruction for a user with two sets of bindings in one module, which both have this module: the
/// compiler prints the name in its error.
fn marker(Node { name, .. }: &Node) -> TokenStream {
    let name = ident(&format!("__bindings_with_{name}_are_here_twice__put_each_into_a_mod_of_its_own"));
    quote!(
        #[doc(hidden)]
        #[allow(dead_code, non_upper_case_globals)]
        const #name: () = ();
    )
}

/// The import of the runtime. A path that a user gives names itself by an item of ours, so that one to something else is one error.
pub(crate) fn runtime(visibility: &TokenStream, options: &Options) -> TokenStream {
    let Options { crate_path, runtime_path, .. } = options;
    let path = match runtime_path {
        Some(path) => quote_spanned!(end(path)=> #path::runtime_of_witwright),
        None => quote!(#crate_path::__rt),
    };
    quote_spanned!(end(&path)=>
        #[allow(unused_imports)]
        #visibility use #path as _rt;
    )
}

/// The items of the root with names of the world's own for those that each set of bindings has, so that several sets may
/// stand in one module.
pub(crate) fn in_root(bindings: &Bindings, items: TokenStream) -> TokenStream {
    let rename = |token: TokenTree| match token {
        TokenTree::Ident(name) if name == "_rt" || name == "_answer" => {
            let mut renamed = ident(&format!("{name}_{}", bindings.suffix));
            renamed.set_span(name.span());
            TokenTree::Ident(renamed)
        }
        TokenTree::Group(group) => {
            let mut renamed = Group::new(group.delimiter(), in_root(bindings, group.stream()));
            renamed.set_span(group.span());
            TokenTree::Group(renamed)
        }
        TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => token,
    };
    items.into_iter().map(rename).collect()
}

fn child<'a>(siblings: &'a mut Vec<Node>, name: &Ident) -> &'a mut Node {
    let index = siblings.iter().position(|node| node.name == *name).unwrap_or_else(|| {
        let (attributes, contents) = (TokenStream::new(), TokenStream::new());
        siblings.push(Node { name: name.clone(), attributes, contents, children: Vec::new() });
        siblings.len() - 1
    });
    &mut siblings[index]
}

fn print(nodes: &[Node], allow: &TokenStream) -> TokenStream {
    let modules = nodes.iter().map(|Node { name, attributes, contents, children }| {
        let children = print(children, &TokenStream::new());
        quote!(#attributes #allow pub mod #name { #contents #children })
    });
    quote!(#(#modules)*)
}
