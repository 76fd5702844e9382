#!/usr/bin/env python3
"""Makes the traces of abi-runtime/tests/data with the reference code of the Canonical ABI.

    cargo xtask vectors [SEED]

A trace is what random guests do in three component instances: calls of each other, all built-ins of concurrency, right and
wrong, until one traps or nothing more is to be done. The same reference code gives the same file; with SEED one trace is
printed. Each line of traces.txt is a trace, of words:

    call CALLER CALLEE LIFT ARG     a call, of a caller that is an instance or `h`; then `start` or `park`
    NAME ARGS..                     a built-in of the current thread; then its result, `block` or `switch T`
    resume T [READY..]              a thread is resumed, one of those that are ready; then the step
    start | begin | cont V | event C P Q | callback C P Q | resolved | cancelled    the step of a thread
    returned PACKED                 a function with a callback returned; then `callback ..`, `block` or `exit`
    exit | return                   the current thread exits; its task returns
    lowered sync|async              a call has stopped; then `done`, `block` or the status
    go-on ASYNC                     `subtask.cancel` goes on; then its result or `block`
    copy FROM TO LENGTH             elements are copied
    trap                            the last of these traps, and the trace ends

Where the reference code chooses at random, the choice is random here too, save that a wait for an event that has come does not
block, and that the events of a set are taken in the order in which they came.
"""
import os, random, sys, types

import oracle

TRACES = 10_000
BATCH = 250
STEPS = 90
INSTANCES = 3
LIFTS = ["sync", "blocking", "callback", "stackful"]
ELEMENTS = ["none", "u8", "bool"]

class Enough(BaseException):
    """The trace is long enough."""

