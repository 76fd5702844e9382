//! `wasi:cli`: arguments, variables, exit, standard streams, terminals.

use witwright_host::{Access, CoreEngine, Error, FutureReader, Resource, StreamReader};

use super::bindings::wasi::cli::types::ErrorCode;
use super::bindings::wasi::cli::{
    environment, exit, stderr, stdin, stdout, terminal_input, terminal_output, terminal_stderr, terminal_stdin,
    terminal_stdout,
};
use super::streams::{Code, Outcome, receive, send};
use crate::ctx::{HasWasi, WasiCtxView, WasiView};
use crate::exit::I32Exit;
use crate::stream::StreamFault;

impl environment::Host for WasiCtxView<'_> {
    fn get_environment(&mut self) -> Result<Vec<(String, String)>, Error> {
        Ok(self.ctx.env.clone())
    }

    fn get_arguments(&mut self) -> Result<Vec<String>, Error> {
        Ok(self.ctx.args.clone())
    }

    fn get_initial_cwd(&mut self) -> Result<Option<String>, Error> {
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

impl stdin::Host for WasiCtxView<'_> {}

impl<T: WasiView + Send> stdin::HostWithStore for HasWasi<T> {
    async fn read_via_stream<E: CoreEngine>(
        access: &Access<T, E>,
    ) -> Result<(StreamReader<u8>, FutureReader<Outcome<ErrorCode>>), Error> {
        access.with(|mut cx| {
            let input = cx.data_mut().wasi().ctx.stdin.stream.clone();
            receive(&mut cx, Ok(input))
        })
    }
}

impl stdout::Host for WasiCtxView<'_> {}

impl<T: WasiView + Send> stdout::HostWithStore for HasWasi<T> {
    async fn write_via_stream<E: CoreEngine>(
        access: &Access<T, E>,
        data: StreamReader<u8>,
    ) -> Result<FutureReader<Outcome<ErrorCode>>, Error> {
        access.with(|mut cx| {
            let output = cx.data_mut().wasi().ctx.stdout.stream.clone();
            send(&mut cx, data, Ok(output))
        })
    }
}

impl stderr::Host for WasiCtxView<'_> {}

impl<T: WasiView + Send> stderr::HostWithStore for HasWasi<T> {
    async fn write_via_stream<E: CoreEngine>(
        access: &Access<T, E>,
        data: StreamReader<u8>,
    ) -> Result<FutureReader<Outcome<ErrorCode>>, Error> {
        access.with(|mut cx| {
            let output = cx.data_mut().wasi().ctx.stderr.stream.clone();
            send(&mut cx, data, Ok(output))
        })
    }
}

impl Code for ErrorCode {
    fn of(fault: StreamFault) -> ErrorCode {
        match fault {
            StreamFault::Closed => ErrorCode::Pipe,
            StreamFault::Failed(_) => ErrorCode::Io,
        }
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
