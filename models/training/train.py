"""Trains one model until its time is up, then writes weights, state and record.

    python train.py --photos <pack folder> --validation <folder of pairs> --out <folder> \
        [--set name=dagf-x8-bicubic factors=8 seconds=500 loss.rmse=1 ...] [--resume <state.pt> | --initial <weights.npz>]

For factor 1 ("noise", "texture") the pack is the validation folder too: four of its photographs are held out.

The learning rate falls with a cosine over the wall clock from `progress` = 0 to 1; `schedule=0,0.5` runs the first
half, to be resumed. Python launches the step's kernels slower than the device runs them, so the step is a CUDA graph,
and copies use one thread: threads of a copy wait for each other while the workers keep all cores busy.
"""

import argparse
import dataclasses
import itertools
import json
import math
import os
import random
import sys
import time
from contextlib import nullcontext
from pathlib import Path

import torch

from config import TrainConfig
from degrade import MIXTURES
from evaluate import measure, pairs
from losses import total_loss
from network import DAGF, parameter_count
from pool import ScenePool
from weights import load_network

START = time.time()


def overridden(config, settings: list[str]):
    """`loss.rmse=1` replaces one field of a nested configuration; tuples are comma-separated."""
    for setting in settings:
        path, text = setting.split("=", 1)
        names = path.split(".")
        holders = [config]
        for name in names[:-1]:
            holders.append(getattr(holders[-1], name))
        old = getattr(holders[-1], names[-1])
        if isinstance(old, tuple):
            value = tuple(type(old[0])(t) for t in text.split(","))
        else:
            value = type(old)(text)
        for holder, name in zip(reversed(holders), reversed(names)):
            value = dataclasses.replace(holder, **{name: value})
        config = value
    return config


