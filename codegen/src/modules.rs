//! Nested modules from a flat list: `acme::text::links` and `acme::text::render` share `acme::text`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::ir::Module;
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
    print(&roots, &types::allow())
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
