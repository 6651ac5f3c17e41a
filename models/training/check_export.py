"""Proves the exported forms equal to PyTorch and to each other, on sizes that exercise every border.

    python check_export.py [--weights ../dagf-x8-bicubic.safetensors] [--provider cpu|webgpu] [--time 640x480]

Without weights networks of several shapes with random ones are checked. Needs node and the repository's
onnxruntime-node.
"""

import argparse
import json
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import torch

from config import NetworkConfig
from export import export, export_parts, size_multiple
from inspection import kernel_parts
from network import DAGF
from onnx_filtering import FORMS
from weights import load_network, save_network

SHAPES = [
    NetworkConfig(),
    *(NetworkConfig(levels=levels, channels=16, blocks=1) for levels in (1, 2, 4)),
    *(NetworkConfig(levels=levels, channels=8, blocks=1, stride=2) for levels in (2, 3)),
    *(NetworkConfig(kernel=kernel, channels=8, blocks=1) for kernel in (1, 5, 7)),
    *(NetworkConfig(channels=8, blocks=1, source=source, extra_blocks=2) for source in ("target", "guidance")),
    *(NetworkConfig(channels=8, blocks=1, combination=combination) for combination in ("mul", "sum")),
    *(NetworkConfig(channels=8, blocks=1, stride=stride, noisy=1) for stride in (1, 2)),
]
SIZES = ((1, 1), (9, 13), (8, 15))  # in units of the network's size multiple
# Largest differences, in units of the target's range; float16 only serves previews.
TO_PYTORCH, TO_EACH_OTHER, FLOAT16_TO_PYTORCH = 1e-4, 1e-5, 3e-3
RUNNER = Path(__file__).with_name("run_onnx.mjs")


def random_network(config: NetworkConfig) -> DAGF:
    torch.manual_seed(0)
    network = DAGF(config).eval()
    with torch.no_grad():
        for parameter in network.parameters():
            parameter += 0.02 * torch.randn_like(parameter)
    return network


def run(model: Path, folder: Path, height: int, width: int, provider: str, runs: int = 1) -> dict:
    command = ["node", str(RUNNER), str(model), str(folder), str(height), str(width), str(runs), provider]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1])


def write_inputs(folder: Path, height: int, width: int) -> list[torch.Tensor]:
    """Target, guidance and noisy target, for PyTorch; graphs take of them what they have inputs for."""
    generator = torch.Generator().manual_seed(height * 1000 + width)
    inputs = [torch.rand(1, channels, height, width, generator=generator) for channels in (1, 3, 1)]
    for name, value in zip(("target", "guidance", "noisy"), inputs):
        value.numpy().tofile(folder / f"{name}.bin")
    return inputs


@torch.no_grad()
def check(network: DAGF, folder: Path, provider: str, trained: bool) -> None:
    weights = folder / "network.safetensors"
    save_network(weights, network)
    paths = {form: export(weights, form, f"-{form}") for form in FORMS}
    multiple = size_multiple(network.config)
    for height, width in ((y * multiple, x * multiple) for y, x in SIZES):
        expected = network(*write_inputs(folder, height, width))
        results = {}
        for form, files in paths.items():
            for file in files:
                half = ".f16." in file.name
                if half and not trained:
                    continue
                (name,) = run(file, folder, height, width, provider)["outputs"]
                found = np.fromfile(folder / f"{name}.bin", np.float32)
                error = float(np.abs(found - expected[int(name[2:])].numpy().ravel()).max())
                assert error <= (FLOAT16_TO_PYTORCH if half else TO_PYTORCH), (file.name, name, error)
                if not half:
                    other = results.setdefault(name, found)
                    assert np.abs(found - other).max() <= TO_EACH_OTHER, (file.name, name)
        print(f"{network.config} {height}x{width} {provider}: every form and file agrees", flush=True)


@torch.no_grad()
def check_parts(network: DAGF, folder: Path, provider: str) -> None:
    """Kernels and attention of the graph are those of PyTorch, there with the taps row by row and without padding."""
    weights, side = folder / "parts.safetensors", 2 * size_multiple(network.config)
    save_network(weights, network)
    levels = kernel_parts(network, *write_inputs(folder, side, side))
    outputs = run(export_parts(weights), folder, side, side, provider)["outputs"]
    size = network.config.kernel
    assert len(outputs) == 1 + sum(len(parts) for parts in levels), outputs
    for index, parts in enumerate(levels):
        for name, expected in parts.items():
            found = np.fromfile(folder / f"{name}_{index}.bin", np.float32).reshape(-1, *expected.shape[-2:])
            by_rows = found[: size * size].reshape(size, size, *found.shape[1:]).swapaxes(0, 1)
            assert np.abs(by_rows.reshape(expected.shape) - expected.numpy()).max() <= TO_PYTORCH, (name, index)
    print(f"{network.config} {provider}: kernels and attention agree", flush=True)


@torch.no_grad()
def check_stored(folder: Path, provider: str) -> None:
    """Weights stored as float16 are computed with as they were read."""
    weights = folder / "small.safetensors"
    save_network(weights, random_network(NetworkConfig(channels=8, blocks=1)), np.float16)
    expected = load_network(weights)(*write_inputs(folder, 16, 24))[-1].numpy().ravel()
    (name,) = run(export(weights)[0], folder, 16, 24, provider)["outputs"]
    assert np.abs(np.fromfile(folder / f"{name}.bin", np.float32) - expected).max() <= TO_PYTORCH
    print("weights stored as float16 agree", flush=True)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--weights", type=Path)
    arguments.add_argument("--provider", default="cpu")
    arguments.add_argument("--time", help="also print time and peak memory at WIDTHxHEIGHT")
    options = arguments.parse_args()
    torch.set_num_threads(1)
    networks = [load_network(options.weights)] if options.weights else map(random_network, SHAPES)
    for network in networks:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            check(network, folder, options.provider, options.weights is not None)
            check_parts(network, folder, options.provider)
            if options.time:
                width, height = map(int, options.time.split("x"))
                write_inputs(folder, height, width)
                for file in sorted(folder.glob("*.onnx")):
                    result = run(file, folder, height, width, options.provider, runs=6)
                    print(file.name, f"{min(result['milliseconds'][1:]):.0f} ms, {result['peakMegabytes']:.0f} MB")
    with tempfile.TemporaryDirectory() as name:
        check_stored(Path(name), options.provider)


if __name__ == "__main__":
    main()
