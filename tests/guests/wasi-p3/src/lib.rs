//! A command of WASI 0.3. Its argument selects a check of the host:
//!
//! * none: it prints its arguments and variables, waits, and writes its input to its output, in capitals.
//! * `files`, `escape`, `read-only`: it works in the directory that it is granted.
//! * `sockets`, `no-network`: it talks to itself over the network, and is not allowed to.
//! * `endless`: it writes without an end.
//! * `leave`: it ends while much is left to do.

mod basics;
mod ends;
mod files;
mod join;
mod sockets;

use wasip3::cli::environment;

wasip3::cli::command::export!(Command);

struct Command;

impl wasip3::exports::cli::run::Guest for Command {
    async fn run() -> Result<(), ()> {
        let arguments = environment::get_arguments();
        match arguments.get(1).map(String::as_str) {
            None => basics::run().await,
            Some("files") => files::run().await,
            Some("escape") => files::escape().await,
            Some("read-only") => files::read_only().await,
            Some("sockets") => sockets::run().await,
            Some("no-network") => sockets::refused().await,
            Some("endless") => ends::endless().await,
            Some("leave") => ends::leave().await,
            Some(other) => panic!("there is no `{other}`"),
        }
    }
}
