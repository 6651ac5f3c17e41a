"""Weights as safetensors: 8 bytes with the header's length, a JSON header, then every tensor's float32 values.

The tensors have the network's own parameter names. The ONNX graphs refer to places in this file: it is the only one
that holds a model's numbers.
"""

from dataclasses import asdict, dataclass
import json
import os
from pathlib import Path

import numpy as np
import torch

from config import NetworkConfig
from network import DAGF

FLOAT_BYTES = 4


@dataclass(frozen=True)
class Place:
    """Where a tensor lies: bytes from the beginning of the file."""

    shape: tuple
    offset: int
    length: int


def save_tensors(path: Path, tensors: dict, metadata: dict) -> None:
    """`tensors`: name -> float32 array; `metadata`: text -> text."""
    header, end = {"__metadata__": metadata}, 0
    for name, array in tensors.items():
        start, end = end, end + FLOAT_BYTES * array.size
        header[name] = dict(dtype="F32", shape=list(array.shape), data_offsets=[start, end])
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)  # the values begin at a multiple of 8 bytes
    temporary = path.with_suffix(".tmp")
    with open(temporary, "wb") as file:
        file.write(len(text).to_bytes(8, "little") + text)
        for array in tensors.values():
            file.write(np.ascontiguousarray(array, "<f4").tobytes())
    os.replace(temporary, path)


def places(path: Path) -> tuple[dict[str, Place], dict]:
    """Where every tensor lies, and the metadata."""
    with open(path, "rb") as file:
        length = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(length))
    metadata, begin = header.pop("__metadata__", {}), 8 + length
    span = lambda entry: (begin + entry["data_offsets"][0], entry["data_offsets"][1] - entry["data_offsets"][0])
    return {name: Place(tuple(entry["shape"]), *span(entry)) for name, entry in header.items()}, metadata


def save_network(path: Path, network: DAGF) -> None:
    tensors = {name: value.detach().float().cpu().numpy() for name, value in network.state_dict().items()}
    save_tensors(path, tensors, dict(network="dagf", config=json.dumps(asdict(network.config))))


def load_network(path: Path) -> DAGF:
    """The network in evaluation mode on the CPU."""
    held, metadata = places(path)
    data = path.read_bytes()
    values = lambda place: np.frombuffer(data, "<f4", place.length // FLOAT_BYTES, place.offset).reshape(place.shape)
    network = DAGF(NetworkConfig(**json.loads(metadata["config"])))
    network.load_state_dict({name: torch.from_numpy(values(place).copy()) for name, place in held.items()})
    return network.eval()
