"""Trains deep guided filters to clone one operator, side by side, until the time is up.

    python dgf_train.py --photos <folder of photographs> --out <folder> [--pairs 800 --sizes 384 1024] [--kept <file>] \
        --set operator=l0-smoothing seconds=600 --model network.variant=c side=64 [--model network.variant=b ...] \
        [--initial <folder of states>]

The operator makes the targets when the run begins; `--kept` writes them to a file, or takes them from there. Every --model trains
one network, with settings beside those of --set; all take a step in turn, of the same pairs. The learning rate falls with a
cosine over the wall clock. A state in --initial that has a network's name is where it starts; `side=128` starts from that of 64.
"""

import argparse
import dataclasses
import json
import time
from pathlib import Path

import numpy as np
import torch

from dgf.conditions import conditions_of
from dgf.config import DgfTraining
from dgf.pairs import made_pairs, validation_pairs
from dgf.pictures import LOSSY
from dgf.pool import DRAWS, PairPool
from dgf.trainer import DgfTrainer
from train import overridden, say

VALIDATION_SIDE = 512
DRAWN_STEPS = 32768  # until windows are drawn anew
QUEUED = 20  # rounds that the device may be behind


def configs_of(options) -> list[DgfTraining]:
    base = overridden(DgfTraining(), options.set)
    found = [overridden(base, settings) for settings in options.model] or [base]
    conditions = len(conditions_of(base.operator))
    network = lambda config: dataclasses.replace(
        # At full resolution a picture comes in tiles: nothing knows the whole of it.
        config.network, conditions=conditions, **(dict(context=0, texture=0, draft=0, overview=0) if config.network.variant == "can" else {})
    )
    return [dataclasses.replace(config, network=network(config)) for config in found]


def command_of(options, config: DgfTraining, initials: list[Path], settings: list[str]) -> str:
    """What trains this one network again, without the others beside it."""
    start = "".join(f" --initial OUT/{path.name}" for path in initials)
    sizes = " ".join(map(str, options.sizes))
    words = " ".join([*options.set, *settings])
    lossy = "" if options.lossy == LOSSY else f" --lossy {options.lossy:g}"
    return f"python dgf_train.py --photos PHOTOS{lossy} --out OUT --pairs {options.pairs} --sizes {sizes}{start} --set {words}"


def initials_of(given: list[Path], config: DgfTraining) -> list[Path]:
    """Of a folder the state of the same network, or else of the same one with a smaller copy, and then of the variant to `begin`
    with."""
    if not given or given[0].is_file():
        return given
    folder = given[0]
    sides = sorted((side for side in (64, 128, 256) if side <= config.side), reverse=True)
    found = []
    for variant in filter(None, (config.network.variant, config.begin)):
        like = dataclasses.replace(config, network=dataclasses.replace(config.network, variant=variant))
        paths = [folder / f"{dataclasses.replace(like, side=side).name}.pt" for side in sides]
        found += [path for path in paths if path.exists()][:1]
    return found


def train(trainers: list[DgfTrainer], base: DgfTraining, report) -> None:
    rng, begun, rounds = np.random.default_rng(base.seed), time.time(), 0
    aspects, shares = trainers[0].pool.aspects, trainers[0].pool.shares
    reported = begun
    while (elapsed := time.time() - begun) < base.seconds:
        aspect = aspects[rng.choice(len(aspects), p=shares)]
        for trainer in trainers:
            if rng.random() < trainer.config.share:
                trainer.advance(elapsed / base.seconds, aspect)
        rounds += 1
        if trainers[0].cuda and rounds % QUEUED == 0:
            torch.cuda.synchronize()
        if time.time() - reported > base.report:
            report(elapsed)
            reported = time.time()
    if not trainers[0].log or trainers[0].log[-1]["step"] < trainers[0].step:
        report(base.seconds)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--photos", type=Path, required=True)
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--pairs", type=int, default=800)
    arguments.add_argument("--sizes", type=int, nargs=2, default=(384, 1024), help="least and most short side, pixels")
    arguments.add_argument("--lossy", type=float, default=LOSSY, help="how far JPEG files are reduced before all else")
    arguments.add_argument("--set", nargs="*", default=[])
    arguments.add_argument("--model", nargs="+", action="append", default=[])
    arguments.add_argument("--initial", type=Path, action="append", help="states, each over those before, or a folder of states")
    arguments.add_argument("--kept", type=Path, help="pairs of this operator, made with the same --pairs, --sizes and seed")
    options = arguments.parse_args()
    configs = configs_of(options)
    base = configs[0]
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.set_num_threads(1 if device.type == "cpu" else 4)
    torch.backends.cudnn.benchmark = True
    torch.backends.cuda.matmul.allow_tf32 = False  # reductions are matrix products and must be exact
    loading = dict(weights_only=False) if device.type == "cuda" else {}
    if options.kept and options.kept.exists():
        pairs = torch.load(options.kept, map_location=device, **loading)
    else:
        pairs = made_pairs(options.photos, options.lossy, base, options.pairs, options.sizes, device)
        if options.kept:
            torch.save(pairs, options.kept)
    if device.type == "cuda":
        torch.cuda.empty_cache()  # of what the operators took: several trainings share a device
    validation = validation_pairs(options.photos, options.lossy, base.operator, VALIDATION_SIDE, device)
    pool = PairPool(pairs, base.operator)
    say("pairs", {f"{a}:{b}": len(ones) for (a, b), ones in pool.by_aspect.items()}, len(validation))
    rng = np.random.default_rng(base.seed)
    most = max(config.batch for config in configs)
    draws = torch.from_numpy(rng.random((DRAWN_STEPS, most, DRAWS), np.float32)).to(device)
    trainers, commands = [], []
    for config, settings in zip(configs, options.model or [[]]):
        trainers.append(DgfTrainer(config, pool, validation, draws))
        initials = initials_of(options.initial or [], config)
        if initials:
            trainers[-1].start_from(initials)
        elif config.statistics == "kept":
            raise SystemExit(f"{config.name}: there is no state to keep statistics of")
        commands.append(command_of(options, config, initials, settings))
    if device.type == "cuda":
        for trainer in trainers:
            try:
                trainer.capture()
            except RuntimeError as error:  # slower, but not lost
                say(trainer.config.name, "is not captured:", error)
                trainer.graphs = {}
        say("captured", sum(bool(trainer.graphs) for trainer in trainers), "of", len(trainers))
    options.out.mkdir(parents=True, exist_ok=True)

    def report(seconds: float) -> None:
        if device.type == "cuda":
            torch.cuda.synchronize()
        for trainer, command in zip(trainers, commands):
            say(trainer.config.name, json.dumps(trainer.validate(seconds)))
            trainer.save(options.out, command)

    train(trainers, base, report)


if __name__ == "__main__":
    main()
