//! A program that searches a folder by a plugin: `search-host PLUGIN FOLDER WORD`. The plugin may read the folder, and nothing
//! else: no other file, no network, no variable.
#![expect(clippy::print_stdout, reason = "a program, which prints its result")]

use std::path::Path;
use std::process::ExitCode;
use std::{env, error, fs};

use witwright::wasi::{FsPerms, WasiCtx, WasiState, p2};
use witwright::wasmi::Engine;
use witwright::{Component, Linker, Store};

witwright::host!({ path: "../search-guest/wit", world: "searcher" });

use exports::acme::search::search::Hit;

/// The plugin's name for the folder.
const FOLDER: &str = "/folder";

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let [plugin, folder, word] = args.as_slice() else {
        eprintln!("Usage: search-host PLUGIN FOLDER WORD");
        return ExitCode::from(2);
    };
    match fs::read(plugin).map_err(Into::into).and_then(|plugin| search(&plugin, Path::new(folder), word)) {
        Ok(hits) => {
            for Hit { file, line, text } in hits {
                println!("{file}:{line}: {text}");
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Finds a word in a folder.
fn search(plugin: &[u8], folder: &Path, word: &str) -> Result<Vec<Hit>, Box<dyn error::Error>> {
    let engine = Engine::default();
    let component = Component::new(&engine, plugin)?;
    let mut linker = Linker::new(&engine);
    p2::add_to_linker(&mut linker)?;

    let mut granted = WasiCtx::builder();
    granted.preopened_dir(folder, FOLDER, FsPerms::ReadOnly)?.inherit_stderr();
    let mut store = Store::new(&engine, WasiState::new(granted.build()));
    let searcher = Searcher::instantiate(&mut store, &component, &linker)?;
    Ok(searcher.acme_search_search().call_find(&mut store, FOLDER, word)??)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "what fails a test may panic")]
mod tests {
    use xtask::guests::{self, Target};
    use xtask::toolchain;

    use super::*;

    #[test]
    fn the_plugin_reads_the_folder() {
        let workspace = xtask::root().join("Cargo.toml");
        let plugin =
            toolchain::ensure().and_then(|cargo| guests::build(&cargo, &workspace, "search-guest", Target::Wasip2));
        let plugin = fs::read(plugin.unwrap()).unwrap();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        let hits = search(&plugin, folder, "the_plugin_reads_the_folder").unwrap();
        assert!(hits.iter().all(|hit| hit.file == "src/main.rs"), "{hits:?}");
        assert_eq!(hits.first().unwrap().text, "    fn the_plugin_reads_the_folder() {");
        assert!(search(&plugin, &folder.join("nowhere"), "").is_err());
    }
}
