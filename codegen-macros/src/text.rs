//! Strings in options: literals, and the macros of the standard library that make literals of them, which are not expanded
//! before this one.

use std::env;

use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{LitBool, LitChar, LitFloat, LitInt, LitStr, Macro, Path, Token};

/// `"a"`, `concat!("a", 1)`, `env!("A")` or `stringify!(a)`.
pub(crate) struct Text(pub(crate) String);

impl Parse for Text {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let ahead = input.fork();
        let is_macro = ahead.call(Path::parse_mod_style).is_ok() && ahead.peek(Token![!]);
        if !is_macro {
            return Ok(Text(input.parse::<LitStr>()?.value()));
        }
        of_macro(&input.parse()?).map(Text)
    }
}

fn of_macro(called: &Macro) -> syn::Result<String> {
    let name = called.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
    match name.as_str() {
        "concat" => {
            let parts = called.parse_body_with(Punctuated::<Part, Token![,]>::parse_terminated)?;
            Ok(parts.into_iter().map(|part| part.0).collect())
        }
        "env" => {
            let variable = called.parse_body_with(Punctuated::<LitStr, Token![,]>::parse_terminated)?;
            let Some(variable) = variable.first() else {
                return Err(syn::Error::new_spanned(called, "the name of a variable is missing"));
            };
            let unset = || syn::Error::new(variable.span(), format!("the variable `{}` is not set", variable.value()));
            env::var(variable.value()).map_err(|_| unset())
        }
        "stringify" => Ok(called.tokens.to_string()),
        "include_str" => {
            let message =
                "a file of WIT is named by `path`, from the folder of `Cargo.toml`: write `path: \"world.wit\"`";
            Err(syn::Error::new_spanned(&called.path, message))
        }
        _ => {
            let message = "expected a string: macros in options are `concat!`, `env!` and `stringify!`";
            Err(syn::Error::new_spanned(&called.path, message))
        }
    }
}

/// An argument of `concat!`.
struct Part(String);

impl Parse for Part {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let text = if input.peek(LitInt) {
            input.parse::<LitInt>()?.base10_digits().to_owned()
        } else if input.peek(LitFloat) {
            input.parse::<LitFloat>()?.base10_digits().to_owned()
        } else if input.peek(LitBool) {
            input.parse::<LitBool>()?.value.to_string()
        } else if input.peek(LitChar) {
            input.parse::<LitChar>()?.value().to_string()
        } else {
            input.parse::<Text>()?.0
        };
        Ok(Part(text))
    }
}

#[cfg(test)]
mod tests {
    use super::Text;

    #[test]
    fn macros_make_strings() {
        let text = |source: &str| syn::parse_str::<Text>(source).map(|text| text.0).map_err(|error| error.to_string());
        assert_eq!(text("\"a\"").unwrap(), "a");
        let folder = env!("CARGO_MANIFEST_DIR");
        assert_eq!(text("concat!(env!(\"CARGO_MANIFEST_DIR\"), '/', 1, \"wit\",)").unwrap(), format!("{folder}/1wit"));
        assert_eq!(text("::std::concat!(true, stringify!(a b))").unwrap(), "truea b");
        assert!(text("include_str!(\"../a.wit\")").unwrap_err().contains("write `path:"));
        assert!(text("env!(\"NO_SUCH_VARIABLE\")").unwrap_err().contains("`NO_SUCH_VARIABLE` is not set"));
        assert!(text("format!(\"a\")").unwrap_err().contains("`concat!`"));
        assert!(text("1").is_err());
    }
}
