#!/usr/bin/env python3
"""Static questions to the Canonical ABI reference code, over JSON lines.

    oracle.py PATH_TO_canonical-abi_DIR              serve stdin -> stdout, one JSON object per line
    oracle.py --self-test PATH_TO_canonical-abi_DIR  run run_tests.py under the patch, print the result

definitions.py is loaded from that directory with `from __future__ import annotations` put in front
of it in memory (the file forward-references classes in annotations, which Python 3.10..3.13 would
otherwise evaluate).  A trap on a guest thread is re-raised by the `resume` that started it; without
the patch the process hangs.  `random` is seeded and the deterministic profile is on.

Type T:  "bool" "s8" "u8" "s16" "u16" "s32" "u32" "s64" "u64" "f32" "f64" "char" "string" "error-context",
  {"list":T} {"list":T,"len":N} {"record":[[label,T]..]} {"tuple":[T..]} {"variant":[[label,T|null]..]}
  {"enum":[label..]} {"flags":[label..]} {"option":T} {"result":[T|null,T|null]} {"map":[T,T]}
  {"stream":T|null} {"future":T|null}   (layout only)   "own" "borrow"   (layout only)
Value V: numbers, true/false; 64-bit integers as numbers or decimal strings; floats as numbers or
  "nan" "inf" "-inf"; char = 1-character string; string = "text" or ["text", ENC] (source encoding,
  which selects the transcoding path; default: "source", else E); list/tuple = array; record = object;
  flags = array of set labels; enum = label; variant = {"case":label,"value":V};
  option = null or {"some":V}; result = {"ok":V} or {"error":V} (V null when there is no payload);
  map = [[key,value]..].  ENC and E: "utf8" "utf16" "latin1+utf16".

{"op":"layout","type":T[,"ptr":"i64"]}      -> {"size","align","flat":[core types]}
{"op":"lower","type":T,"value":V[,"encoding":E,"source":ENC,"memory":BYTES,"at":PTR]}
   -> {"flat":[..],"memory":HEX up to the end of the last allocation or store,"realloc":[[old,oldsize,align,new,ret]..]}
   With "at" the value is stored to memory at PTR (then "flat" is []).  Allocation starts at 8, or after the
   stored value; the allocator bumps and moves, except that shrinking stays in place; memory BYTES default 65536.
{"op":"lift","type":T,"memory":HEX,"flat":[..] | "at":PTR[,"encoding":E]} -> {"value":V}
A trap in lower or lift -> {"trap":true}; anything wrong with the question, or an assertion of the
reference code -> {"error":text}.  Core floats travel as {"bits":HEX} both ways (so NaN bits survive).
An "id" member is echoed.
"""
import functools, json, math, os, random, struct, subprocess, sys, threading, types

PREFIX = "from __future__ import annotations\n"

def reference():
    """The folder of the reference code: that of the suites' package."""
    manifest = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../tests/suites/Cargo.toml")
    metadata = subprocess.run(["cargo", "metadata", "--locked", "--format-version", "1", "--manifest-path", manifest],
        check=True, stdout=subprocess.PIPE).stdout
    package = next(p for p in json.loads(metadata)["packages"] if p["name"] == "wasm-tools")
    folder = os.path.dirname(package["manifest_path"])
    return os.path.join(folder, "tests/component-model/design/mvp/canonical-abi")

def load(directory, name):
    path = os.path.join(directory, name + ".py")
    with open(path, encoding="utf-8") as f:
        code = compile(PREFIX + f.read(), path, "exec")
    mod = types.ModuleType(name)
    mod.__file__ = path
    sys.modules[name] = mod            # run_tests.py does `import definitions`
    exec(code, mod.__dict__)
    return mod

