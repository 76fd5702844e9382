#!/usr/bin/env python3
"""Makes the ABI vectors of abi-runtime/tests/data with the reference code of the Canonical ABI.

    cargo xtask vectors

The reference code is that of the component-model suite that the package `wasm-tools` ships (tests/suites/Cargo.toml).
The same reference code gives the same files. Each line is a JSON object:

layout.jsonl    {"type", "size", "align", "flat"}        flat: the core types, or the number of more than 16
values.jsonl    {"type", "value", "encoding", "at"?, "flat", "memory", "realloc"}          a value, lowered
lifts.jsonl     {"type", "encoding", "at", "memory", "value" | "trap": true}               changed bytes, lifted
strings.jsonl   {"text", "form", "encoding", "flat", "memory", "realloc"}                  a string of a form, stored

Types and values are those of oracle.py, save that floats are their bits in hex and strings are plain.
"""
import json, os, random, struct, sys

import oracle

ENCODINGS = ["utf8", "utf16", "latin1+utf16"]
NUMBERS = ["s8", "u8", "s16", "u16", "s32", "u32", "s64", "u64", "f32", "f64"]
PAGE = {"record": [["title", "string"], ["tags", {"list": "string"}], ["size", {"option": "u64"}]]}
SHAPE = {"variant": [["empty", None], ["circle", "f32"], ["polygon", {"list": {"tuple": ["s16", "s16"]}}], ["named", PAGE]]}
COLOR = {"enum": ["red", "green", "blue"]}
RIGHTS = {"flags": ["read", "write", "execute"]}

# The types that abi-runtime/tests/it/vectors.rs has as Rust types.
TYPES = NUMBERS + ["bool", "char", "string"] + [{"list": t} for t in NUMBERS + ["bool", "char", "string"]] + [
    {"tuple": ["u8", "u16", "u32", "u64"]},
    {"tuple": ["s8", "f64", "char", "bool"]},
    {"tuple": ["u64", "string", "u8"]},
    {"option": "u8"}, {"option": "u64"}, {"option": "string"}, {"option": {"option": "f32"}},
    {"result": ["u8", "string"]}, {"result": [None, "f32"]}, {"result": ["s64", None]}, {"result": [None, None]},
    {"result": ["f64", {"list": "u8"}]}, {"result": [{"tuple": ["f32", "u64"]}, "f64"]},
    {"list": {"list": "string"}}, {"list": {"tuple": ["string", "u8"]}}, {"list": {"option": "string"}},
    {"list": {"result": ["u16", "f64"]}},
    {"map": ["string", "u64"]}, {"map": ["u16", {"option": "char"}]}, {"map": ["char", {"list": "u8"}]},
    {"list": "u16", "len": 3}, {"list": "string", "len": 2}, {"list": {"list": "s8", "len": 5}},
    {"tuple": [{"list": "f32", "len": 17}]},
    PAGE, {"list": PAGE}, {"option": PAGE}, SHAPE, {"list": SHAPE}, COLOR, RIGHTS,
    {"list": {"tuple": [COLOR, RIGHTS]}}, {"result": [SHAPE, COLOR]},
]

def kind_of(t):
    return next((k, v) for k, v in t.items() if k != "len")

# Random types, for layouts only.
def random_type(rng, depth):
    leaves = NUMBERS + ["bool", "char", "string", "error-context", "own", "borrow"]
    kind = "leaf" if depth == 0 else rng.choice(
        ["leaf", "list", "record", "tuple", "variant", "enum", "flags", "option", "result", "map", "stream", "future"])
    sub = lambda: random_type(rng, depth - 1)
    maybe = lambda: sub() if rng.random() < 0.7 else None
    labels = lambda n: ["l%d" % i for i in range(n)]
    if kind == "leaf": return rng.choice(leaves)
    if kind == "list":
        return {"list": sub(), "len": rng.randint(1, 6)} if rng.random() < 0.4 else {"list": sub()}
    if kind == "record": return {"record": [[l, sub()] for l in labels(rng.randint(1, 7))]}
    if kind == "tuple": return {"tuple": [sub() for _ in range(rng.randint(1, 6))]}
    if kind == "variant":
        cases = 257 if rng.random() < 0.03 else rng.choice([1, 2, 3, 4, 8])
        return {"variant": [[l, maybe() if i < 8 else None] for i, l in enumerate(labels(cases))]}
    if kind == "enum": return {"enum": labels(rng.choice([1, 2, 5, 255, 256, 257, 1000]))}
    if kind == "flags": return {"flags": labels(rng.choice([1, 7, 8, 9, 16, 17, 31, 32]))}
    if kind == "option": return {"option": sub()}
    if kind == "result": return {"result": [maybe(), maybe()]}
    if kind == "map": return {"map": [rng.choice(["string", "u8", "s64", "char", "bool"]), sub()]}
    return {kind: maybe()}