class World:
    """Three instances with random guests in them."""

    def __init__(self, d, seed):
        self.d, self.rng, self.log = d, random.Random(seed), []
        self.store = d.Store()
        self.instances = [d.ComponentInstance(self.store) for _ in range(INSTANCES)]
        self.threads, self.stamp, self.steps, self.read = [], 0, 0, None
        self.resource = d.ResourceType(d.ComponentInstance(self.store))
        self.memories = [d.MemInst(bytearray(256), "i32") for _ in self.instances]
        self.elements = {"none": None, "u8": d.U8Type(), "bool": d.BoolType()}
        self.host_calls = []
        self.funcs = {}
        d.world = self

    def say(self, *words):
        self.log += [str(w) for w in words]

    def number(self, thread):
        return self.threads.index(thread)

    def instance_of(self, inst):
        return self.instances.index(inst)

    # Functions: one for each instance, way of lifting, and argument.

    def func(self, callee, lift, arg):
        key = (callee, lift, arg)
        if key not in self.funcs:
            d = self.d
            params = {"none": [], "borrow": [d.BorrowType(self.resource)], "own": [d.OwnType(self.resource)],
                      "stream": [d.StreamType(d.U8Type())]}[arg]
            ft = d.FuncType(params, [], async_=lift != "sync")
            opts = self.options(callee)
            opts.async_ = lift in ("callback", "stackful")
            opts.callback = (lambda args: self.callback(callee, args)) if lift == "callback" else None
            opts.post_return = None
            core = lambda args: self.core(callee, lift)
            self.funcs[key] = (self.store.lift(core, ft, opts, self.instances[callee]), ft)
        return self.funcs[key]

    def options(self, instance):
        d = self.d
        return d.CanonicalOptions(memory=self.memories[instance], string_encoding="utf8", realloc=None)

    def core(self, instance, lift):
        self.say("start")
        self.run(instance, lift)
        if lift == "callback": return [self.packed(instance)]
        if lift in ("sync", "blocking"): self.say("return")
        self.say("exit")
        return []

    def callback(self, instance, event):
        self.say("callback", *event)
        self.run(instance, "callback")
        return [self.packed(instance)]

    def packed(self, instance):
        sets = self.indices(instance, self.d.WaitableSet)
        resolved = self.d.current_task().state == self.d.Task.State.RESOLVED
        code = self.rng.choice([0, 0, 1, 2] if resolved else [1, 2, 2] if sets else [1])
        if self.rng.random() < 0.01: code = self.rng.choice([0, 2, 3])
        index = self.rng.choice(sets) if sets and self.rng.random() < 0.99 else self.rng.randrange(4)
        packed = code | index << 4 if code == 2 else code
        self.say("returned", packed)
        if code == 0: self.say("exit")
        return packed

    # Guests.

    def run(self, instance, lift):
        """Some built-ins and calls of the current thread."""
        n = self.rng.choice([0, 2, 4, 6, 9, 14])
        task = self.d.current_task()
        for _ in range(n):
            self.built_in(instance, lift)
        if self.rng.random() < 0.97: self.drop_borrows(instance, task)
        if lift in ("callback", "stackful") and task.state != self.d.Task.State.RESOLVED:
            if self.rng.random() < (0.5 if lift == "callback" else 0.97): self.resolve(instance, task)

    def drop_borrows(self, instance, task):
        for index in self.indices(instance, self.d.ResourceHandle):
            handle = self.instances[instance].handles.array[index]
            if handle.borrow_scope is task and handle.num_lends == 0: self.drop_resource(instance, index)

    def resolve(self, instance, task):
        d = self.d
        if task.state == d.Task.State.CANCEL_DELIVERED and self.rng.random() < 0.7:
            self.say("task.cancel")
            d.canon_task_cancel()
        else:
            self.say("task.return")
            d.canon_task_return([], task.opts, [])
        self.say("done")

    def indices(self, instance, kind):
        return [i for i, e in enumerate(self.instances[instance].handles.array) if isinstance(e, kind)]

    def has(self, instance, kind, usable):
        """Whether a built-in is to be called: it has a handle to work on, or is to be called wrongly."""
        handles = self.instances[instance].handles.array
        return any(usable(handles[i]) for i in self.indices(instance, kind)) or self.rng.random() < 0.004

    def pick(self, instance, kind, usable=lambda e: True):
        """The index of a handle that a built-in takes, mostly."""
        handles = self.instances[instance].handles.array
        found = [i for i in self.indices(instance, kind) if usable(handles[i])]
        if found and self.rng.random() < 0.993: return self.rng.choice(found)
        return self.rng.randrange(6)

    def built_in(self, instance, lift):
        self.steps += 1
        if self.steps > STEPS: raise Enough()
        may_block = lift != "sync" or self.rng.random() < 0.05
        names = ["call"] * 3 + ["copy"] * 9 + ["join"] * 6 + ["end.drop"] * 2 + ["subtask.cancel"] * 2 + [
            "stream.new", "stream.new", "future.new", "set.new", "poll", "set.drop", "end.cancel", "subtask.drop", "backpressure",
            "resource.new", "resource.drop", "thread.new", "thread.resume", "yield", "forward", "context"]
        if may_block: names += ["wait", "wait", "wait", "thread.suspend", "thread.switch"]
        getattr(self, "do_" + self.rng.choice(names).replace(".", "_"))(instance)

    def do_call(self, instance):
        d, rng = self.d, self.rng
        callee, lift = rng.randrange(INSTANCES), rng.choice(LIFTS)
        arg, flat = "none", []
        if rng.random() < 0.4:
            arg = rng.choice(["borrow", "own", "stream"])
            kind = d.ReadableStreamEnd if arg == "stream" else d.ResourceHandle
            idle = lambda e: arg != "stream" or (e.t == d.U8Type() and e.state == d.End.State.IDLE and not e.in_waitable_set())
            if not any(idle(self.instances[instance].handles.array[i]) for i in self.indices(instance, kind)):
                arg = "none"
            else:
                flat = [self.pick(instance, kind, idle)]
        opts = self.options(instance)
        opts.async_ = lift != "sync" and rng.random() < 0.7
        callee_func, ft = self.func(callee, lift, arg)
        self.say("call", instance, callee, lift, arg, *flat)
        def called(on_start, on_resolve):
            on_cancel = callee_func(on_start, on_resolve)
            self.say("lowered", "async" if opts.async_ else "sync")
            return on_cancel
        [*status] = self.store.lower(called, ft, opts, self.instances[instance])(flat)
        if opts.async_: self.say(status[0])
        elif self.log[-2:] == ["lowered", "sync"]: self.say("done")
        else: self.say("resolved")

    def element(self):
        name = self.rng.choice(ELEMENTS)
        return name, self.elements[name]

    def end(self, instance, usable):
        """A kind of end, and the index of such an end."""
        d = self.d
        kind, side = self.rng.choice(["stream", "future"]), self.rng.choice(["readable", "writable"])
        name, element = self.element()
        handles = self.instances[instance].handles.array
        ends = [i for i in self.indices(instance, d.End) if usable(handles[i])]
        if ends and self.rng.random() < 0.993:
            index = self.rng.choice(ends)
            end = handles[index]
            kind = "stream" if isinstance(end, d.StreamEnd) else "future"
            side = "readable" if isinstance(end, (d.ReadableStreamEnd, d.ReadableFutureEnd)) else "writable"
            name = next(n for n, t in self.elements.items() if t == end.t)
        else:
            index = self.rng.randrange(6)
        ty = (d.StreamType if kind == "stream" else d.FutureType)(self.elements[name])
        return kind, side, name, index, ty

    def do_stream_new(self, instance):
        name, t = self.element()
        self.say("stream.new", name)
        [packed] = self.d.canon_stream_new(self.d.StreamType(t))
        self.say(packed)

    def do_future_new(self, instance):
        name, t = self.element()
        self.say("future.new", name)
        [packed] = self.d.canon_future_new(self.d.FutureType(t))
        self.say(packed)

    def do_copy(self, instance):
        d, rng = self.d, self.rng
        idle = lambda e: e.state == d.End.State.IDLE
        if not self.has(instance, d.End, idle): return
        kind, side, name, index, ty = self.end(instance, idle)
        opts = self.options(instance)
        opts.async_ = rng.random() < 0.8
        ptr, length = rng.randrange(100), rng.choice([0, 1, 1, 2, 3, 5]) if kind == "stream" else 1
        self.say("copy-end", kind, side, name, index, ptr, length, int(opts.async_))
        built_in = getattr(d, "canon_%s_%s" % (kind, "read" if side == "readable" else "write"))
        self.answered(built_in(*([ty, opts, index, ptr] + ([length] if kind == "stream" else []))))

    def answered(self, result):
        """The result of a built-in that may have blocked."""
        if self.log[-1].startswith("\0"): self.log.pop()
        else: self.say("done")
        self.say(result[0])

    def do_end_cancel(self, instance):
        d = self.d
        copying = lambda e: e.state == d.End.State.COPYING and not e.has_sync_waiter
        if not self.has(instance, d.End, copying): return
        kind, side, name, index, ty = self.end(instance, copying)
        async_ = self.rng.random() < 0.6
        self.say("end.cancel", kind, side, name, index, int(async_))
        built_in = getattr(d, "canon_%s_cancel_%s" % (kind, "read" if side == "readable" else "write"))
        self.answered(built_in(ty, async_, index))

    def do_end_drop(self, instance):
        d = self.d
        future = lambda e: isinstance(e, d.WritableFutureEnd) and e.state != d.End.State.DONE
        usable = lambda e: not e.copying_or_cancelling() and not future(e)
        if not self.has(instance, d.End, usable): return
        kind, side, name, index, ty = self.end(instance, usable)
        self.say("end.drop", kind, side, name, index)
        getattr(d, "canon_%s_drop_%s" % (kind, side))(ty, index)
        self.say("done")

    def do_forward(self, instance):
        d, rng = self.d, self.rng
        handles = self.instances[instance].handles.array
        free = lambda e: e.state == d.End.State.IDLE and not e.in_waitable_set()
        pairs = [(i, j) for i in self.indices(instance, (d.ReadableStreamEnd, d.ReadableFutureEnd)) if free(handles[i])
                 for j in self.indices(instance, (d.WritableStreamEnd, d.WritableFutureEnd)) if free(handles[j])
                 and handles[i].t == handles[j].t and isinstance(handles[i], d.StreamEnd) == isinstance(handles[j], d.StreamEnd)]
        if not pairs and rng.random() < 0.996: return
        i, j = rng.choice(pairs) if pairs else (rng.randrange(6), rng.randrange(6))
        kind = "future" if pairs and isinstance(handles[i], d.FutureEnd) else "stream"
        name = next((n for n, t in self.elements.items() if pairs and t == handles[i].t), "u8")
        self.say("forward", kind, name, i, j)
        ty = (d.StreamType if kind == "stream" else d.FutureType)(self.elements[name])
        getattr(d, "canon_%s_forward" % kind)(ty, i, j)
        self.say("done")

    def do_set_new(self, instance):
        if len(self.indices(instance, self.d.WaitableSet)) > 1: return
        self.say("set.new")
        [index] = self.d.canon_waitable_set_new()
        self.say(index)

    def do_join(self, instance):
        d, rng = self.d, self.rng
        free = lambda e: not e.has_sync_waiter
        if not self.has(instance, d.Waitable, free): return
        busy = lambda w: free(w) and not w.in_waitable_set() and (isinstance(w, d.Subtask) or w.copying_or_cancelling())
        waitable = self.pick(instance, d.Waitable, busy if self.has(instance, d.Waitable, busy) else free)
        index = 0 if rng.random() < 0.2 else self.pick(instance, d.WaitableSet)
        if index and not self.indices(instance, d.WaitableSet): index = 0
        self.say("join", waitable, index)
        d.canon_waitable_join(waitable, index)
        self.say("done")

    def event(self, ptr, result, instance):
        p1, p2 = [int.from_bytes(self.memories[instance][at:at + 4], "little") for at in (ptr, ptr + 4)]
        return [result[0], p1, p2]

    def do_poll(self, instance):
        if not self.has(instance, self.d.WaitableSet, lambda s: True): return
        index = self.pick(instance, self.d.WaitableSet)
        self.say("poll", index)
        self.say(*self.event(240, self.d.canon_waitable_set_poll(self.memories[instance], index, 240), instance))

    def do_wait(self, instance):
        some = lambda s: s.elems
        if not self.has(instance, self.d.WaitableSet, some): return
        index = self.pick(instance, self.d.WaitableSet, some)
        self.say("wait", index)
        result = self.d.canon_waitable_set_wait(self.memories[instance], index, 240)
        if self.log[-1].startswith("\0"):
            self.log.pop()
            self.log.pop()
            self.say("event")
        else:
            self.say("done")
        self.say(*self.event(240, result, instance))

    def do_set_drop(self, instance):
        d = self.d
        empty = lambda s: not s.elems and not s.num_waiting
        if not self.has(instance, d.WaitableSet, empty): return
        index = self.pick(instance, d.WaitableSet, empty)
        self.say("set.drop", index)
        d.canon_waitable_set_drop(index)
        self.say("done")

    def do_subtask_drop(self, instance):
        d = self.d
        done = lambda s: s.resolve_delivered()
        if not self.has(instance, d.Subtask, done): return
        index = self.pick(instance, d.Subtask, done)
        self.say("subtask.drop", index)
        d.canon_subtask_drop(index)
        self.say("done")

    def do_subtask_cancel(self, instance):
        d = self.d
        usable = lambda s: not s.resolve_delivered() and not s.cancellation_requested and not s.in_waitable_set()
        if not self.has(instance, d.Subtask, usable): return
        index = self.pick(instance, d.Subtask, usable)
        async_ = self.rng.random() < 0.6
        self.say("subtask.cancel", index)
        handles = self.instances[instance].handles.array
        subtask = handles[index] if index < len(handles) else None
        if isinstance(subtask, d.Subtask) and usable(subtask) and not subtask.resolved():
            on_cancel = subtask.on_cancel
            def cancel():
                on_cancel()
                self.say("go-on", int(async_))
            subtask.on_cancel = cancel
        self.answered(d.canon_subtask_cancel(async_, index))

    def do_backpressure(self, instance):
        up = self.instances[instance].backpressure == 0 or self.rng.random() < 0.02
        self.say("backpressure.inc" if up else "backpressure.dec")
        (self.d.canon_backpressure_inc if up else self.d.canon_backpressure_dec)()
        self.say("done")

    def do_resource_new(self, instance):
        self.say("resource.new")
        [index] = self.d.canon_resource_new(self.resource, 7)
        self.say(index)

    def do_resource_drop(self, instance):
        d = self.d
        free = lambda h: h.num_lends == 0
        if not self.has(instance, d.ResourceHandle, free): return
        self.drop_resource(instance, self.pick(instance, d.ResourceHandle, free))

    def drop_resource(self, instance, index):
        d = self.d
        self.say("resource.drop", index)
        inst = self.instances[instance]
        d.trap_if(not inst.may_leave)
        h = inst.handles.remove(index)
        d.trap_if(not isinstance(h, d.ResourceHandle) or h.rt is not self.resource or h.num_lends != 0)
        if not h.own: h.borrow_scope.num_borrows -= 1
        self.say("own" if h.own else "borrow")

    def do_context(self, instance):
        word, value = self.rng.randrange(2), self.rng.randrange(100)
        self.say("context", word, value, *self.d.canon_context_get("i32", word))
        self.d.canon_context_set("i32", word, value)

    # Threads.

    def do_thread_new(self, instance):
        d = self.d
        ft = d.CoreFuncType(["i32"], [])
        task = d.current_task()
        def core(args):
            self.say("begin")
            self.run(instance, "stackful" if task.opts.async_ else "sync")
            self.say("exit")
            return []
        table = d.Table()
        table.add(d.CoreFuncRef(ft, core))
        self.say("thread.new")
        [index] = d.canon_thread_new_indirect(ft, table, 1, [0])
        self.say(index)

    def other(self, instance, usable):
        threads = self.instances[instance].threads
        found = [t.index for t in threads if usable(t)]
        if found and self.rng.random() < 0.99: return self.rng.choice(found)
        return None if self.rng.random() < 0.995 else self.rng.randrange(5)

    def do_thread_resume(self, instance):
        index = self.other(instance, lambda t: t.suspended())
        if index is None: return
        self.say("thread.resume-later", index)
        self.d.canon_thread_resume_later(index)
        self.say("done")

    def do_yield(self, instance):
        self.say("thread.yield")
        self.answered(self.d.canon_thread_yield())

    def do_thread_suspend(self, instance):
        if self.rng.random() < 0.8: return
        self.say("thread.suspend")
        self.answered(self.d.canon_thread_suspend())

    def do_thread_switch(self, instance):
        d = self.d
        name = self.rng.choice(["suspend_then_resume", "yield_then_resume", "suspend_then_promote", "yield_then_promote"])
        usable = (lambda t: t.suspended()) if name.endswith("resume") else (lambda t: t is not d.current_thread())
        index = self.other(instance, usable)
        if index is None: return
        self.say("thread." + name.replace("_", "-"), index)
        self.answered(getattr(d, "canon_thread_" + name)(index))

    # The host.

    def host(self):
        """Calls, cancellations and ticks until nothing is left to do."""
        d, rng = self.d, self.rng
        while True:
            ready = [t for t in self.store.waiting if t.ready()]
            live = [c for c in self.host_calls if not c.resolved and not c.cancelled]
            if len(self.host_calls) < 3 or rng.random() < 0.15 and self.steps < STEPS // 2:
                self.host_call()
            elif live and rng.random() < 0.1:
                call = rng.choice(live)
                call.cancelled = True
                self.say("host-cancel", self.host_calls.index(call))
                call.on_cancel()
                self.say("host-cancelled")
            elif ready:
                self.store.tick()
            else:
                return self.say("idle")

    def host_call(self):
        callee, lift = self.rng.randrange(INSTANCES), self.rng.choice(LIFTS)
        func, ft = self.func(callee, lift, "none")
        call = types.SimpleNamespace(resolved=False, cancelled=False, on_cancel=None)
        self.host_calls.append(call)
        self.say("call", "h", callee, lift, "none")
        def on_resolve(result):
            call.resolved = True
        call.on_cancel = self.store.invoke(func, lambda: [], on_resolve)
        self.say("called")

