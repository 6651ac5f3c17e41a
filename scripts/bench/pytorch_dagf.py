"""pytorch_dagf.py WIDTH HEIGHT THREADS: the network of models/training in PyTorch on the CPU, on noise."""

import sys
from pathlib import Path

import torch

from contender import compete

sys.path.insert(0, str(Path(__file__).parents[2] / "models" / "training"))
from network import DAGF

width, height, threads = map(int, sys.argv[1:])
torch.set_num_threads(threads)
network = DAGF().eval()
target, guidance = torch.rand(1, 1, height, width), torch.rand(1, 3, height, width)


def run():
    with torch.no_grad():
        network(target, guidance)


compete(threads, run)
