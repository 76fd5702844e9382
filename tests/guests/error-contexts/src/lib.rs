//! Error contexts in the results of functions that are not async.

#[witwright::guest(
    inline = "
        package test:error-contexts;

        world error-contexts {
            /// Its result is flat.
            export one: func(message: string) -> error-context;
            /// Its result is in memory.
            export two: func(message: string) -> tuple<error-context, error-context>;
            /// Its result is in memory until `post-return`.
            export many: func(message: string, count: u32) -> result<list<error-context>, string>;
            /// The context comes from the caller.
            export same: func(context: error-context) -> error-context;
        }
    ",
    language_features = ["error-context"]
)]
mod bindings {}

use witwright::rt::async_support::ErrorContext;

struct Contexts;

impl bindings::Guest for Contexts {
    fn one(message: String) -> ErrorContext {
        ErrorContext::new(&message)
    }

    fn two(message: String) -> (ErrorContext, ErrorContext) {
        (ErrorContext::new(&message), ErrorContext::new(&message.to_uppercase()))
    }

    fn many(message: String, count: u32) -> Result<Vec<ErrorContext>, String> {
        Ok((0..count).map(|n| ErrorContext::new(&format!("{message} {n}"))).collect())
    }

    fn same(context: ErrorContext) -> ErrorContext {
        context
    }
}

bindings::export!(Contexts with_types_in bindings);
