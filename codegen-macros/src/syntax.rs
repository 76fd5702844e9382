//! The syntax of options: that of `wit_bindgen::generate!`, and `key = value` in attributes.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Ident, LitBool, LitStr, Path, Token, Type, braced, bracketed, token};
use witwright_codegen::{FunctionFlags, FunctionRules};

use crate::text::Text;

/// Options as written, in order.
pub(crate) type Entries = Vec<Entry>;

/// An option as written. A value is parsed when its type is known.
pub(crate) struct Entry {
    pub(crate) key: Ident,
    pub(crate) value: Value,
}

/// The tokens of a value. `None` for an option without one.
pub(crate) struct Value {
    tokens: TokenStream,
    span: Span,
}

/// Reads all options: `"world" in "path"`, or `{ key: value, … }`, or the same without braces.
pub(crate) fn entries(tokens: TokenStream) -> syn::Result<Entries> {
    let parser = |input: ParseStream<'_>| -> syn::Result<Entries> {
        if input.is_empty() {
            return Ok(Vec::new());
        }
        if input.peek(LitStr) || input.peek(Token![in]) {
            return positional(input);
        }
        if input.peek(token::Brace) {
            let content;
            braced!(content in input);
            return keyed(&content);
        }
        keyed(input)
    };
    parser.parse2(tokens)
}

/// `"world"`, `in "path"`, or both.
fn positional(input: ParseStream<'_>) -> syn::Result<Entries> {
    let mut entries = Vec::new();
    if input.peek(LitStr) {
        let world: LitStr = input.parse()?;
        let text = world.value();
        if text.contains([';', '{']) {
            return Err(syn::Error::new(
                world.span(),
                "a text alone names a world: write `inline: \"…\"` for WIT in place",
            ));
        }
        if std::path::Path::new(&text).extension().is_some_and(|end| end == "wit") {
            return Err(syn::Error::new(
                world.span(),
                format!("a text alone names a world: write `path: \"{text}\"` for a file"),
            ));
        }
        entries.push(Entry { key: Ident::new("world", world.span()), value: Value::of_literal(&world) });
    }
    if input.parse::<Option<Token![in]>>()?.is_some() {
        let path: LitStr = input.parse()?;
        entries.push(Entry { key: Ident::new("path", path.span()), value: Value::of_literal(&path) });
    }
    if !input.is_empty() {
        return Err(input
            .error("write `\"world\" in \"path\"`, or all options by their names: `{ world: \"a\", path: \"b\" }`"));
    }
    Ok(entries)
}

fn keyed(input: ParseStream<'_>) -> syn::Result<Entries> {
    let mut entries = Vec::new();
    while !input.is_empty() {
        // `async` and `crate` are options too.
        let key = input.call(Ident::parse_any)?;
        let has_value = input.parse::<Option<Token![:]>>()?.is_some() || input.parse::<Option<Token![=]>>()?.is_some();
        let mut tokens = TokenStream::new();
        // The `,` of a type's arguments is in its value.
        let mut open = 0_usize;
        while has_value && !input.is_empty() && (open > 0 || !input.peek(Token![,])) {
            if !tokens.is_empty() && begins_option(input) {
                return Err(input.error("expected `,`"));
            }
            let token: TokenTree = input.parse()?;
            if let TokenTree::Punct(punct) = &token {
                match punct.as_char() {
                    '<' => open += 1,
                    '>' => open = open.saturating_sub(1),
                    _ => {}
                }
            }
            tokens.extend([token]);
        }
        let span = if tokens.is_empty() { key.span() } else { first_span(&tokens) };
        entries.push(Entry { key, value: Value { tokens, span } });
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
    }
    Ok(entries)
}

/// Whether `key:` or `key =` comes next. A path has `::` there.
fn begins_option(input: ParseStream<'_>) -> bool {
    let is_path = input.peek2(Token![::]) || input.peek2(Token![=>]) || input.peek2(Token![==]);
    input.peek(Ident::peek_any) && (input.peek2(Token![:]) || input.peek2(Token![=])) && !is_path
}

/// The place of the first token; of an argument of a `macro_rules!` macro, the place where it is written.
fn first_span(tokens: &TokenStream) -> Span {
    match tokens.clone().into_iter().next() {
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::None => first_span(&group.stream()),
        first => first.map_or_else(Span::call_site, |token| token.span()),
    }
}