class Trainer:
    def __init__(self, config: TrainConfig, pool: ScenePool, device: torch.device) -> None:
        self.config, self.pool, self.device = config, pool, device
        self.degradations = MIXTURES.get(config.degradation, (config.degradation,))
        torch.manual_seed(config.seed)
        random.seed(config.seed)
        self.network = DAGF(config.network).to(device)
        self.ema = DAGF(config.network).to(device).eval().requires_grad_(False)
        self.ema.load_state_dict(self.network.state_dict())
        cuda = device.type == "cuda"
        if cuda:
            self.network = self.network.to(memory_format=torch.channels_last)
        self.optimizer = torch.optim.AdamW(
            self.network.parameters(), lr=config.learning_rate, betas=(0.9, 0.99),
            weight_decay=config.weight_decay, **(dict(fused=True) if cuda else {}),
        )
        # float16 keeps 11 bits of the target; bfloat16 would round it to 8.
        self.scaler = torch.cuda.amp.GradScaler(enabled=cuda, init_scale=2.0**12)
        self.loss = torch.compile(self._loss, dynamic=False, mode="reduce-overhead") if cuda else self._loss
        self.step, self.log, self.sums = 0, [], torch.zeros(1, device=device)

    def _loss(self, target, guidance, truth, known, multistage):
        with torch.autocast("cuda", torch.float16) if self.device.type == "cuda" else nullcontext():
            outputs = self.network(target, guidance)
        return total_loss([o.float() for o in outputs], truth, known, multistage, self.config.loss)

    def advance(self, progress: float) -> None:
        config = self.config
        cosine = 0.5 * (1 + math.cos(math.pi * min(1.0, progress)))
        rate = config.final_learning_rate + (config.learning_rate - config.final_learning_rate) * cosine
        rate *= min(1.0, (self.step + 1) / config.warmup_steps)
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        floor = config.loss.multistage_floor
        multistage = torch.full((), floor + (config.loss.multistage - floor) * cosine, device=self.device)
        self.pool.refresh(config.refresh)
        batch = self.pool.batch(random.choice(config.factors), random.choice(self.degradations))
        layout = torch.channels_last if self.device.type == "cuda" else torch.contiguous_format
        guidance = batch.guidance.contiguous(memory_format=layout)
        loss = self.loss(batch.target.contiguous(), guidance, batch.truth, batch.known, multistage)
        self.optimizer.zero_grad(set_to_none=True)
        self.scaler.scale(loss).backward()
        self.scaler.unscale_(self.optimizer)
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.scaler.step(self.optimizer)
        self.scaler.update()
        decay = min(config.ema, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            averaged = list(self.ema.parameters())
            torch._foreach_mul_(averaged, decay)
            torch._foreach_add_(averaged, list(self.network.parameters()), alpha=1 - decay)
        self.sums += loss.detach()
        self.step += 1

    def validate(self, found, seconds: float, steps: int) -> dict:
        loss = float(self.sums) / max(steps, 1)
        entry = dict(step=self.step, seconds=round(seconds, 1), loss=loss, scenes=self.pool.made)
        self.sums.zero_()
        for factor, degradation in itertools.product(self.config.factors, self.degradations):
            result = measure(self.ema, found, factor, degradation, self.device)
            ratios = {n: round(s["ratio"], 4) for n, s in result["scenes"].items()}
            entry[result["protocol"]] = dict(mean=sum(ratios.values()) / len(ratios), **ratios)
            entry.update({key: result[key] for key in ("gain", "edges") if key in result})
        self.log.append(entry)
        return entry

    def save(self, folder: Path) -> None:
        path = folder / f"{self.config.name}.pt"
        state = dict(ema=self.ema.state_dict(), step=self.step, log=self.log, config=self.config.record())
        if self.config.schedule[1] < 1:
            state.update(network=self.network.state_dict(), optimizer=self.optimizer.state_dict())
        torch.save(state, path.with_suffix(".tmp"))
        os.replace(path.with_suffix(".tmp"), path)

    def resume(self, path: Path) -> None:
        state = torch.load(path, map_location=self.device)
        self.network.load_state_dict(state["network"])
        self.ema.load_state_dict(state["ema"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.step, self.log = state["step"], state["log"]

    def start_from(self, path: Path) -> None:
        """Weights of another model (.npz) as a starting point."""
        weights = load_network(path).state_dict()
        self.network.load_state_dict(weights)
        self.ema.load_state_dict(weights)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--photos", required=True)
    arguments.add_argument("--validation", type=Path, required=True)
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--set", nargs="*", default=[])
    arguments.add_argument("--resume", type=Path)
    arguments.add_argument("--initial", type=Path)
    options = arguments.parse_args()
    config = overridden(TrainConfig(), options.set)
    torch.set_num_threads(1)
    pool = ScenePool(config, options.photos)  # before CUDA starts: its workers are forks
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.backends.cuda.matmul.allow_tf32 = False  # degradations are matrix products and must be exact
    torch.backends.cudnn.benchmark = True
    pool.to(device)
    found = pairs(options.validation, config.degradation)
    trainer = Trainer(config, pool, device)
    if options.resume:
        trainer.resume(options.resume)
    elif options.initial:
        trainer.start_from(options.initial)
    options.out.mkdir(parents=True, exist_ok=True)
    say = lambda *words: print(f"[{config.name}] {time.time() - START:6.1f}s", *words, flush=True)
    say("parameters", parameter_count(trainer.network), "device", device, "torch", torch.__version__)
    while pool.made < min(config.pool // 4, config.workers * 8):
        pool.refresh(64)
        time.sleep(0.05)
        if time.time() - START > 60 and pool.made == 0:
            pool.close()
            raise SystemExit("no scenes are being made")
    say("scenes", pool.made)
    first, last = config.schedule
    begun = None  # the schedule starts after the compilation
    reported, reported_step = time.time(), trainer.step
    while (elapsed := time.time() - START) < config.seconds:
        if begun is None:
            progress = first
        else:
            progress = first + (last - first) * (elapsed - begun) / max(config.seconds - begun, 1)
        trainer.advance(progress)
        if begun is None:
            if device.type == "cuda":
                torch.cuda.synchronize()
            begun, reported, reported_step = time.time() - START, time.time(), trainer.step
            say("first step done (compiled)")
        elif time.time() - reported > (config.report if trainer.step - reported_step > 1 else 5):
            if device.type == "cuda":
                torch.cuda.synchronize()
            steps = trainer.step - reported_step
            milliseconds = (time.time() - reported) / max(steps, 1) * 1e3
            entry = trainer.validate(found, time.time() - START, steps)
            say(json.dumps(entry), f"{milliseconds:.1f} ms/step")
            trainer.save(options.out)
            reported, reported_step = time.time(), trainer.step
    say(json.dumps(trainer.validate(found, time.time() - START, trainer.step - reported_step)))
    trainer.save(options.out)
    say("saved", trainer.step, "steps", pool.made, "scenes")
    pool.close()
    sys.stdout.flush()
    os._exit(0)  # the queues' locks may be held by ended workers


if __name__ == "__main__":
    main()
