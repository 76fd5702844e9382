//! The host of `no-std-meter`, without an allocator: a loop that runs what is ready, and a clock that ticks when nothing is.

use no_std_bare::say;
use witwright_abi_runtime::codes::{Event, StreamResult};
use witwright_abi_runtime::desc::TypeDesc;
use witwright_abi_runtime::flat::FlatReader;
use witwright_abi_runtime::ids::{InstanceId, TaskId, WaitableId};
use witwright_abi_runtime::layout::TypeAbi;
use witwright_abi_runtime::machine::{
    Copied, CoreCode, ElementCopy, ElementType, Embedding, EndKind, EndOf, Fixed, LiftMode, Limits, Machine, Outcome,
    Side, Step,
};
use witwright_abi_runtime::string::StringEncoding;
use witwright_abi_runtime::trap::Trap;
use witwright_abi_runtime::view::{Handles, LiftView, check_buffer};
use witwright_abi_runtime::visit::{Part, Place as ValuePlace, visit};

use crate::guest::{Guest, Imports, MEMORY_BYTES};
use crate::reflect;

/// One instance with eight handles, and two tasks at a time.
pub(crate) enum Meter {}

impl Embedding for Meter {
    type ResourceType = u32;
    type Place = Place;
    type Message = ();
    type Room = Fixed<1, 8, 2, 2, 8, 8, 2, 0, 0>;
}

/// The place of samples.
#[derive(Clone, Copy)]
pub(crate) enum Place {
    /// At an address of the guest's memory.
    Guest(u32),
    /// In these samples of the host.
    Host(&'static [u32]),
}

const _: () = assert!(size_of::<Machine<Meter>>() <= 2048);

const SAMPLES: ElementType = ElementType { id: 0, is_none_or_number: true };
const READABLE: EndOf = EndOf { kind: EndKind::Stream, side: Side::Readable, ty: SAMPLES };

/// The samples that the host writes, one write after the other.
const WRITES: [&[u32]; 3] = [&[1, 2], &[3, 4, 5, 6, 7], &[8]];
/// The time that it rests after each.
const REST_TICKS: u32 = 5;

/// The state of the host beside the machine.
struct Host {
    guest: Guest,
    memory: [u8; MEMORY_BYTES],
    instance: InstanceId,
    now: u32,
    /// The call of `sleep` that has not returned, and when it will.
    sleeping: Option<(WaitableId, u32)>,
    samples: WaitableId,
}

/// The machine and the host around the guest's core code.
struct Running<'a> {
    machine: &'a mut Machine<Meter>,
    host: &'a mut Host,
}

/// The writable end of the stream, and the samples to be written.
struct Writer {
    end: WaitableId,
    writes: &'static [&'static [u32]],
    /// The samples of the first write that have been written.
    written: usize,
    /// The time at which the next write begins; `None` while one waits.
    next_at: Option<u32>,
}

/// Calls `sum` of a guest, writes the stream that it reads, and lets time go by.
pub(crate) fn run() -> Result<(), Trap> {
    let mut machine: Machine<Meter> = Machine::new(Limits::default());
    let instance = machine.add_instance(u32::MAX)?;
    let (samples, end) = machine.new_pair(EndKind::Stream, SAMPLES)?;
    let (guest, memory) = (Guest::default(), [0; MEMORY_BYTES]);
    let mut host = Host { guest, memory, instance, now: 0, sleeping: None, samples };
    let mut writer = Writer { end, writes: &WRITES, written: 0, next_at: Some(0) };

    let called = machine.call(None, instance, LiftMode::Callback)?;
    if called.entered {
        machine.perform(Step::Start(called.task), &mut host)?;
    }
    while !machine.has_ended(called.subtask) {
        writer.begin(&mut machine, &mut host)?;
        while machine.run_ready(&mut host)? {}
        while let Some((_, event)) = machine.next_host_event() {
            if let Event::StreamWrite { result, .. } = event {
                writer.wrote(&mut machine, &mut host, result)?;
            }
        }
        host.tick(&mut machine);
    }
    while machine.next_host_event().is_some() {}
    machine.end_host_call(called.subtask);
    say!("{:?}", machine.census());
    Ok(())
}

impl Writer {
    /// Begins a write, or ends the stream, when its time has come.
    fn begin(&mut self, machine: &mut Machine<Meter>, host: &mut Host) -> Result<(), Trap> {
        if self.next_at.is_none_or(|at| host.now < at) {
            return Ok(());
        }
        self.next_at = None;
        match self.writes {
            [] => machine.drop_end(self.end),
            [_, ..] => self.write(machine, host)?,
        }
        Ok(())
    }

    fn write(&mut self, machine: &mut Machine<Meter>, host: &mut Host) -> Result<(), Trap> {
        let samples = self.writes[0].get(self.written..).unwrap_or_default();
        let Copied { elements, outcome } = machine.copy(self.end, Place::Host(samples), samples.len() as u32, true)?;
        host.copy(elements);
        match outcome {
            Outcome::Done(packed) => match StreamResult::unpack(packed) {
                Some(result) => self.wrote(machine, host, result),
                None => Ok(()),
            },
            Outcome::Blocked | Outcome::Switch(_) => unreachable!("the copy is async"),
        }
    }

