"""What PyTorch and OpenCV take for the deep guided filter, its network at full resolution and the exact operators: each case in
a process that can be ended.

    python gpu_pytorch.py FOLDER CASE …     FOLDER as measure_gpu_dgf.py prepares it; prints a line of JSON for every case

A case is the name of a model, `exact OPERATOR` or `OpenCV l0Smooth`.
"""

import json
import queue
import subprocess
import sys
import threading
import time
from pathlib import Path

import cv2
import numpy as np
import torch

from dgf.conditions import defaults
from dgf.config import DgfConfig
from dgf.folded import Folded
from dgf.measure import filtered
from dgf.teachers import TEACHERS
from weights import load_tensors, places

REPOSITORY = Path(__file__).resolve().parents[2]
STARTING = 60  # seconds for PyTorch and the GPU to be there
LONGEST = 40  # seconds of a case
EXACT, OPENCV = "exact ", "OpenCV l0Smooth"
PICTURE = "photograph.bin"  # its bytes for the application, which reads no JPEG here
L0_LAMBDA = 0.02  # the filter's default, and OpenCV's
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"


def photograph(folder: Path) -> np.ndarray:
    """[H, W, 3], sRGB bytes"""
    return np.ascontiguousarray(cv2.imread(str(folder / "photograph.jpg"), cv2.IMREAD_COLOR)[..., ::-1])


def unpack(folder: Path) -> None:
    """Writes the photograph as PICTURE, [3, H, W]."""
    photograph(folder).transpose(2, 0, 1).tofile(folder / PICTURE)


def tensor(picture: np.ndarray) -> torch.Tensor:
    """[1, 3, H, W], 0..1, on the CPU"""
    return torch.from_numpy(np.ascontiguousarray(picture.transpose(2, 0, 1)))[None].float() / 255


def folded(weights: Path, device: str = "cpu") -> Folded:
    tensors = {name: torch.from_numpy(values).to(device) for name, values in load_tensors(weights).items()}
    return Folded(DgfConfig(**json.loads(places(weights)[1]["config"])), tensors)


def settled() -> float:
    if DEVICE == "cuda":
        torch.cuda.synchronize()
    return time.perf_counter()


def timed(run, warm: int, runs: int) -> dict:
    """Milliseconds."""
    times = []
    for _ in range(warm + runs):
        start = settled()
        run()
        times.append(1000 * (settled() - start))
    measured = sorted(times[warm:])
    return dict(first=times[0], median=float(np.median(measured)), best=measured[0], runs=runs)


def of_model(folder: Path, name: str) -> dict:
    """In eager mode, float32, with the picture and the result on the device, and with the copies to and from it."""
    model = json.loads((folder / "models.json").read_text())[name]
    network, picture = folded(folder / "models" / f"{name}.safetensors", DEVICE), tensor(photograph(folder))[0]
    operator = model["operator"]
    values, side = defaults(operator), model["side"]
    there = picture.to(DEVICE)
    alone = timed(lambda: filtered(network, there, operator, values, side), 3, 20)
    copied = timed(lambda: filtered(network, picture.to(DEVICE), operator, values, side).cpu(), 1, 5)
    return dict(alone, withCopies=copied)


def of_operator(folder: Path, operator: str) -> dict:
    """The exact operator at its defaults, picture and result on the device."""
    picture = tensor(photograph(folder)).to(DEVICE)
    values = torch.from_numpy(defaults(operator)).float().to(DEVICE)[None]
    return timed(lambda: TEACHERS[operator](picture, values), 1, 2)


def of_opencv(folder: Path) -> dict:
    if not hasattr(cv2, "ximgproc"):
        raise RuntimeError("OpenCV is there without ximgproc: l0Smooth was not measured")
    picture = photograph(folder)
    threads = cv2.getNumThreads()
    return dict(timed(lambda: cv2.ximgproc.l0Smooth(picture, None, L0_LAMBDA, 2.0), 0, 1), threads=threads, device="cpu")


@torch.no_grad()
def answer(folder: Path, case: str) -> dict:
    about = dict(case=case, device=DEVICE)
    try:
        if case == OPENCV:
            return dict(about, **of_opencv(folder))
        if case.startswith(EXACT):
            return dict(about, **of_operator(folder, case[len(EXACT) :]))
        return dict(about, **of_model(folder, case))
    except Exception as failure:  # whatever it is: the next case is worth a try
        # Where the machine keeps the repository is nobody's business.
        return dict(about, failed=f"{type(failure).__name__}: {failure}".replace(f"{REPOSITORY}/", "")[:300])


def run_cases(folder: Path, cases: list[str], seconds: float) -> list[dict]:
    """The cases in their order, for so long."""
    found, end = [], time.monotonic() + seconds
    while len(found) < len(cases) and time.monotonic() < end:
        left = cases[len(found) :]
        command = [sys.executable, __file__, str(folder), *left]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            found += answers(process, left, end)
            process.kill()
    return [*found, *(dict(case=case, failed="no time was left") for case in cases[len(found) :])]


def answers(process: subprocess.Popen, cases: list[str], end: float) -> list[dict]:
    """What a process says of its cases, up to the first that it does not survive or that takes too long."""
    lines, found = queue.Queue(), []
    threading.Thread(target=lambda: [*map(lines.put, process.stdout), lines.put("")], daemon=True).start()
    for case in cases:
        patience = min(LONGEST if found else STARTING, end - time.monotonic())
        try:
            line = lines.get(timeout=max(0.0, patience))
        except queue.Empty:
            return [*found, dict(case=case, failed=f"stopped after {patience:.0f} s")]
        if not line:
            return [*found, dict(case=case, failed="it ended the process")]
        print(line.rstrip(), flush=True)
        found.append(json.loads(line))
    return found


def main() -> None:
    folder, *cases = sys.argv[1:]
    for case in cases:
        print(json.dumps(answer(Path(folder), case)), flush=True)


if __name__ == "__main__":
    main()
