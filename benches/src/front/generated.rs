//! A package of any size, similar to WASI's: documented, with many interfaces that use each other's types.

use core::fmt::Write;
use std::fs;

use super::packages::{File, Package};

/// A package of a given number of million bytes, in `target`.
pub(super) fn package(megabytes: usize) -> Package {
    let mut text = String::from("/// A package that was generated to be measured.\npackage bench:generated@1.0.0;\n");
    let mut interfaces = 0;
    while text.len() < megabytes * 1_000_000 {
        interface(&mut text, interfaces).expect("writing to a string succeeds");
        interfaces += 1;
    }
    text.push_str("\nworld all {\n");
    // A world that imports all interfaces would dominate the time.
    for i in 0..interfaces.min(100) {
        writeln!(text, "  import i{i};").expect("writing to a string succeeds");
    }
    text.push_str("}\n");
    let name = format!("generated-{megabytes}-mb");
    let path = xtask::root().join("target").join(format!("{name}.wit"));
    fs::write(&path, &text).unwrap_or_else(|error| panic!("cannot write {}: {error}", path.display()));
    let path = path.display().to_string();
    Package { name: format!("{megabytes} MB"), path: path.clone(), files: vec![File { name: path, text }] }
}

/// One interface with definitions of every kind.
fn interface(text: &mut String, i: usize) -> core::fmt::Result {
    writeln!(
        text,
        "
/// Interface number {i}: access to sockets, streams and the like, as far as a program has been granted it.
///
/// What it gives is valid as long as the handle is. See [RFC 9293](https://www.rfc-editor.org/rfc/rfc9293) for details.
@since(version = 1.0.0)
interface i{i} {{"
    )?;
    if i > 0 {
        writeln!(
            text,
            "  @since(version = 1.0.0)\n  use i{}.{{settings as earlier-settings, error-code as cause}};",
            i - 1
        )?;
    }
    let cause = if i > 0 { "cause" } else { "u32" };
    let earlier = if i > 0 { "earlier-settings" } else { "string" };
    writeln!(
        text,
        "
  /// The causes of failures.
  @since(version = 1.0.0)
  variant error-code {{
    /// The caller has not been granted this.
    access-denied,
    /// It has not been there for some time.
    not-found(option<string>),
    /// Another interface failed.
    because({cause}),
  }}

  /// The settings of a connection. Fields that are not known are ignored,
  /// so that later versions can add some.
  @since(version = 1.0.0)
  record settings {{
    /// The address.
    address: tuple<u8, u8, u8, u8>,
    port: u16,
    // Not documentation: a plain comment after a field.
    timeout-ms: option<u64>,
    labels: list<tuple<string, list<u8>>>,
  }}

  @since(version = 1.0.0)
  flags access {{ read, write, create-if-missing, /* for tests */ truncate }}

  @since(version = 1.0.0)
  enum family {{ ipv4, ipv6, local }}

  /// A connection.
  @since(version = 1.0.0)
  resource connection {{
    /// Opens one with `settings`.
    @since(version = 1.0.0)
    constructor(settings: settings, access: access);
    /// Reads at most `len` bytes. Fewer mean that the other side has closed the connection.
    @since(version = 1.0.0)
    read: func(len: u64) -> result<tuple<list<u8>, bool>, error-code>;
    @since(version = 1.0.0)
    share: static func(first: borrow<connection>, earlier: {earlier}) -> result<connection, error-code>;
  }}

  /// Resolves a name.
  @since(version = 1.0.0)
  resolve: func(name: string, family: option<family>) -> result<list<settings>, error-code>;
}}"
    )
}
