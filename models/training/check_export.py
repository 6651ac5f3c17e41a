"""Proves the exported forms equal to PyTorch and to each other, on sizes that exercise every border.

    python check_export.py [--weights weights/dagf-x8-bicubic.npz] [--provider cpu|webgpu] [--time 640x480]

Without weights a network with random ones is checked. Needs node and the repository's onnxruntime-node.
"""

import argparse
import json
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import torch

from export import export
from network import DAGF
from onnx_filtering import FORMS
from weights import load_network

SIZES = ((8, 8), (72, 104), (64, 120))
TO_PYTORCH, TO_EACH_OTHER = 1e-4, 1e-5  # largest differences, in units of the target's range
RUNNER = Path(__file__).with_name("run_onnx.mjs")


def random_network() -> DAGF:
    torch.manual_seed(0)
    network = DAGF().eval()
    with torch.no_grad():
        for parameter in network.parameters():
            parameter += 0.02 * torch.randn_like(parameter)
    return network


def run(model: Path, folder: Path, height: int, width: int, provider: str, runs: int = 1) -> dict:
    command = ["node", str(RUNNER), str(model), str(folder), str(height), str(width), str(runs), provider]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1])


def write_inputs(folder: Path, height: int, width: int) -> tuple:
    generator = torch.Generator().manual_seed(height * 1000 + width)
    inputs = torch.rand(1, 1, height, width, generator=generator), torch.rand(1, 3, height, width, generator=generator)
    for name, value in zip(("target", "guidance"), inputs):
        value.numpy().tofile(folder / f"{name}.bin")
    return inputs


@torch.no_grad()
def check(network: DAGF, folder: Path, provider: str) -> None:
    paths = {form: export(network, form, folder, form) for form in FORMS}
    for height, width in SIZES:
        expected = network(*write_inputs(folder, height, width))
        results = {}
        for form, files in paths.items():
            for file in files:
                for name in run(file, folder, height, width, provider)["outputs"]:
                    found = np.fromfile(folder / f"{name}.bin", np.float32)
                    error = float(np.abs(found - expected[int(name[2:])].numpy().ravel()).max())
                    assert error <= TO_PYTORCH, (file.name, name, error)
                    other = results.setdefault(name, found)
                    assert np.abs(found - other).max() <= TO_EACH_OTHER, (file.name, name)
        print(f"{height}x{width} {provider}: every form and file agrees", flush=True)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--weights", type=Path)
    arguments.add_argument("--provider", default="cpu")
    arguments.add_argument("--time", help="also print time and peak memory at WIDTHxHEIGHT")
    options = arguments.parse_args()
    torch.set_num_threads(1)
    network = load_network(options.weights) if options.weights else random_network()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        check(network, folder, options.provider)
        if options.time:
            width, height = map(int, options.time.split("x"))
            write_inputs(folder, height, width)
            for file in sorted(folder.glob("*.onnx")):
                result = run(file, folder, height, width, options.provider, runs=6)
                print(file.name, f"{min(result['milliseconds'][1:]):.0f} ms, {result['peakMegabytes']:.0f} MB")


if __name__ == "__main__":
    main()