def compact(t):
    """Hundreds of equal labels are a number in the files."""
    if isinstance(t, dict):
        kind, a = kind_of(t)
        if kind in ("enum", "flags") and a == ["l%d" % i for i in range(len(a))]:
            return {kind: len(a)}
        if isinstance(a, dict): a = compact(a)
        elif isinstance(a, list): a = [compact(x) for x in a]
        return {**t, kind: a}
    if isinstance(t, list):
        return [compact(x) for x in t]
    return t

TEXTS = ["", "a", "plain text", "é", "naïve café", "€", "a€b", "🦀", "x🦀y€z", "ÿĀ", "ééééééé€", "日本語", "\u0000\u007f\u0080\u07ff\u0800\uffff"]

def random_text(rng):
    if rng.random() < 0.5: return rng.choice(TEXTS)
    chars = rng.choice(["ab z", "abé", "aéÿ", "aé€", "€日本", "a🦀"])
    return "".join(rng.choice(chars) for _ in range(rng.randint(0, 12)))

def random_int(rng, t):
    bits, signed = int(t[1:]), t[0] == "s"
    low, high = (-(1 << bits - 1), (1 << bits - 1) - 1) if signed else (0, (1 << bits) - 1)
    return rng.choice([low, high, 0, 1, rng.randint(low, high), rng.randint(low, high)])

def random_value(rng, t):
    sub = lambda u: random_value(rng, u)
    if t in ("f32", "f64"):
        value = rng.choice(["inf", "-inf", "nan", 0.0, -0.0, rng.randint(-9999, 9999) / 64, 2.0 ** rng.randint(-100, 100)])
        return value
    if t == "bool": return rng.random() < 0.5
    if t == "char": return rng.choice("a~é€🦀\u0000\ud7ff\ue000\U0010ffff")
    if t == "string": return random_text(rng)
    if isinstance(t, str): return random_int(rng, t)
    kind, a = kind_of(t)
    if kind == "list": return [sub(a) for _ in range(t.get("len", rng.randint(0, 4)))]
    if kind == "record": return {l: sub(u) for l, u in a}
    if kind == "tuple": return [sub(u) for u in a]
    if kind == "variant":
        label, payload = rng.choice(a)
        return {"case": label, "value": None if payload is None else sub(payload)}
    if kind == "enum": return rng.choice(a)
    if kind == "flags": return [l for l in a if rng.random() < 0.5]
    if kind == "option": return None if rng.random() < 0.4 else {"some": sub(a)}
    if kind == "result":
        case, payload = rng.choice([("ok", a[0]), ("error", a[1])])
        return {case: None if payload is None else sub(payload)}
    if kind == "map":  # in the order of the keys, as a sorted map lowers them
        keys = sorted({sub(a[0]) for _ in range(rng.randint(0, 4))})
        return [[k, sub(a[1])] for k in keys]

