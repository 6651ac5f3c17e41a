"""Trains one model, or several in turn on the same scenes, until the time is up.

    python train.py --photos <pack folder> --validation <folder of pairs> --out <folder> \
        [--set name=dagf-x8-bicubic factors=8 seconds=500 loss.rmse=1 ...] [--resume <state.pt> | --initial <weights>] \
        [--model name=dagf-fast-x8-noisy factors=8 degradation=noisy ... --model ...]

Every --model trains one more model, with settings beside those of --set; all take a step in turn. Models for equal
grids ("noise", "texture") are validated on four photographs of the pack, which their training leaves out.

The learning rate falls with a cosine over the wall clock from `progress` = 0 to 1; `schedule=0,0.5` runs the first
half, to be resumed. Copies use one thread: threads of a copy wait for each other while the workers keep all cores busy.
"""

import argparse
import dataclasses
import json
import os
import sys
import time
from pathlib import Path

import torch

from config import TrainConfig
from evaluate import pairs
from network import DAGF, parameter_count
from pairs.sources import SOURCES
from pool import ScenePool
from trainer import Passes, Trainer
from weights import load_cleaner

START = time.time()
FIRST_SCENES = 8  # a worker, before the first step


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


def say(*words) -> None:
    print(f"{time.time() - START:6.1f}s", *words, flush=True)


def cleaner_of(config: TrainConfig, trainers: list[Trainer], device: torch.device) -> DAGF | None:
    """What cleans a model's targets: the average of one in training beside it, or what ships, which stays as it is."""
    beside = [trainer.ema for trainer in trainers if trainer.config.name == config.denoised_by]
    cleaner = beside[0] if beside else load_cleaner(config.denoised_by)
    return cleaner.to(device) if cleaner else None


def fill(pools: list[ScenePool]) -> None:
    """Waits for the first scenes."""
    while any(pool.made < min(pool.config.pool // 4, pool.config.workers * FIRST_SCENES) for pool in pools):
        for pool in pools:
            pool.refresh(64)
        time.sleep(0.05)
        if time.time() - START > 60 and not all(pool.made for pool in pools):
            for pool in pools:
                pool.close()
            raise SystemExit("no scenes are being made")


def train(trainers: list[Trainer], found: list, base: TrainConfig, out: Path) -> None:
    """`found`: every model's validation pairs."""
    cuda = trainers[0].passes.cuda
    for trainer in trainers if cuda else []:
        try:
            trainer.capture()
        except RuntimeError as error:  # slower, but not lost
            say(trainer.config.name, "is not captured:", error)
    if cuda:
        torch.cuda.synchronize()
    say("captured", sum(trainer.graph is not None for trainer in trainers))
    (first, last), begun = base.schedule, time.time()  # the schedule starts after the compilation
    reported, rounds = begun, 0
    length = max(base.seconds - (begun - START), 1)

    def report() -> None:
        milliseconds = (time.time() - reported) / max(rounds, 1) * 1e3
        for trainer, pairs_ in zip(trainers, found):
            say(trainer.config.name, json.dumps(trainer.validate(pairs_, time.time() - START)))
            trainer.save(out)
        say(f"{milliseconds:.1f} ms for a step of every model")

    while (elapsed := time.time() - begun) < length:
        for trainer in trainers:
            trainer.advance(first + (last - first) * elapsed / length)
        rounds += 1
        if time.time() - reported > base.report:
            report()
            reported, rounds = time.time(), 0
    report()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--photos", type=Path, required=True)
    arguments.add_argument("--validation", type=Path, required=True)
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--set", nargs="*", default=[])
    arguments.add_argument("--model", nargs="+", action="append", default=[])
    arguments.add_argument("--resume", type=Path)
    arguments.add_argument("--initial", type=Path)
    options = arguments.parse_args()
    base = overridden(TrainConfig(), options.set)
    configs = [overridden(base, settings) for settings in options.model] or [base]
    for config in configs:
        if config.network.noisy and not config.denoised_by:
            arguments.error(f"{config.name}: network.noisy=1 is for models with denoised_by")
    torch.set_num_threads(1)
    pools = {}  # by source of scenes; before CUDA starts: the workers are forks
    for config in configs:
        source = SOURCES.get(config.degradation)
        pools[source] = pools.get(source) or ScenePool(config, options.photos)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.backends.cuda.matmul.allow_tf32 = False  # degradations are matrix products and must be exact
    torch.backends.cudnn.benchmark = True
    for pool in pools.values():
        pool.to(device)
    passes, trainers, found = {}, [], []
    for config in configs:
        shape = (config.network, config.loss, config.compiled)
        passes[shape] = passes.get(shape) or Passes(config, device)
        trainers.append(Trainer(config, pools[SOURCES.get(config.degradation)], passes[shape], device))
        folder = options.photos if config.degradation in SOURCES else options.validation
        found.append(pairs(folder, config.degradation))
        if options.resume:
            trainers[-1].resume(options.resume)
        elif options.initial:
            trainers[-1].start_from(options.initial)
    for trainer in trainers:
        trainer.cleaner = cleaner_of(trainer.config, trainers, device)
    options.out.mkdir(parents=True, exist_ok=True)
    say([c.name for c in configs], parameter_count(trainers[0].network), "parameters", device, torch.__version__)
    fill(list(pools.values()))
    say("scenes", sum(pool.made for pool in pools.values()))
    train(trainers, found, base, options.out)
    for pool in pools.values():
        pool.close()
    sys.stdout.flush()
    os._exit(0)  # the queues' locks may be held by ended workers


if __name__ == "__main__":
    main()
