//! Copies standard input to standard output, and prints the number of bytes.

use std::io;

fn main() {
    let count = io::copy(&mut io::stdin().lock(), &mut io::stdout().lock()).expect("a copy");
    eprintln!("{count} bytes");
}
