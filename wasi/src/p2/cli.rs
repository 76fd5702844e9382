//! `wasi:cli`: arguments, variables, exit, standard streams, terminals.

use witwright_host::{Error, Resource};

use super::bindings::wasi::cli::{
    environment, exit, stderr, stdin, stdout, terminal_input, terminal_output, terminal_stderr, terminal_stdin,
    terminal_stdout,
};
use super::bindings::wasi::io::streams;
use super::io::{input, output};
use crate::ctx::WasiCtxView;
use crate::exit::I32Exit;

impl environment::Host for WasiCtxView<'_> {
    fn get_environment(&mut self) -> Result<Vec<(String, String)>, Error> {
        Ok(self.ctx.env.clone())
    }

    fn get_arguments(&mut self) -> Result<Vec<String>, Error> {
        Ok(self.ctx.args.clone())
    }

    fn initial_cwd(&mut self) -> Result<Option<String>, Error> {
        Ok(self.ctx.initial_cwd.clone())
    }
}

impl exit::Host for WasiCtxView<'_> {
    fn exit(&mut self, status: Result<(), ()>) -> Result<(), Error> {
        Err(Error::host(I32Exit(i32::from(status.is_err()))))
    }

    fn exit_with_code(&mut self, status_code: u8) -> Result<(), Error> {
        Err(Error::host(I32Exit(status_code.into())))
    }
}

impl stdin::Host for WasiCtxView<'_> {
    fn get_stdin(&mut self) -> Result<Resource<streams::InputStream>, Error> {
        input(self.table, self.ctx.stdin.stream.clone())
    }
}

impl stdout::Host for WasiCtxView<'_> {
    fn get_stdout(&mut self) -> Result<Resource<streams::OutputStream>, Error> {
        output(self.table, self.ctx.stdout.stream.clone())
    }
}

impl stderr::Host for WasiCtxView<'_> {
    fn get_stderr(&mut self) -> Result<Resource<streams::OutputStream>, Error> {
        output(self.table, self.ctx.stderr.stream.clone())
    }
}

impl terminal_input::HostTerminalInput for WasiCtxView<'_> {
    fn drop(&mut self, this: Resource<terminal_input::TerminalInput>) -> Result<(), Error> {
        self.table.delete(this).map(|_| ())
    }
}

impl terminal_input::Host for WasiCtxView<'_> {}

impl terminal_output::HostTerminalOutput for WasiCtxView<'_> {
    fn drop(&mut self, this: Resource<terminal_output::TerminalOutput>) -> Result<(), Error> {
        self.table.delete(this).map(|_| ())
    }
}

impl terminal_output::Host for WasiCtxView<'_> {}

impl terminal_stdin::Host for WasiCtxView<'_> {
    fn get_terminal_stdin(&mut self) -> Result<Option<Resource<terminal_input::TerminalInput>>, Error> {
        self.terminal(self.ctx.stdin.is_terminal)
    }
}

impl terminal_stdout::Host for WasiCtxView<'_> {
    fn get_terminal_stdout(&mut self) -> Result<Option<Resource<terminal_output::TerminalOutput>>, Error> {
        self.terminal(self.ctx.stdout.is_terminal)
    }
}

impl terminal_stderr::Host for WasiCtxView<'_> {
    fn get_terminal_stderr(&mut self) -> Result<Option<Resource<terminal_output::TerminalOutput>>, Error> {
        self.terminal(self.ctx.stderr.is_terminal)
    }
}
