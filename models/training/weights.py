"""Weights as safetensors: 8 bytes with the header's length, a JSON header, then every tensor's values.

The values are float32; float16 where many networks that are only measured must be small (ablations).

The tensors have the network's own parameter names. The ONNX graphs refer to places in this file: it is the only one
that holds a model's numbers. The states that trainings write are PyTorch's own files.
"""

from dataclasses import asdict, dataclass
import json
import os
from pathlib import Path

import numpy as np
import torch

from config import NetworkConfig
from network import DAGF

MODELS = Path(__file__).resolve().parent.parent  # what ships
STORED = {"F32": "<f4", "F16": "<f2"}  # name in the header -> NumPy's type


@dataclass(frozen=True)
class Place:
    """Where a tensor lies: bytes from the beginning of the file."""

    dtype: str  # as in STORED
    shape: tuple
    offset: int
    length: int


def save_tensors(path: Path, tensors: dict, metadata: dict) -> None:
    """`tensors`: name -> float32 or float16 array; `metadata`: text -> text."""
    header, end = {"__metadata__": metadata}, 0
    for name, array in tensors.items():
        start, end = end, end + array.nbytes
        header[name] = dict(dtype=f"F{8 * array.itemsize}", shape=list(array.shape), data_offsets=[start, end])
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)  # the values begin at a multiple of 8 bytes
    temporary = path.with_suffix(".tmp")
    with open(temporary, "wb") as file:
        file.write(len(text).to_bytes(8, "little") + text)
        for array in tensors.values():
            file.write(np.ascontiguousarray(array, STORED[f"F{8 * array.itemsize}"]).tobytes())
    os.replace(temporary, path)


def places(path: Path) -> tuple[dict[str, Place], dict]:
    """Where every tensor lies, and the metadata."""
    with open(path, "rb") as file:
        length = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(length))
    metadata, begin = header.pop("__metadata__", {}), 8 + length
    span = lambda start, end: (begin + start, end - start)
    place = lambda entry: Place(entry["dtype"], tuple(entry["shape"]), *span(*entry["data_offsets"]))
    return {name: place(entry) for name, entry in header.items()}, metadata


def load_tensors(path: Path) -> dict[str, np.ndarray]:
    """All values as float32."""
    data = path.read_bytes()
    values = lambda place: np.frombuffer(data[place.offset : place.offset + place.length], STORED[place.dtype])
    return {name: values(place).reshape(place.shape).astype(np.float32) for name, place in places(path)[0].items()}


def write_state(path: Path, state: dict) -> None:
    """A training's state, as PyTorch writes it. Never half of it: under another name first."""
    temporary = path.with_suffix(".tmp")
    torch.save(state, temporary)
    os.replace(temporary, path)


def save_network(path: Path, network: DAGF, stored=np.float32) -> None:
    tensors = {n: value.detach().float().cpu().numpy().astype(stored) for n, value in network.state_dict().items()}
    save_tensors(path, tensors, dict(network="dagf", config=json.dumps(asdict(network.config))))


def load_network(path: Path) -> DAGF:
    """The network in evaluation mode on the CPU."""
    _, metadata = places(path)
    network = DAGF(NetworkConfig(**json.loads(metadata["config"])))
    network.load_state_dict({name: torch.from_numpy(values) for name, values in load_tensors(path).items()})
    return network.eval()


def load_cleaner(model: str | None) -> DAGF | None:
    """What cleans targets before they are enlarged, as it ships. `model`: the `denoised_by` of the one that enlarges them, empty or None
    where nothing does."""
    return load_network(MODELS / f"{model}.safetensors") if model else None
