"""Trains one deep guided filter to clone an operator, until the time is up.

    python dgf_train.py --photos <folder of photographs> --out <folder> [--pairs 400 --sizes 512 512] [--kept <file>] \
        [--set operator=l0-smoothing network.variant=c side=64 seconds=600] [--initial <state.pt>]

The operator makes the targets when the run begins; `--kept` writes them to a file, or takes them from there. The loss is the mean square error in windows of the full-resolution
result; the learning rate falls with a cosine over the wall clock.
"""

import argparse
import copy
import json
import math
import os
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from dgf.calibrate import calibrated
from dgf.config import DgfTraining
from dgf.measure import measure
from dgf.network import Dgf
from dgf.pool import Batch, PairPool, made_pairs, validation_pairs
from train import overridden, say

VALIDATION_SIDE = 512


def loss_of(network: Dgf, batch: Batch) -> torch.Tensor:
    """Mean square error. "s" never sees the full resolution: its network learns the reduced target."""
    if network.config.variant == "can":
        return F.mse_loss(network.network(batch.picture), batch.target)
    if network.config.variant == "s":
        return F.mse_loss(network.network(batch.small), batch.small_target)
    result = network.applied(batch.enlarged(network.coefficients(batch.small)), batch.picture)
    return F.mse_loss(result, batch.target)


class DgfTrainer:
    def __init__(self, config: DgfTraining, pool: PairPool, validation: list, device) -> None:
        torch.manual_seed(config.seed)
        self.config, self.pool, self.validation = config, pool, validation
        self.rng = np.random.default_rng(config.seed)
        self.network = Dgf(config.network).to(device)
        self.ema = copy.deepcopy(self.network).eval().requires_grad_(False)
        self.optimizer = torch.optim.Adam(self.network.parameters(), lr=config.learning_rate, betas=(0.9, 0.99))
        self.step, self.log, self.loss = 0, [], torch.zeros((), device=device)
        self.earlier: list[dict] = []  # stages of the weights it started from

    def start_from(self, path: Path) -> None:
        state = torch.load(path, map_location="cpu")
        self.network.load_state_dict(state["ema"])
        self.ema.load_state_dict(state["ema"])
        self.earlier = state["stages"]

    def advance(self, progress: float) -> None:
        """One step; `progress` 0..1 of the schedule."""
        config = self.config
        cosine = 0.5 * (1 + math.cos(math.pi * min(1.0, progress)))
        rate = config.final_learning_rate + (config.learning_rate - config.final_learning_rate) * cosine
        for group in self.optimizer.param_groups:
            group["lr"] = rate * min(1.0, (self.step + 1) / config.warmup_steps)
        loss = loss_of(self.network, self.pool.batch(config.batch, config.crop, self.rng))
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimizer.step()
        decay = min(config.ema, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            for averaged, current in zip(self.ema.parameters(), self.network.parameters()):
                averaged.lerp_(current, 1 - decay)
        self.step += 1
        self.loss += loss.detach()

    def validate(self, seconds: float) -> dict:
        steps = self.step - (self.log[-1]["step"] if self.log else 0)
        entry = dict(step=self.step, seconds=round(seconds, 1), loss=float(self.loss) / max(steps, 1))
        self.loss.zero_()
        averaged = calibrated(self.ema, self.pool, self.config.batch, self.config.crop)
        self.ema.load_state_dict(averaged.state_dict())
        entry.update({name: round(value, 3) for name, value in measure(averaged, self.validation).items()})
        self.log.append(entry)
        return entry

    def save(self, path: Path, command: str) -> None:
        stage = dict(
            command=command, steps=self.step, seconds=self.config.seconds, seed=self.config.seed,
            settings=self.config.record(), curve=self.log,
        )
        state = dict(ema=self.ema.state_dict(), stages=[*self.earlier, stage])
        torch.save(state, path.with_suffix(".tmp"))
        os.replace(path.with_suffix(".tmp"), path)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--photos", type=Path, required=True)
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--pairs", type=int, default=400)
    arguments.add_argument("--sizes", type=int, nargs=2, default=(512, 512), help="least and most short side, pixels")
    arguments.add_argument("--set", nargs="*", default=[])
    arguments.add_argument("--initial", type=Path)
    arguments.add_argument("--kept", type=Path, help="pairs of this operator, made with the same --pairs, --sizes and seed")
    options = arguments.parse_args()
    config = overridden(DgfTraining(), options.set)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    if device.type == "cpu":
        torch.set_num_threads(1)
    if options.kept and options.kept.exists():
        pairs = torch.load(options.kept, map_location=device)
    else:
        pairs = made_pairs(options.photos, config.operator, options.pairs, options.sizes, config.seed, device)
        if options.kept:
            torch.save(pairs, options.kept)
    pool = PairPool(pairs, config.side)
    validation = validation_pairs(options.photos, config.operator, config.side, VALIDATION_SIDE, device)
    say("pairs", {f"{a}:{b}": len(pairs) for (a, b), pairs in pool.pairs.items()}, len(validation))
    trainer = DgfTrainer(config, pool, validation, device)
    if options.initial:
        trainer.start_from(options.initial)
    options.out.mkdir(parents=True, exist_ok=True)
    name = f"dgf-{config.operator}-{config.network.variant}-{config.side}"
    start = f" --initial OUT/{options.initial.name}" if options.initial else ""
    sizes = " ".join(map(str, options.sizes))
    command = f"python dgf_train.py --photos PHOTOS --out OUT --pairs {options.pairs} --sizes {sizes}{start} --set {' '.join(options.set)}"

    def report(seconds: float) -> None:
        say(name, json.dumps(trainer.validate(seconds)))
        trainer.save(options.out / f"{name}.pt", command)

    begun = reported = time.time()
    while (elapsed := time.time() - begun) < config.seconds:
        trainer.advance(elapsed / config.seconds)
        if time.time() - reported > config.report:
            report(elapsed)
            reported = time.time()
    report(config.seconds)


if __name__ == "__main__":
    main()
