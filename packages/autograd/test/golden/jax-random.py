"""Writes jax-random.json: what JAX's default generator draws, for neurite's random tests to agree with.

Run it with Python 3.11 or newer and `pip install jax jaxlib numpy`, on a CPU:

    python jax-random.py

The answers come from JAX itself; nothing below re-implements them. Keys are always made with
jax_enable_x64 off (JAX's default). For the float64 draws x64 is switched on and the same key data are used.
Every array is {"dtype", "shape", "data"}, data flat in row-major order; a float32 is written as the double that
equals it.
"""

import hashlib
import json
import os
import pathlib

os.environ.setdefault("JAX_PLATFORMS", "cpu")

import jax
import jax.numpy as jnp
import numpy as np
from jax.extend.random import threefry2x32_p

HERE = pathlib.Path(__file__).resolve()
SCRIPT = "packages/autograd/test/golden/jax-random.py"
SEEDS = [0, 1, 42, 2**31 + 5, -1]

# Published with Random123 for threefry2x32 with 20 rounds: name, key, counter, answer.
KNOWN = [
    ("zeros", ("00000000", "00000000"), ("00000000", "00000000"), ("6b200159", "99ba4efe")),
    ("ones", ("ffffffff", "ffffffff"), ("ffffffff", "ffffffff"), ("1cb996fc", "bb002be7")),
    ("pi", ("13198a2e", "03707344"), ("243f6a88", "85a308d3"), ("c4923a9c", "483df7a0")),
]

# The constants of XLA's inverse error function, highest power first (facts read from the compiled programs).
ERF_INV = {
    "float32": {
        "below5": [
            2.81022636e-08, 3.43273939e-07, -3.5233877e-06, -4.39150654e-06, 0.00021858087, -0.00125372503,
            -0.00417768164, 0.246640727, 1.50140941,
        ],
        "from5": [
            -0.000200214257, 0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773, -0.0076224613,
            0.00943887047, 1.00167406, 2.83297682,
        ],
    },
    "float64": {
        "below6.25": [
            -3.64441206401782e-21, -1.6850591381820166e-19, 1.28584807152564e-18, 1.1157877678025181e-17,
            -1.333171662854621e-16, 2.0972767875968562e-17, 6.637638134358324e-15, -4.054566272975207e-14,
            -8.151934197605472e-14, 2.6335093153082323e-12, -1.2975133253453532e-11, -5.415412054294628e-11,
            1.0512122733215323e-09, -4.112633980346984e-09, -2.9070369957882005e-08, 4.2347877827932404e-07,
            -1.3654692000834679e-06, -1.3882523362786469e-05, 0.00018673420803405714, -0.000740702534166267,
            -0.006033670871430149, 0.24015818242558962, 1.6536545626831027,
        ],
        "from6.25to16": [
            2.2137376921775787e-09, 9.075656193888539e-08, -2.7517406297064545e-07, 1.8239629214389228e-08,
            1.5027403968909828e-06, -4.013867526981546e-06, 2.9234449089955446e-06, 1.2475304481671779e-05,
            -4.7318229009055734e-05, 6.828485145957318e-05, 2.4031110387097894e-05, -0.0003550375203628475,
            0.0009532893797373805, -0.0016882755560235047, 0.002491442096107851, -0.003751208507569241,
            0.005370914553590064, 1.0052589676941592, 3.0838856104922208,
        ],
        "from16": [
            -2.7109920616438573e-11, -2.555641816996525e-10, 1.5076572693500548e-09, -3.789465440126737e-09,
            7.61570120807834e-09, -1.496002662714924e-08, 2.914795345090108e-08, -6.771199775845234e-08,
            2.2900482228026655e-07, -9.9298272942317e-07, 4.526062597223154e-06, -1.968177810553167e-05,
            7.599527703001776e-05, -0.00021503011930044477, -0.00013871931833623122, 1.0103004648645344,
            4.849906401408584,
        ],
    },
}

