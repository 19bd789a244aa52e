"""The coefficients of NEAR_TANH in hyperbolic.ts: tanh(x) = x + x^3 P(x^2) on [0, 1], where P has
the least relative error, found by Lawson's iteration (weighted least squares, weights raised where
the error is large). Run: python3 scripts/special/fit-tanh.py (numpy 2.4.6, mpmath 1.3.0)."""

import mpmath
import numpy

mpmath.mp.dps = 30
COEFFICIENTS, POINTS = 7, 400

x = (1 - numpy.cos(numpy.pi * (numpy.arange(POINTS) + 0.5) / POINTS)) / 2
target = numpy.array([float((mpmath.tanh(v) - v) / v**3) for v in x])
relative = x**3 / numpy.tanh(x)
powers = numpy.vander(x * x, COEFFICIENTS, increasing=True)
weights = numpy.ones_like(x)
for _ in range(200):
    scale = relative * numpy.sqrt(weights)
    fit, *_ = numpy.linalg.lstsq(powers * scale[:, None], target * scale, rcond=None)
    error = numpy.abs((powers @ fit - target) * relative)
    weights *= error
    weights /= weights.sum()

print("largest relative error, in units of 2^-24:", error.max() * 2**24)
print([float(numpy.float32(c)) for c in fit])