def plain(t, v):
    """Floats as their bits, strings without their encoding."""
    if t in ("f32", "f64"):
        f = float(v)
        if f != f: return {"f32": "7fc00000", "f64": "7ff8000000000000"}[t]
        return struct.pack({"f32": ">f", "f64": ">d"}[t], f).hex()
    if t == "string": return v[0] if isinstance(v, list) else v
    if isinstance(t, str) or t is None: return v
    kind, a = kind_of(t)
    if kind == "list": return [plain(a, x) for x in v]
    if kind == "record": return {l: plain(u, v[l]) for l, u in a}
    if kind == "tuple": return [plain(u, x) for u, x in zip(a, v)]
    if kind == "variant":
        return {"case": v["case"], "value": plain(dict(map(tuple, a))[v["case"]], v["value"])}
    if kind == "option": return None if v is None else {"some": plain(a, v["some"])}
    if kind == "result": return {k: plain(a[k == "error"], x) for k, x in v.items()}
    if kind == "map": return [[plain(a[0], k), plain(a[1], x)] for k, x in v]
    return v

def changed(rng, memory, size):
    """The bytes with a few of those of the value itself, or of what it points to, changed."""
    memory = bytearray(memory)
    for _ in range(rng.randint(1, 3)):
        at = rng.randrange(8, 8 + size) if rng.random() < 0.6 else rng.randrange(8, len(memory))
        memory[at] = rng.choice([0, 1, 2, 3, 0x20, 0x7f, 0x80, 0xd8, 0xff, rng.randrange(256)])
    return bytes(memory)

def layouts(rng, ask):
    for _ in range(600):
        t = random_type(rng, rng.randint(1, 3))
        answer = ask({"op": "layout", "type": t})
        if len(answer["flat"]) > 16: answer["flat"] = len(answer["flat"])  # it travels in memory
        yield {"type": compact(t), **answer}

def lowered(t, v, encoding, answer, at):
    case = {"type": t, "value": plain(t, v), "encoding": encoding}
    if at is not None: case["at"] = at
    flat = [int(x["bits"], 16) if isinstance(x, dict) else x for x in answer["flat"]]
    return {**case, "flat": flat, "memory": answer["memory"], "realloc": answer["realloc"]}

def values_and_lifts(rng, ask):
    values, lifts = [], []
    for t in TYPES:
        layout = ask({"op": "layout", "type": t})
        for _ in range(8):
            v, encoding = random_value(rng, t), rng.choice(ENCODINGS)
            question = {"op": "lower", "type": t, "value": v, "source": "utf8", "encoding": encoding}
            if len(layout["flat"]) <= 16:
                values.append(lowered(t, v, encoding, ask(question), None))
            answer = ask({**question, "at": 8})
            values.append(lowered(t, v, encoding, answer, 8))
            for _ in range(2):
                memory = changed(rng, bytes.fromhex(answer["memory"]), layout["size"]).hex()
                lifted = ask({"op": "lift", "type": t, "encoding": encoding, "memory": memory, "at": 8})
                if "value" in lifted: lifted = {"value": plain(t, lifted["value"])}
                lifts.append({"type": t, "encoding": encoding, "at": 8, "memory": memory, **lifted})
    return values, lifts

def strings(rng, ask):
    for text in TEXTS + [random_text(rng) for _ in range(12)]:
        latin1 = all(ord(c) < 256 for c in text)
        forms = [("utf8", "utf8"), ("utf16", "utf16"), ("latin1" if latin1 else "tagged-utf16", "latin1+utf16")]
        for form, source in forms:
            for encoding in ENCODINGS:
                answer = ask({"op": "lower", "type": "string", "value": [text, source], "encoding": encoding})
                yield {"text": text, "form": form, "encoding": encoding, **answer}

def main():
    if len(sys.argv) != 1: sys.exit(__doc__)
    reference = oracle.load(oracle.reference(), "definitions")
    oracle.patch(reference)
    judge = oracle.Oracle(reference)
    def ask(question):
        try:
            return judge.answer(question)
        except reference.Trap:
            return {"trap": True}
    rng = random.Random(1)
    values, lifts = values_and_lifts(rng, ask)
    files = {"layout": layouts(rng, ask), "values": values, "lifts": lifts, "strings": strings(rng, ask)}
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../abi-runtime/tests/data")
    os.makedirs(folder, exist_ok=True)
    for name, cases in files.items():
        with open(os.path.join(folder, name + ".jsonl"), "w", encoding="utf-8") as f:
            for case in cases:
                print(json.dumps(case, separators=(",", ":")), file=f)

if __name__ == "__main__":
    main()
