"""pytorch_dagf.py WEIGHTS WIDTH HEIGHT THREADS: a shipped network in PyTorch on the CPU, on noise."""

import sys
from pathlib import Path

import torch

from contender import compete

sys.path.insert(0, str(Path(__file__).parents[2] / "models" / "training"))
from weights import load_network

width, height, threads = map(int, sys.argv[2:])
torch.set_num_threads(threads)
network = load_network(Path(sys.argv[1]))
target, guidance = torch.rand(1, 1, height, width), torch.rand(1, 3, height, width)


def run():
    with torch.no_grad():
        network(target, guidance)


compete(threads, run)
