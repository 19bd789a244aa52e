"""Writes special.json: the special functions to more digits than a float64 has, for the tests of their errors.

Run it with Python 3.11 or newer and `pip install mpmath`:

    python special.py

A function is measured at points that the test draws again: `ranges` says how, from one stream of random numbers a
function (a linear congruential generator of 64 bits, Knuth's MMIX constants; u is its upper 53 bits over 2^53).

    ["uniform", a, b]         a + (b - a)·u
    ["binades", lo, hi]       ±(1 + u)·2^e with e from lo to hi, both signs; ["positive", ...] without the sign
    ["around", c, lo, hi]     c plus such a number of either sign; ["above", ...], ["below", ...] on one side
    ["multiples", c, n]       c·k with k an integer from 0 to n - 1
    ["integers", a, b]        an integer from a to b

`values` has 18 bits a point, as three characters of base 64: a sign, and 17 bits of the place of the true value
among the float64 numbers, in units of 1/32 of their distance. The test compares modulo 2^17, which is 4096 such
distances: a function that is wrong by more cannot pass hundreds of points by luck.
"""

import hashlib
import json
import math
import pathlib

import mpmath
from mpmath import mp, mpf

HERE = pathlib.Path(__file__).resolve()
SCRIPT = "packages/autograd/test/golden/special.py"
SEED = 1
POINTS = 1920
BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

SMALL = ["binades", -60, 3]
ANGLES = [
    ["uniform", -20, 20],
    ["multiples", math.pi / 2, 400],
    ["uniform", -1e6, 1e6],
    ["binades", -40, 1023],
]
ARC = [["uniform", -1, 1], ["binades", -60, -1], ["below", 1, -50, -2], ["above", -1, -50, -2]]
LOGS = [["positive", -1074, 1023], ["uniform", 0.3, 3], ["around", 1, -50, -2]]

RANGES = {
    "exp": [["uniform", -745, 709.7], ["uniform", -2, 2], SMALL],
    "expm1": [["uniform", -40, 709.7], ["uniform", -2, 2], SMALL],
    "log": LOGS,
    "log1p": [["positive", -60, 1023], ["uniform", -1, 3], ["above", -1, -50, -2], ["binades", -60, -1]],
    "log2": LOGS,
    "sin": ANGLES,
    "cos": ANGLES,
    "tan": ANGLES,
    "asin": ARC,
    "acos": ARC,
    "atan": [["uniform", -4, 4], ["binades", -60, 60]],
    "sinh": [["uniform", -710.4, 710.4], ["uniform", -4, 4], SMALL],
    "cosh": [["uniform", -710.4, 710.4], ["uniform", -4, 4], SMALL],
    "sech": [["uniform", -744, 744], ["uniform", -4, 4], SMALL],
    "tanh": [["uniform", -20, 20], ["uniform", -2, 2], SMALL],
    "asinh": [["uniform", -4, 4], ["binades", -60, 1023]],
    "acosh": [["uniform", 1, 5], ["positive", 0, 1023], ["above", 1, -50, 0]],
    "atanh": [["uniform", -1, 1], ["binades", -60, -1], ["below", 1, -50, -2]],
    "sigmoid": [["uniform", -744, 40], ["uniform", -6, 6], SMALL],
    "softplus": [["uniform", -744, 40], ["uniform", -6, 6], SMALL],
    "erf": [["uniform", -6, 6], ["uniform", -1.5, 1.5], SMALL],
    "erfc": [["uniform", -6, 27.2], ["uniform", -1.5, 3], SMALL],
    "erfInv": [["uniform", -1, 1], ["binades", -60, -1], ["below", 1, -50, -2]],
}

# Pairs of ranges, for functions of two numbers.
PAIRS = {
    "pow": [
        [["positive", -10, 10], ["uniform", -50, 50]],
        [["uniform", 0.5, 2], ["uniform", -700, 700]],
        [["around", 1, -50, -10], ["binades", 0, 50]],
        [["positive", -1074, 1023], ["uniform", -1, 1]],
        [["uniform", -10, 10], ["integers", -20, 20]],
    ],
    "atan2": [
        [["uniform", -3, 3], ["uniform", -3, 3]],
        [["binades", -5, 5], ["binades", -5, 5]],
        [["binades", -300, 300], ["binades", -300, 300]],
    ],
}


