"""Runs programs of PyTorch for the benchmarks: one line of JSON in, one line of JSON out."""

import base64
import json
import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = "1"


def reply(**fields):
    print(json.dumps(fields), flush=True)


try:
    import torch
except ImportError as error:
    reply(error=str(error))
    sys.exit()

import programs

torch.set_num_threads(1)
torch.set_num_interop_threads(1)


def decode(array):
    dtype = getattr(torch, array["dtype"])
    flat = torch.frombuffer(bytearray(base64.b64decode(array["base64"])), dtype=dtype)
    return flat.reshape(array["shape"]).clone()


def answer(request, prepared):
    if request["ask"] == "prepare":
        inputs = {name: decode(array) for name, array in request["inputs"].items()}
        prepared.append((getattr(programs, request["program"])(**inputs), []))
        return {"id": len(prepared) - 1}
    run, latest = prepared[request["id"]]
    if request["ask"] == "run":
        start = time.perf_counter()
        for _ in range(request["count"]):
            latest[:] = [run()]
        return {"ms": (time.perf_counter() - start) * 1e3}
    output = torch.as_tensor(latest[0], dtype=torch.float32).detach().contiguous()
    return {"base64": base64.b64encode(output.numpy().tobytes()).decode()}


reply(version=torch.__version__)
prepared = []
for line in sys.stdin:
    try:
        reply(**answer(json.loads(line), prepared))
    except Exception as error:
        reply(error=repr(error))
