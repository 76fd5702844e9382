//! The core code of `meter.wat`, compiled ahead of time: its functions, its globals, its memory.

use witwright_abi_runtime::codes::{CallStatus, CallbackCode, CopyResult, Event, StreamResult};
use witwright_abi_runtime::trap::Trap;

/// The address of the buffer for samples, and their greatest number.
const BUFFER: u32 = 64;
const AT_ONCE: u32 = 4;

pub(crate) const MEMORY_BYTES: usize = 128;

/// The imports of the guest: core functions.
pub(crate) trait Imports {
    fn memory(&mut self) -> &mut [u8; MEMORY_BYTES];
    fn sleep(&mut self, ticks: u32) -> Result<u32, Trap>;
    fn stream_read(&mut self, end: u32, address: u32, length: u32) -> Result<u32, Trap>;
    fn stream_drop_readable(&mut self, end: u32) -> Result<(), Trap>;
    fn subtask_drop(&mut self, subtask: u32) -> Result<(), Trap>;
    fn waitable_set_new(&mut self) -> Result<u32, Trap>;
    fn waitable_set_drop(&mut self, set: u32) -> Result<(), Trap>;
    fn waitable_join(&mut self, waitable: u32, set: u32) -> Result<(), Trap>;
    fn task_return(&mut self, sum: u32) -> Result<(), Trap>;
}

/// The guest's globals.
#[derive(Default)]
pub(crate) struct Guest {
    samples: u32,
    set: u32,
    sum: u32,
}

impl Guest {
    /// The core function of the export `sum`.
    pub(crate) fn sum(&mut self, imports: &mut impl Imports, samples: u32) -> Result<u32, Trap> {
        *self = Guest { samples, set: imports.waitable_set_new()?, sum: 0 };
        self.rest(imports)
    }

    /// Its callback.
    pub(crate) fn callback(&mut self, imports: &mut impl Imports, event: Event) -> Result<u32, Trap> {
        match event {
            Event::Subtask { index, .. } => {
                imports.subtask_drop(index)?;
                self.next(imports)
            }
            Event::StreamRead { result, .. } => {
                imports.waitable_join(self.samples, 0)?;
                self.add(imports, result)
            }
            other => unreachable!("the guest does not wait for {other:?}"),
        }
    }

    fn wait(&self, imports: &mut impl Imports, waitable: u32) -> Result<u32, Trap> {
        imports.waitable_join(waitable, self.set)?;
        Ok(CallbackCode::Wait { set: self.set }.pack())
    }

    fn rest(&mut self, imports: &mut impl Imports) -> Result<u32, Trap> {
        match CallStatus::unpack(imports.sleep(3)?) {
            Some(CallStatus::Starting { subtask } | CallStatus::Started { subtask }) => self.wait(imports, subtask),
            Some(CallStatus::Returned) | None => self.next(imports),
        }
    }

    fn next(&mut self, imports: &mut impl Imports) -> Result<u32, Trap> {
        match StreamResult::unpack(imports.stream_read(self.samples, BUFFER, AT_ONCE)?) {
            Some(result) => self.add(imports, result),
            None => self.wait(imports, self.samples),
        }
    }

    fn add(&mut self, imports: &mut impl Imports, read: StreamResult) -> Result<u32, Trap> {
        let StreamResult { result, progress } = read;
        let bytes = imports.memory().get(BUFFER as usize..).unwrap_or_default();
        for sample in bytes.as_chunks().0.iter().take(progress as usize) {
            self.sum += u32::from_le_bytes(*sample);
        }
        if result == CopyResult::Completed {
            return self.rest(imports);
        }
        imports.stream_drop_readable(self.samples)?;
        imports.waitable_set_drop(self.set)?;
        imports.task_return(self.sum)?;
        Ok(CallbackCode::Exit.pack())
    }
}