impl Value {
    fn of_literal(literal: &LitStr) -> Value {
        Value { tokens: quote::quote!(#literal), span: literal.span() }
    }

    /// The strings in it, with their places.
    pub(crate) fn literals(&self) -> Vec<(String, Span)> {
        literals(self.tokens.clone())
    }

    pub(crate) fn span(&self) -> Span {
        self.span
    }

    fn parse<T>(self, parser: impl Parser<Output = T>, what: &str) -> syn::Result<T> {
        if self.tokens.is_empty() {
            return Err(syn::Error::new(self.span, format!("a value is missing: {what}")));
        }
        parser.parse2(self.tokens).map_err(|error| {
            let message = error.to_string();
            // The errors of our own say what to write.
            let is_bare = message.starts_with("expected") || message.starts_with("unexpected");
            if is_bare { syn::Error::new(error.span(), format!("{message}: write {what}")) } else { error }
        })
    }

    /// `"text"`
    pub(crate) fn string(self) -> syn::Result<String> {
        self.parse(Text::parse, "a string, `\"a\"`").map(|text| text.0)
    }

    /// `true` or `false`; an option without a value is `true`.
    pub(crate) fn flag(self) -> syn::Result<bool> {
        if self.tokens.is_empty() {
            return Ok(true);
        }
        self.parse(<LitBool as Parse>::parse, "`true` or `false`").map(|literal| literal.value)
    }

    /// Whether it is `false`.
    pub(crate) fn is_false(&self) -> bool {
        self.tokens.to_string() == "false"
    }

    /// `["a", "b"]`
    pub(crate) fn strings(self) -> syn::Result<Vec<String>> {
        let list: Vec<Text> = self.parse(list::<Text>, "a list of strings, `[\"a\", \"b\"]`")?;
        Ok(list.into_iter().map(|text| text.0).collect())
    }

    /// `true` for all functions, `false` for none, or `["a:b/c#f", "-all"]`
    pub(crate) fn functions_or_all(self) -> syn::Result<Vec<String>> {
        let group = self.tokens.clone().into_iter().find_map(|token| match token {
            TokenTree::Group(group) => Some(group.delimiter()),
            TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => None,
        });
        if group == Some(Delimiter::Brace) {
            let message = "functions are a list, with their direction before their names: write `[\"import:package:name/interface#function\"]`";
            return Err(syn::Error::new(self.span, message));
        }
        let is_list = group.is_some();
        if is_list { self.strings() } else { Ok(vec![if self.flag()? { "all" } else { "-all" }.to_owned()]) }
    }

    /// `"a"` or `["a", "b"]`
    pub(crate) fn string_or_strings(self) -> syn::Result<Vec<String>> {
        let is_list = matches!(self.tokens.clone().into_iter().next(), Some(TokenTree::Group(_)));
        if is_list { self.strings() } else { Ok(vec![self.string()?]) }
    }

    /// `[path::A, path::B]`
    pub(crate) fn paths(self) -> syn::Result<Vec<Path>> {
        self.parse(list::<Path>, "a list of paths, `[path::A, path::B]`")
    }

    /// `path::to` or `"path::to"`
    pub(crate) fn path(self) -> syn::Result<TokenStream> {
        let parser = |input: ParseStream<'_>| -> syn::Result<TokenStream> {
            if input.peek(LitStr) {
                let path = input.parse::<LitStr>()?.parse_with(Path::parse_mod_style)?;
                return Ok(quote::quote!(#path));
            }
            let path = input.call(Path::parse_mod_style)?;
            Ok(quote::quote!(#path))
        };
        self.parse(parser, "a path, `path::to`")
    }

    /// `{ "a:b/c.f": trappable | tracing, default: trappable }`
    pub(crate) fn function_rules(self) -> syn::Result<FunctionRules> {
        let parser = |input: ParseStream<'_>| -> syn::Result<FunctionRules> {
            let content;
            braced!(content in input);
            let (mut rules, mut default) = (Vec::new(), None);
            for rule in Punctuated::<Rule, Token![,]>::parse_terminated(&content)? {
                match rule.name {
                    Some(name) => rules.push((name, rule.flags)),
                    None if default.is_none() => default = Some(rule.flags),
                    None => return Err(syn::Error::new(rule.span, "`default` is given twice")),
                }
            }
            Ok(FunctionRules { rules, default: default.unwrap_or_default() })
        };
        self.parse(parser, "`{ \"package:name/interface.function\": trappable, default: .. }`")
    }

    /// `{ "a:b/c.t" => path }`
    pub(crate) fn types(self) -> syn::Result<Vec<(String, TokenStream)>> {
        let parser = |input: ParseStream<'_>| -> syn::Result<Vec<(String, TokenStream)>> {
            let content;
            braced!(content in input);
            let entry = |input: ParseStream<'_>| {
                let key = input.parse::<LitStr>()?.value();
                input.parse::<Token![=>]>()?;
                let ty: Type = input.parse()?;
                Ok((key, quote::quote!(#ty)))
            };
            Ok(content.parse_terminated(entry, Token![,])?.into_iter().collect())
        };
        self.parse(parser, "`{ \"package:name/interface.type\" => path::Type }`")
    }

    /// `{ "a:b/c/t": [#[attribute]] }`
    pub(crate) fn attributes(self) -> syn::Result<Vec<(String, Vec<TokenStream>)>> {
        let parser = |input: ParseStream<'_>| -> syn::Result<Vec<(String, Vec<TokenStream>)>> {
            let content;
            braced!(content in input);
            let entry = |input: ParseStream<'_>| {
                let key = input.parse::<LitStr>()?.value();
                input.parse::<Token![:]>()?;
                let attributes;
                bracketed!(attributes in input);
                let mut given = Vec::new();
                while !attributes.is_empty() {
                    let some = attributes.call(syn::Attribute::parse_outer)?;
                    if some.is_empty() {
                        return Err(attributes.error("expected an attribute, `#[attribute]`"));
                    }
                    given.extend(some.iter().map(|given| quote::quote!(#given)));
                    attributes.parse::<Option<Token![,]>>()?;
                }
                Ok((key, given))
            };
            Ok(content.parse_terminated(entry, Token![,])?.into_iter().collect())
        };
        self.parse(parser, "`{ \"package:name/interface/type\": [#[attribute]] }`")
    }

    /// `Owning`, or a variant with fields.
    pub(crate) fn words(self) -> String {
        self.tokens.to_string()
    }

    /// `{ "key": path, "key": generate }`
    pub(crate) fn map(self) -> syn::Result<Vec<(String, Target)>> {
        let parser = |input: ParseStream<'_>| -> syn::Result<Vec<(String, Target)>> {
            let content;
            braced!(content in input);
            let pairs = Punctuated::<Pair, Token![,]>::parse_terminated(&content)?;
            Ok(pairs.into_iter().map(|pair| (pair.key, pair.target)).collect())
        };
        self.parse(parser, "`{ \"key\": path::to::module_or_type }`")
    }
}

fn literals(tokens: TokenStream) -> Vec<(String, Span)> {
    let each = |token| match token {
        TokenTree::Group(group) => literals(group.stream()),
        TokenTree::Literal(literal) => {
            let text = syn::parse2::<LitStr>(TokenTree::Literal(literal).into());
            text.map(|text| (text.value(), text.span())).into_iter().collect()
        }
        TokenTree::Ident(_) | TokenTree::Punct(_) => Vec::new(),
    };
    tokens.into_iter().flat_map(each).collect()
}

fn list<T: Parse>(input: ParseStream<'_>) -> syn::Result<Vec<T>> {
    let content;
    bracketed!(content in input);
    Ok(Punctuated::<T, Token![,]>::parse_terminated(&content)?.into_iter().collect())
}

/// The replacement for an interface or a type.
pub(crate) enum Target {
    Generate,
    /// The path of a module, or a type.
    Path(TokenStream),
}

/// `"a:b/c.f": trappable | tracing`, or `default: ..`
struct Rule {
    /// `None` for all that no rule names.
    name: Option<String>,
    flags: FunctionFlags,
    span: Span,
}

impl Parse for Rule {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let span = input.span();
        let name = if input.peek(Token![default]) {
            input.parse::<Token![default]>()?;
            None
        } else {
            Some(input.parse::<LitStr>()?.value())
        };
        input.parse::<Token![:]>()?;
        let mut flags = FunctionFlags::default();
        for flag in Punctuated::<Flag, Token![|]>::parse_separated_nonempty(input)? {
            flags.set(&flag.0.to_string()).map_err(|message| syn::Error::new(flag.0.span(), message))?;
        }
        Ok(Rule { name, flags, span })
    }
}

struct Flag(Ident);

impl Parse for Flag {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        input.call(Ident::parse_any).map(Flag)
    }
}

struct Pair {
    key: String,
    target: Target,
}

impl Parse for Pair {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let key = input.parse::<LitStr>()?.value();
        input.parse::<Token![:]>()?;
        if input.peek(LitStr) {
            return Err(input.error("a module or a type is not a string here: write its path without `\"`"));
        }
        let ty: Type = input.parse()?;
        let is_generate = matches!(&ty, Type::Path(ty) if ty.path.is_ident("generate"));
        let target = if is_generate { Target::Generate } else { Target::Path(quote::quote!(#ty)) };
        Ok(Pair { key, target })
    }
}
