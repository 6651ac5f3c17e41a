"""Weights in a neutral form: an .npz of float32 arrays under the network's own parameter names."""

from dataclasses import asdict
import json
from pathlib import Path

import numpy as np
import torch

from config import NetworkConfig
from network import DAGF


def save_network(path: Path, network: DAGF) -> None:
    arrays = {name: value.detach().float().cpu().numpy() for name, value in network.state_dict().items()}
    np.savez(path, __config__=np.array(json.dumps(asdict(network.config))), **arrays)


def load_network(path: Path) -> DAGF:
    """The network in evaluation mode on the CPU."""
    with np.load(path) as held:
        network = DAGF(NetworkConfig(**json.loads(str(held["__config__"]))))
        network.load_state_dict({n: torch.from_numpy(held[n]) for n in held.files if n != "__config__"})
    return network.eval()