def erf_inv(x):
    """By Newton's method on erfc, which keeps its digits where x is close to 1."""
    if abs(x) < 0.5:
        return mpmath.erfinv(x)
    c = 1 - abs(x)
    y = mpmath.sqrt(-mpmath.log(c))
    for _ in range(200):
        step = (mpmath.erfc(y) - c) * mpmath.sqrt(mpmath.pi) / 2 * mpmath.exp(y * y)
        y += step
        if abs(step) < mpf(2) ** -150:
            return mpmath.sign(x) * y
    raise ArithmeticError(f"erfInv({x}) does not converge")


FUNCTIONS = {
    "log2": lambda x: mpmath.log(x) / mpmath.log(2),
    "sigmoid": lambda x: 1 / (1 + mpmath.exp(-x)),
    "softplus": lambda x: mpmath.log1p(mpmath.exp(x)),
    "erfInv": erf_inv,
    "pow": lambda a, b: a**b,
}


class Stream:
    def __init__(self):
        self.state = SEED

    def uniform(self):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 11) / 2**53

    def integer(self, lo, hi):
        return lo + math.floor(self.uniform() * (hi - lo + 1))

    def binade(self, lo, hi):
        return math.ldexp(1 + self.uniform(), self.integer(lo, hi))

    def signed(self, lo, hi):
        sign = -1 if self.uniform() < 0.5 else 1
        return sign * self.binade(lo, hi)

    def draw(self, kind, a, b, c=None):
        match kind:
            case "uniform":
                return a + (b - a) * self.uniform()
            case "binades":
                return self.signed(a, b)
            case "positive":
                return self.binade(a, b)
            case "around":
                return a + self.signed(b, c)
            case "above":
                return a + self.binade(b, c)
            case "below":
                return a - self.binade(b, c)
            case "multiples":
                return a * self.integer(0, b - 1)
            case "integers":
                return float(self.integer(a, b))


def place(t):
    """Where a positive number lies among the float64 numbers: its bit pattern, with a fraction. The last is infinity."""
    if t == 0:
        return mpf(0)
    e = max(mpmath.mag(t) - 1, -1022)
    return min((e + 1022) * mpf(2) ** 52 + t / mpf(2) ** (e - 52), mpf(2047) * 2**52)


def encode(t):
    units = int(mpmath.nint(place(abs(t)) * 32)) % 2**17 + (2**17 if t < 0 else 0)
    return BASE64[units >> 12] + BASE64[units >> 6 & 63] + BASE64[units & 63]


def values(name, ranges):
    f = FUNCTIONS.get(name) or getattr(mpmath, name)
    stream = Stream()
    out = []
    for i in range(POINTS):
        kinds = ranges[i % len(ranges)]
        points = [stream.draw(*kind) for kind in (kinds if isinstance(kinds[0], list) else [kinds])]
        # Enough digits for the remainder of the largest angle, and for 1 - tiny.
        with mp.workprec(1300 if name in ("sin", "cos", "tan") else 300):
            out.append(encode(f(*[mpf(x) for x in points])))
    return "".join(out)


def main():
    fixture = {
        "_made_by": {
            "script": SCRIPT,
            "sha256": hashlib.sha256(HERE.read_bytes()).hexdigest(),
            "mpmath": mpmath.__version__,
            "seed": SEED,
        },
        "points": POINTS,
        "functions": {
            name: {"ranges": ranges, "values": values(name, ranges)} for name, ranges in (RANGES | PAIRS).items()
        },
    }
    lines = ",\n    ".join(f'"{name}": {json.dumps(entry)}' for name, entry in fixture.pop("functions").items())
    head = json.dumps(fixture, indent=2)[:-2]
    HERE.with_suffix(".json").write_text(f'{head},\n  "functions": {{\n    {lines}\n  }}\n}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
