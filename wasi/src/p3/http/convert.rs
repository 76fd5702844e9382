//! Conversions of methods and error codes between `wasi:http` 0.3 and this crate.

use super::bindings::wasi::http::types;
use crate::http::{conversions, convert_codes, convert_record, error_codes};

conversions!();