    /// Handles the end of a write, which may have written a part.
    fn wrote(&mut self, machine: &mut Machine<Meter>, host: &mut Host, result: StreamResult) -> Result<(), Trap> {
        self.written += result.progress as usize;
        let count = self.writes[0].len();
        if self.written < count {
            return self.write(machine, host);
        }
        say!("{}: the host has written {} of {count} samples", host.now, self.written);
        (self.writes, self.written, self.next_at) = (&self.writes[1..], 0, Some(host.now + REST_TICKS));
        Ok(())
    }
}

impl Host {
    /// The clock's interrupt.
    fn tick(&mut self, machine: &mut Machine<Meter>) {
        self.now += 1;
        if let Some((subtask, _)) = self.sleeping.take_if(|(_, end)| *end <= self.now) {
            machine.subtask_returned(subtask);
        }
    }

    /// Copies samples from the host to the guest: nothing else is read or written.
    fn copy(&mut self, elements: Option<ElementCopy<Place>>) {
        let Some(ElementCopy { from: (Place::Host(samples), skip), to: (Place::Guest(address), before), length, .. }) =
            elements
        else {
            return;
        };
        let room = self.memory.get_mut((address + before * 4) as usize..).unwrap_or_default();
        let samples = samples.iter().skip(skip as usize).take(length as usize);
        for (place, sample) in room.as_chunks_mut().0.iter_mut().zip(samples) {
            *place = sample.to_le_bytes();
        }
    }
}

impl CoreCode<Meter> for Host {
    fn start(&mut self, machine: &mut Machine<Meter>, _: TaskId) -> Result<u32, Trap> {
        let samples = machine.lower_end(self.instance, self.samples)?;
        let mut guest = core::mem::take(&mut self.guest);
        let packed = guest.sum(&mut Running { machine, host: self }, samples);
        self.guest = guest;
        packed
    }

    fn callback(&mut self, machine: &mut Machine<Meter>, _: TaskId, event: Event) -> Result<u32, Trap> {
        let mut guest = core::mem::take(&mut self.guest);
        let packed = guest.callback(&mut Running { machine, host: self }, event);
        self.guest = guest;
        packed
    }
}

impl Imports for Running<'_> {
    fn memory(&mut self) -> &mut [u8; MEMORY_BYTES] {
        &mut self.host.memory
    }

    fn sleep(&mut self, ticks: u32) -> Result<u32, Trap> {
        let Running { machine, host } = self;
        say!("{}: the guest sleeps for {ticks} ticks", host.now);
        let subtask = machine.call_host(host.instance)?;
        machine.subtask_started(subtask);
        host.sleeping = Some((subtask, host.now + ticks));
        Ok(machine.lowered_async(subtask)?.pack())
    }

    fn stream_read(&mut self, end: u32, address: u32, length: u32) -> Result<u32, Trap> {
        let Running { machine, host } = self;
        let end = machine.end_to_copy(host.instance, end, READABLE, true)?;
        check_buffer(MEMORY_BYTES, address, length, &TypeAbi::of(&TypeDesc::U32))?;
        let Copied { elements, outcome } = machine.copy(end, Place::Guest(address), length, true)?;
        host.copy(elements);
        match outcome {
            Outcome::Done(packed) => Ok(packed),
            Outcome::Blocked | Outcome::Switch(_) => unreachable!("the copy is async"),
        }
    }

    fn stream_drop_readable(&mut self, end: u32) -> Result<(), Trap> {
        self.machine.end_drop(self.host.instance, end, READABLE)
    }

    fn subtask_drop(&mut self, subtask: u32) -> Result<(), Trap> {
        self.machine.subtask_drop(self.host.instance, subtask)
    }

    fn waitable_set_new(&mut self) -> Result<u32, Trap> {
        self.machine.waitable_set_new(self.host.instance)
    }

    fn waitable_set_drop(&mut self, set: u32) -> Result<(), Trap> {
        self.machine.waitable_set_drop(self.host.instance, set)
    }

    fn waitable_join(&mut self, waitable: u32, set: u32) -> Result<(), Trap> {
        self.machine.waitable_join(self.host.instance, waitable, set)
    }

    /// The result is lifted by its description, part by part.
    fn task_return(&mut self, sum: u32) -> Result<(), Trap> {
        let (now, task) = (self.host.now, self.machine.check_task_return(self.host.instance)?);
        let memory = self.host.memory;
        if let Some(ty) = reflect::sum().and_then(|desc| desc.result) {
            let (slots, mut view) = ([sum.into()], LiftView::new(&memory, StringEncoding::Utf8, self));
            visit(&mut view, ty, ValuePlace::Flat(&mut FlatReader::new(&slots)), &mut |part| {
                if let Part::Unsigned(sum) = part {
                    say!("{now}: the guest returns {sum}");
                }
                Ok(())
            })?;
        }
        self.machine.task_returned(task)
    }
}

/// The world has no resources.
impl Handles for Running<'_> {
    type Error = Trap;
}
