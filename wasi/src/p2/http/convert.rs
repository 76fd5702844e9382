//! Conversions of methods and error codes between `wasi:http` 0.2 and this crate.

use super::bindings::wasi::http::types;
use crate::http::{conversions, convert_codes, convert_record, error_codes};

conversions!();

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_pass_unchanged() {
        for (known, _) in METHODS {
            assert_eq!(method(&method_of(&known)), Some(known));
        }
        let other = types::Method::Other("PURGE".to_owned());
        assert!(matches!(method_of(&method(&other).unwrap()), types::Method::Other(name) if name == "PURGE"));
        assert_eq!(method(&types::Method::Other("a b".to_owned())), None);
    }
}