def hook(d):
    """Writes down what the reference code does, and makes its choices those of the world."""
    plain_thread, plain_resume, plain_wait = d.Thread.__init__, d.Thread.resume, d.Thread.wait_until
    plain_suspend, plain_switch = d.block, d.switch_to

    def thread(self, task, func):
        d.world.threads.append(self)
        plain_thread(self, task, func)

    def resume(self):
        world = d.world
        starts = self.task.state == d.Task.State.INITIAL and self.suspended() and self.index is None
        if not starts:
            ready = sorted(world.number(t) for t in world.store.waiting if t.ready())
            world.say("resume", world.number(self), *ready, "|")
        plain_resume(self)

    def block():
        d.world.blocked()
        plain_suspend()
        d.world.continued()

    def switch_to(other):
        d.world.say("switch", d.world.number(other))
        plain_switch(other)
        d.world.continued()

    def blocked(self):
        task = d.current_task()
        self.say("park" if task.state == d.Task.State.INITIAL and task.implicit_thread is d.current_thread() else "block")

    def continued(self):
        task = d.current_task()
        if task.implicit_thread is d.current_thread() and task.state == d.Task.State.PENDING_CANCEL and d.current_thread().index is None:
            self.say("cancelled")
        elif self.waits_in_core(): self.say("cont", "\0")

    def waits_in_core(self):
        """Whether the thread that goes on was blocked by a built-in, and not by its event loop or its entry."""
        frame = sys._getframe(2)
        while frame:
            name = frame.f_code.co_name
            if name in ("wait_from_callback", "enter_implicit_thread"): return False
            if name.startswith("canon_") or name in ("cancel_copy", "copy"): return name != "canon_lift" and name != "canon_lower"
            if name == "thread_func": return False
            frame = frame.f_back

    def wait(self):
        if self.has_pending_event(): return self.get_pending_event()
        return plain_set_wait(self)

    def set_pending_event(self, event):
        if not self.pending_event:
            d.world.stamp += 1
            self.stamp = d.world.stamp
        self.pending_event = event

    def join(self, wset):
        d.world.stamp += 1
        self.stamp = d.world.stamp
        plain_join(self, wset)

    def read(self, n):
        d.world.read = self.ptr
        return plain_read(self, n)

    def write(self, vs):
        world = d.world
        world.say("copy", *([world.read, self.ptr] if self.t else [0, 0]), len(vs))
        plain_write(self, vs)

    plain_set_wait, plain_join = d.WaitableSet.wait, d.Waitable.join
    plain_read, plain_write = d.ReadableGuestBuffer.read, d.WritableGuestBuffer.write
    d.Thread.__init__, d.Thread.resume = thread, resume
    d.block, d.switch_to = block, switch_to
    World.blocked, World.continued, World.waits_in_core = blocked, continued, waits_in_core
    d.WaitableSet.wait, d.Waitable.set_pending_event, d.Waitable.join = wait, set_pending_event, join
    d.ReadableGuestBuffer.read, d.WritableGuestBuffer.write = read, write
    d.random = types.SimpleNamespace(
        choice=lambda threads: d.world.rng.choice(sorted(threads, key=d.world.number)),
        randint=lambda low, high: d.world.rng.randint(low, high),
        shuffle=lambda elems: elems.sort(key=lambda w: w.stamp if w.pending_event else float("inf")))

def trace(d, seed):
    world = World(d, seed)
    try:
        world.host()
    except d.Trap:
        world.say("trap")
    except Enough:
        world.say("enough")
    return world.log

def main():
    if len(sys.argv) > 2: sys.exit(__doc__)
    d = oracle.load(oracle.reference(), "definitions")
    oracle.patch(d)
    d.DETERMINISTIC_PROFILE = True
    hook(d)
    if len(sys.argv) == 2:
        return print(*trace(d, int(sys.argv[1])))
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../abi-runtime/tests/data/traces.txt")
    with open(path, "w", encoding="utf-8") as out:
        for first in range(0, TRACES, BATCH):  # a process each: guests that never go on are threads of it
            reading, writing = os.pipe()
            if os.fork() == 0:
                with os.fdopen(writing, "w") as pipe:
                    for seed in range(first, first + BATCH): print(*trace(d, seed), file=pipe)
                os._exit(0)
            os.close(writing)
            with os.fdopen(reading) as pipe: out.write(pipe.read())
            os.wait()

if __name__ == "__main__":
    main()
