//! Tries to reach the file `secret` beside its directory `/data`, and to change anything outside. Each line is one way, and
//! its outcome.

use std::fs::{self, OpenOptions};
use std::io::Result;

fn main() {
    for path in [
        "/data/../secret",
        "/data/inner/../../secret",
        "/secret",
        "../secret",
        "/data/./../secret",
        "/data/link",
        "/data/up/secret",
        "/data/absolute",
        "/data/inner/chain",
    ] {
        say(&format!("read {path}"), fs::read_to_string(path));
        say(&format!("write {path}"), OpenOptions::new().write(true).open(path));
        say(&format!("stat {path}"), fs::metadata(path));
    }
    say("create", fs::write("/data/../created", "x"));
    say("create by a link", fs::write("/data/up/created", "x"));
    say("folder", fs::create_dir("/data/up/folder"));
    say("rename out", fs::rename("/data/inner/file", "/data/up/moved"));
    say("rename in", fs::rename("/data/up/secret", "/data/stolen"));
    say("hard link", fs::hard_link("/data/up/secret", "/data/stolen"));
    say("remove", fs::remove_file("/data/up/secret"));
    say("list", fs::read_dir("/data/up"));
    say("list parent", fs::read_dir("/data/.."));
    say("read inside", fs::read_to_string("/data/inner/file"));
    say("read inside by a link", fs::read_to_string("/data/inside"));
}

fn say<T>(way: &str, result: Result<T>) {
    println!("{way}: {}", if result.is_ok() { "ok" } else { "refused" });
}