def patch(d):
    """Carry an exception of a guest thread to the resume() that is waiting for it."""
    d.threading = types.SimpleNamespace(Lock=threading.Lock, local=threading.local,
        Thread=functools.partial(threading.Thread, daemon=True))  # parked guests must not delay the exit
    plain_new, plain_resume = d.cont_new, d.resume
    def cont_new(f):
        def guarded():
            try:
                return f()
            except BaseException as e:       # Trap derives from BaseException
                d.thread_local_handler.value.failure = e   # the handler of the latest resume
        return plain_new(guarded)            # returning releases that handler's lock as usual
    def resume(cont, current_thread):
        result = plain_resume(cont, current_thread)
        if hasattr(cont.handler, "failure"):
            raise cont.handler.failure
        return result
    d.cont_new, d.resume = cont_new, resume

class Oracle:
    def __init__(self, d):
        self.d = d
        d.DETERMINISTIC_PROFILE = True
    def ty(self, t):
        d = self.d
        if t is None:
            return None
        if isinstance(t, str):
            rt = [d.ResourceType(d.ComponentInstance(d.Store()))] if t in ("own", "borrow") else []
            return getattr(d, "".join(w.capitalize() for w in t.split("-")) + "Type")(*rt)
        (kind, a), = [(k, v) for k, v in t.items() if k != "len"]
        if kind == "list": return d.ListType(self.ty(a), t.get("len"))
        if kind == "record": return d.RecordType([d.FieldType(l, self.ty(x)) for l, x in a])
        if kind == "tuple": return d.TupleType([self.ty(x) for x in a])
        if kind == "variant": return d.VariantType([d.CaseType(l, self.ty(x)) for l, x in a])
        if kind == "enum": return d.EnumType(list(a))
        if kind == "flags": return d.FlagsType(list(a))
        if kind == "option": return d.OptionType(self.ty(a))
        if kind == "result": return d.ResultType(self.ty(a[0]), self.ty(a[1]))
        if kind == "map": return d.MapType(self.ty(a[0]), self.ty(a[1]))
        if kind in ("stream", "future"): return (d.StreamType if kind == "stream" else d.FutureType)(self.ty(a))
        raise ValueError("unknown type " + kind)
    def into(self, t, v, enc):
        """JSON value -> value of the reference code."""
        sub = lambda u, x: self.into(u, x, enc)
        if isinstance(t, str):
            if t in ("f32", "f64"): return float(v)
            if t == "string":
                s, e = v if isinstance(v, list) else (v, enc)
                units = len(s.encode("utf-8")) if e == "utf8" else len(s.encode("utf-16-le")) // 2
                if e == "latin1+utf16" and any(ord(c) > 255 for c in s):
                    units |= self.d.utf16_tag("i32")     # the tagged form of the source
                return (s, e, units)
            return v if t in ("bool", "char") else int(v)
        (kind, a), = [(k, x) for k, x in t.items() if k != "len"]
        if kind == "list": return [sub(a, x) for x in v]
        if kind == "record": return {l: sub(u, v[l]) for l, u in a}
        if kind == "tuple": return {str(i): sub(u, x) for i, (u, x) in enumerate(zip(a, v, strict=True))}
        if kind == "map": return [{"0": sub(a[0], k), "1": sub(a[1], x)} for k, x in v]
        if kind == "flags": return {l: l in v for l in a}
        if kind == "enum": return {v: None}
        if kind == "variant": a, v = dict(map(tuple, a)), {v["case"]: v.get("value")}
        if kind == "option": return {"none": None} if v is None else {"some": sub(a, v["some"])}
        if kind == "result": a = {"ok": a[0], "error": a[1]}
        if kind not in ("variant", "result"): raise ValueError("no values of type " + kind)
        (k, x), = v.items()
        return {k: None if a[k] is None else sub(a[k], x)}
    def outof(self, t, v):
        """Value of the reference code -> JSON value."""
        if t is None: return None
        if isinstance(t, str):
            if t == "string": return [v[0], v[1]]
            if t in ("f32", "f64") and not math.isfinite(v):
                return "nan" if math.isnan(v) else "inf" if v > 0 else "-inf"
            return v
        (kind, a), = [(k, x) for k, x in t.items() if k != "len"]
        if kind == "list": return [self.outof(a, x) for x in v]
        if kind == "record": return {l: self.outof(u, v[l]) for l, u in a}
        if kind in ("tuple", "map"):
            pair = lambda ts, e: [self.outof(u, e[str(i)]) for i, u in enumerate(ts)]
            return pair(a, v) if kind == "tuple" else [pair(a, e) for e in v]
        if kind == "flags": return [l for l in a if v[l]]
        (k, x), = v.items()
        if kind == "enum": return k
        if kind == "variant": return {"case": k, "value": self.outof(dict(map(tuple, a))[k], x)}
        if kind == "option": return None if k == "none" else {"some": self.outof(a, x)}
        return {k: self.outof(a[0 if k == "ok" else 1], x)}

    def context(self, memory, enc, realloc=None):
        d = self.d
        opts = d.LiftLowerOptions(string_encoding=enc, memory=d.MemInst(memory, "i32"), realloc=realloc)
        return d.LiftLowerContext(opts, d.ComponentInstance(d.Store()))

    def answer(self, q):
        d, t = self.d, q["type"]
        ty, ptr = self.ty(t), q.get("ptr", "i32")
        core = d.flatten_type(ty, d.LiftLowerOptions(memory=d.MemInst(bytearray(), ptr)))
        if q["op"] == "layout":
            return {"size": d.elem_size(ty, ptr), "align": d.alignment(ty, ptr), "flat": core}
        enc, at = q.get("encoding", "utf8"), q.get("at")
        if q["op"] == "lower":
            memory, log, top = bytearray(q.get("memory", 65536)), [], 8
            if at is not None: top = at + d.elem_size(ty, "i32")
            def realloc(args):
                nonlocal top
                old, size, align, new = args
                ret = old if 0 < new <= size else d.align_to(top, align)
                if ret != old:
                    d.trap_if(ret + new > len(memory))
                    memory[ret:ret + size] = memory[old:old + size]
                    top = ret + new
                log.append([old, size, align, new, ret])
                return [ret]
            cx, v = self.context(memory, enc, realloc), self.into(t, q["value"], q.get("source", enc))
            flat = d.lower_flat(cx, v, ty) if at is None else d.store(cx, v, ty, at) or []
            flat = [bits(c, x) for c, x in zip(core, flat)]
            return {"flat": flat, "memory": memory[:top].hex(), "realloc": log}
        if q["op"] == "lift":
            cx = self.context(bytearray.fromhex(q.get("memory", "")), enc)
            if at is not None: return {"value": self.outof(t, d.load(cx, at, ty))}
            flat = d.CoreValueIter([unbits(c, x) for c, x in zip(core, q["flat"], strict=True)])
            return {"value": self.outof(t, d.lift_flat(cx, flat, ty))}
        raise ValueError("unknown op " + q["op"])

FMT = {"f32": "<f", "f64": "<d"}
def bits(core, x):
    return {"bits": struct.pack(FMT[core], x)[::-1].hex()} if core in FMT else x
def unbits(core, x):
    return struct.unpack(FMT[core], bytes.fromhex(x["bits"])[::-1])[0] if core in FMT else int(x)

def main():
    args = [a for a in sys.argv[1:] if a != "--self-test"]
    if len(args) != 1: sys.exit(__doc__)
    d = load(args[0], "definitions")
    patch(d)
    random.seed(0)
    if len(args) != len(sys.argv) - 1:
        return load(args[0], "run_tests") and None   # prints its own verdict, or raises
    oracle = Oracle(d)
    for line in filter(str.strip, sys.stdin):
        q = None
        try:
            q = json.loads(line)
            a = oracle.answer(q)
        except d.Trap:
            a = {"trap": True}
        except Exception as e:
            a = {"error": type(e).__name__ + ": " + str(e)}
        if isinstance(q, dict) and "id" in q: a["id"] = q["id"]
        print(json.dumps(a), flush=True)

if __name__ == "__main__":
    main()
