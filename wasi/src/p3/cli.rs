//! `wasi:cli`: arguments, variables, exit, standard streams, terminals.

use core::future::poll_fn;
use core::task::Poll;

use witwright_host::{Access, CoreEngine, Error, FutureReader, FutureWriter, Resource, StreamReader, future, stream};

use super::bindings::wasi::cli::types::ErrorCode;
use super::bindings::wasi::cli::{
    environment, exit, stderr, stdin, stdout, terminal_input, terminal_output, terminal_stderr, terminal_stdin,
    terminal_stdout,
};
use crate::ctx::{HasWasi, Terminal, WasiCtxView, WasiView};
use crate::exit::I32Exit;
use crate::stream::{CHUNK_BYTES, InputStream, OutputStream, StreamFault};

/// The outcome of a stream.
type Outcome = Result<(), ErrorCode>;

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
    ) -> Result<(StreamReader<u8>, FutureReader<Outcome>), Error> {
        access.with(|mut cx| {
            let input = cx.data_mut().wasi().ctx.stdin.stream.clone();
            let (writer, bytes) = stream(&mut cx)?;
            let (outcome, ended) = future(&mut cx)?;
            cx.spawn(|access| read(access, input, writer, outcome));
            Ok((bytes, ended))
        })
    }
}

/// Reads a source for a guest: when the guest reads, and no further than it asks for one chunk.
async fn read<T: 'static, E: CoreEngine>(
    access: Access<T, E>,
    input: InputStream,
    mut writer: witwright_host::StreamWriter<u8>,
    mut outcome: FutureWriter<Outcome>,
) -> Result<(), Error> {
    let result = loop {
        if !writer.wanted(&access).await? {
            break Ok(());
        }
        match poll_fn(|cx| input.lock().poll_read(cx, CHUNK_BYTES)).await {
            Ok(bytes) => {
                if !writer.write(&access, bytes).await?.is_empty() {
                    break Ok(());
                }
            }
            Err(StreamFault::Closed) => break Ok(()),
            Err(StreamFault::Failed(_)) => break Err(ErrorCode::Io),
        }
    };
    drop(writer);
    outcome.write(&access, result).await?;
    Ok(())
}

impl stdout::Host for WasiCtxView<'_> {}

impl<T: WasiView + Send> stdout::HostWithStore for HasWasi<T> {
    async fn write_via_stream<E: CoreEngine>(
        access: &Access<T, E>,
        data: StreamReader<u8>,
    ) -> Result<FutureReader<Outcome>, Error> {
        written(access, data, |view| view.ctx.stdout.stream.clone())
    }
}

impl stderr::Host for WasiCtxView<'_> {}

impl<T: WasiView + Send> stderr::HostWithStore for HasWasi<T> {
    async fn write_via_stream<E: CoreEngine>(
        access: &Access<T, E>,
        data: StreamReader<u8>,
    ) -> Result<FutureReader<Outcome>, Error> {
        written(access, data, |view| view.ctx.stderr.stream.clone())
    }
}

/// Begins to write what a guest sends; gives the future of what that ends in.
fn written<T: WasiView + Send, E: CoreEngine>(
    access: &Access<T, E>,
    data: StreamReader<u8>,
    output: impl FnOnce(WasiCtxView<'_>) -> OutputStream,
) -> Result<FutureReader<Outcome>, Error> {
    access.with(|mut cx| {
        let output = output(cx.data_mut().wasi());
        let (mut outcome, ended) = future(&mut cx)?;
        cx.spawn(|access| async move {
            let result = write(&access, data, &output).await?;
            outcome.write(&access, result).await?;
            Ok(())
        });
        Ok(ended)
    })
}

/// Writes what a guest sends to a sink, until the guest ends the stream or the sink takes no more.
async fn write<T: 'static, E: CoreEngine>(
    access: &Access<T, E>,
    mut data: StreamReader<u8>,
    output: &OutputStream,
) -> Result<Outcome, Error> {
    loop {
        let bytes = data.read(access, CHUNK_BYTES).await?;
        if bytes.is_empty() {
            return Ok(poll_fn(|cx| output.lock().poll_flush(cx)).await.map_err(|fault| error_code(&fault)));
        }
        let mut written = 0;
        let all = poll_fn(|cx| {
            let mut sink = output.lock();
            while written < bytes.len() {
                let Poll::Ready(room) = sink.poll_room(cx) else { return Poll::Pending };
                let end = bytes.len().min(written + room?);
                sink.write(&bytes[written..end])?;
                written = end;
            }
            Poll::Ready(Ok::<(), StreamFault>(()))
        });
        if let Err(fault) = all.await {
            return Ok(Err(error_code(&fault)));
        }
    }
}

fn error_code(fault: &StreamFault) -> ErrorCode {
    match fault {
        StreamFault::Closed => ErrorCode::Pipe,
        StreamFault::Failed(_) => ErrorCode::Io,
    }
}

impl terminal_input::HostTerminalInput for WasiCtxView<'_> {
    fn drop(&mut self, this: Resource<terminal_input::TerminalInput>) -> Result<(), Error> {
        self.table.delete::<Terminal>(this).map(|_| ())
    }
}

impl terminal_input::Host for WasiCtxView<'_> {}

impl terminal_output::HostTerminalOutput for WasiCtxView<'_> {
    fn drop(&mut self, this: Resource<terminal_output::TerminalOutput>) -> Result<(), Error> {
        self.table.delete::<Terminal>(this).map(|_| ())
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