ALGORITHM = [
    "All uint32 sums wrap modulo 2^32; a key is a pair (k0, k1) of uint32; 'hash(key, c0, c1)' is threefry2x32.",
    "hash: 20 rounds. ks = [k0, k1, k0 ^ k1 ^ 0x1BD11BDA]. Start x0 = c0 + ks[0], x1 = c1 + ks[1]. Five groups g = 1..5 of four "
    "rounds; the rotations are 13, 15, 26, 6 in groups 1, 3, 5 and 17, 29, 16, 24 in groups 2, 4. One round: x0 += x1; "
    "x1 = rotl(x1, r); x1 ^= x0. After group g: x0 += ks[g mod 3]; x1 += ks[(g + 1) mod 3] + g.",
    "seed to key, x64 off: a Python int must fit in int64 (else OverflowError); it is cut to its low 32 bits. The high word is an "
    "unsigned shift of a 32-bit value by 32, which is 0. Key = (0, seed mod 2^32): -1 gives (0, 4294967295), 2^32 + 1 gives (0, 1).",
    "seed to key, x64 on: key = (high 32 bits, low 32 bits) of the two's complement int64: -1 gives (4294967295, 4294967295).",
    "counts (iota_2x32_shape): element i in row-major order has the 64-bit counter i as (c0, c1) = (high word, low word) = "
    "(floor(i / 2^32), i mod 2^32). A scalar shape has the one counter 0. So draws depend on the flat index only, not on the "
    "shape, and a longer draw begins with the shorter one.",
    "split(key, n): child i is the pair hash(key, 0, i), both words, for i in 0..n-1 (n may be a shape; i is then the flat index).",
    "fold_in(key, d): d is taken as uint32 (a Python int outside 0..2^32-1 is an OverflowError); the result is the pair "
    "hash(key, 0, d), so it equals child d of a long enough split.",
    "random bits: (a, b) = hash(key, c0, c1) for each element. 32 bits: a ^ b. 64 bits: a is the high word and b the low word. "
    "8 or 16 bits: the low 8 or 16 bits of a ^ b.",
    "uniform float32: m = bits32 >>> 9 (23 bits); put m below the exponent of 1.0 and subtract 1: u = m * 2^-23 exactly, in [0, 1). "
    "float64: m = bits64 >>> 12 (52 bits), u = m * 2^-52. The lowest 9 (12) bits are thrown away.",
    "uniform in [minval, maxval): both ends are rounded to the dtype first; span = maxval - minval rounded to the dtype; "
    "value = max(minval, u * span + minval). There is no guard against reaching maxval by rounding. On a CPU with fused "
    "multiply-add XLA rounds u * span + minval once, not twice: for float32 the sum in doubles rounded once to float32 agrees.",
    "normal: u = uniform in [lo, 1) with lo = the next float after -1 towards 0 (-1 + 2^-24 for float32, -1 + 2^-53 for float64); "
    "value = sqrt(2) rounded to the dtype, times erf_inv(u). The span 1 - lo rounds to exactly 2, and u = 2m * 2^-23 + lo "
    "(2m * 2^-52 + lo) is exact in the dtype: it is never 0, -1 or 1. One word (two for float64) of bits per value; no Box-Muller.",
    "erf_inv float32: w = -log1p(-(x * x)) with x * x rounded to float32; w < 5: t = w - 2.5 and coefficients below5; else "
    "t = sqrt(w) - 3 and from5. p by Horner's rule from the highest power, every step rounded to float32 (fused on CPUs that can). "
    "Result p * x; if |x| = 1, x times infinity.",
    "erf_inv float64: w = -log1p(-(x * x)); w < 6.25: t = w - 3.125, 23 coefficients below6.25; w < 16: t = sqrt(w) - 3.25, 19 "
    "coefficients from6.25to16; else t = sqrt(w) - 5, 17 coefficients from16. Horner and result as for float32.",
    "bernoulli(p): uniform(key, shape, dtype of p) < p, strictly. A Python float p is float32 with x64 off (rounded to float32 "
    "before the comparison) but float64 with x64 on, so the two modes draw different bits.",
    "permutation(key, n): x = 0..n-1; rounds = ceil(3 * ln(max(1, n)) / ln(2^32 - 1)), that is 0 for n <= 1, 1 up to n = 1625, 2 up to "
    "n = 2642245, then 3. Each round: key, sub = split(key, 2) (child 0 goes on, child 1 is used); sort x by "
    "bits32(sub, (n,)) as unsigned, ascending, stable.",
]


def arr(x):
    x = np.asarray(x)
    return {"dtype": str(x.dtype), "shape": list(x.shape), "data": x.reshape(-1).tolist()}


def hexes(x):
    return [f"{int(v):08x}" for v in x]


def u32s(key):
    return np.asarray(jax.random.key_data(key)).tolist()


def bind(key, counter):
    words = [jnp.array([int(v, 16)], dtype=jnp.uint32) for v in (*key, *counter)]
    return [f"{int(o[0]):08x}" for o in threefry2x32_p.bind(*words)]


def known_answers():
    out = []
    for name, key, counter, answer in KNOWN:
        got = bind(key, counter)
        assert got == list(answer), (name, got)
        out.append({"name": name, "key": list(key), "counter": list(counter), "out": got})
    return out


def permutations(key):
    long = np.asarray(jax.random.permutation(key, 5000)).astype("<i4")
    return {
        "1": np.asarray(jax.random.permutation(key, 1)).tolist(),
        "10": np.asarray(jax.random.permutation(key, 10)).tolist(),
        "17": np.asarray(jax.random.permutation(key, 17)).tolist(),
        "5000": {
            "sha256OfLittleEndianInt32": hashlib.sha256(long.tobytes()).hexdigest(),
            "first8": long[:8].tolist(),
        },
    }


def draws(seed):
    r = jax.random
    key = r.key(seed, impl="threefry2x32")
    data = np.asarray(r.key_data(key))
    f32 = jnp.float32
    out = {
        "seed": seed,
        "key": u32s(key),
        "split2": u32s(r.split(key, 2)),
        "split5": u32s(r.split(key, 5)),
        "foldIn": {str(d): u32s(r.fold_in(key, d)) for d in (0, 7, 123456)},
        "bits32": [arr(r.bits(key, s, dtype=jnp.uint32)) for s in ((5,), (2, 3))],
        "uniform": [arr(r.uniform(key, s, dtype=f32)) for s in ((), (7,), (3, 4))],
        "uniformMinus2To3": arr(r.uniform(key, (7,), dtype=f32, minval=-2, maxval=3)),
        "normal": [arr(r.normal(key, (9,), dtype=f32))],
        "bernoulli0.3": {"float32": np.asarray(r.bernoulli(key, 0.3, (12,))).tolist()},
        "permutation": permutations(key),
    }
    with jax.enable_x64(True):
        key = r.wrap_key_data(jnp.asarray(data), impl="threefry2x32")
        f64 = jnp.float64
        bits = np.asarray(r.bits(key, (3,), dtype=jnp.uint64))
        out["bits64Hex"] = [f"{int(b):016x}" for b in bits]
        out["uniform"].append(arr(r.uniform(key, (7,), dtype=f64)))
        out["normal"].append(arr(r.normal(key, (9,), dtype=f64)))
        out["bernoulli0.3"]["float64"] = np.asarray(r.bernoulli(key, 0.3, (12,))).tolist()
        assert permutations(key) == out["permutation"]
    return out


def keys_under_x64():
    seeds = [*SEEDS, 2**32 + 1, 2**40 + 7]
    off = [u32s(jax.random.key(s)) for s in seeds]
    with jax.enable_x64(True):
        on = [u32s(jax.random.key(s)) for s in seeds]
    return [{"seed": s, "x64Off": a, "x64On": b} for s, a, b in zip(seeds, off, on)]


def render(value, indent=0, width=116):
    """JSON with short values on one line and long lists of plain values wrapped."""
    flat = json.dumps(value, allow_nan=False)
    if len(flat) + indent <= width or not isinstance(value, (dict, list)) or not value:
        return flat
    pad, end = " " * (indent + 2), " " * indent
    if isinstance(value, dict):
        items = [f"{json.dumps(k)}: {render(v, indent + 2, width)}" for k, v in value.items()]
        return "{\n" + ",\n".join(pad + i for i in items) + "\n" + end + "}"
    if any(isinstance(v, (dict, list, str)) for v in value):
        return "[\n" + ",\n".join(pad + render(v, indent + 2, width) for v in value) + "\n" + end + "]"
    lines, line = [], ""
    for v in value:
        text = json.dumps(v, allow_nan=False) + ", "
        if line and len(pad) + len(line) + len(text) > width:
            lines.append(line.rstrip())
            line = ""
        line += text
    lines.append(line.rstrip(", "))
    return "[\n" + "\n".join(pad + i for i in lines) + "\n" + end + "]"


def main():
    jax.config.update("jax_enable_x64", False)
    jax.config.update("jax_threefry_partitionable", True)
    fixture = {
        "_made_by": {
            "script": SCRIPT,
            "sha256": hashlib.sha256(HERE.read_bytes()).hexdigest(),
            "jax": jax.__version__,
            "seed": SEEDS,
        },
        "algorithm": ALGORITHM,
        "erfInvCoefficients": ERF_INV,
        "threefry2x32": known_answers(),
        "keys": keys_under_x64(),
        "draws": [draws(s) for s in SEEDS],
    }
    HERE.with_suffix(".json").write_text(render(fixture) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
