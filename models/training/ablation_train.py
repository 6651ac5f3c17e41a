"""Trains an ablation's models side by side on one GPU: every model takes every batch, so that they compare in pairs.

    python ablation_train.py --photos <pack folder> --validation <folder of pairs> --out <folder> \
        --table components --seeds 1 2 --seconds 560 [--set batch=8 crop=192 seed=1]

All models see the same batches in the same order, take the same number of steps and follow one cosine over the wall
clock; they differ in their switches and losses alone. Seeds are those of the initial weights. At the end, and at every
quarter, OUT/ablation-TABLE.npz gets the averaged weights of all models (float16) and the record.
"""

import argparse
import dataclasses
import json
import math
import os
import sys
import time
from pathlib import Path

import numpy as np
import torch

from ablation_member import Member
from ablation_models import TABLES
from config import TrainConfig
from evaluate import measure, pairs
from pool import Batch, ScenePool
from train import overridden

START = time.time()
FACTOR, DEGRADATION = 16, "nearest"
SETTINGS = TrainConfig(
    name="ablation", factors=(FACTOR,), degradation=DEGRADATION, batch=8, crop=192, warmup_steps=200, workers=14,
    refresh=4,
)


class Ablation:
    def __init__(self, members: list[Member], config: TrainConfig, pool: ScenePool, device: torch.device) -> None:
        self.members, self.config, self.pool, self.device = members, config, pool, device
        self.multistage = torch.ones((), device=device)
        self.step, self.log, self.batch = 0, [], None

    def _draw(self) -> None:
        """The next batch, in the memory of the first one: captured passes read it from there."""
        self.pool.refresh(self.config.refresh)
        drawn = self.pool.batch(self.config, FACTOR, DEGRADATION)
        if self.batch is None:
            layout = torch.channels_last if self.device.type == "cuda" else torch.contiguous_format
            self.batch = dataclasses.replace(drawn, guidance=drawn.guidance.contiguous(memory_format=layout))
            return
        self.batch.take(drawn)

    def capture(self, say) -> None:
        self._draw()
        memory = torch.cuda.graph_pool_handle()
        for member in self.members:
            try:
                member.capture(self.batch, self.multistage, memory)
            except RuntimeError as error:  # slower, but not lost
                say(member.name, "is not captured:", error)
        torch.cuda.synchronize()

    def advance(self, progress: float) -> None:
        cosine = 0.5 * (1 + math.cos(math.pi * min(1.0, progress)))
        config = self.config
        rate = config.final_learning_rate + (config.learning_rate - config.final_learning_rate) * cosine
        rate *= min(1.0, (self.step + 1) / config.warmup_steps)
        self.multistage.fill_(cosine)
        self._draw()
        for member in self.members:
            member.advance(self.batch, self.multistage, rate, self.step)
        self.step += 1

    def validate(self, found, steps: int) -> dict:
        """Ratio to bicubic of every model on the validation scenes, by model."""
        entry = dict(step=self.step, seconds=round(time.time() - START, 1), scenes=self.pool.made, models={})
        for member in self.members:
            measured = measure(member.ema, found, FACTOR, DEGRADATION, self.device)
            scenes = {n: round(s["ratio"], 4) for n, s in measured["scenes"].items()}
            loss = float(member.sums) / max(steps, 1)  # nan: training has failed
            entry["models"][member.name] = dict(ratio=round(measured["ratio"], 4), loss=round(loss, 6), scenes=scenes)
            member.sums.zero_()
        self.log.append(entry)
        return entry

    def save(self, path: Path, record: dict) -> None:
        arrays = {f"{m.name}/{n}": v for m in self.members for n, v in m.half().items()}
        record = dict(record, steps=self.step, scenes=self.pool.made, seconds=time.time() - START, log=self.log)
        temporary = path.with_name("unfinished.npz")
        np.savez(temporary, __record__=np.array(json.dumps(record)), **arrays)
        os.replace(temporary, path)


def wait_for_scenes(pool: ScenePool, count: int) -> None:
    while pool.made < count:
        pool.refresh(64)
        time.sleep(0.05)
        if time.time() - START > 60 and pool.made == 0:
            pool.close()
            raise SystemExit("no scenes are being made")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--photos", required=True)
    arguments.add_argument("--validation", type=Path, required=True)
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--table", choices=TABLES, required=True)
    arguments.add_argument("--name", help="of the file written; the table's name if left out")
    arguments.add_argument("--models", nargs="*", help="ids; all of the table if left out")
    arguments.add_argument("--seeds", type=int, nargs="+", default=[1])
    arguments.add_argument("--seconds", type=float, default=560.0, help="of wall clock, everything included")
    arguments.add_argument("--eager", action="store_true", help="do not capture the passes")
    arguments.add_argument("--set", nargs="*", default=[])
    options = arguments.parse_args()
    config = overridden(SETTINGS, options.set)
    pool = ScenePool(config, options.photos)  # before CUDA starts: its workers are forks
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.backends.cuda.matmul.allow_tf32 = False  # degradations are matrix products and must be exact
    torch.backends.cudnn.benchmark = True
    torch.set_num_threads(1)  # the scenes' workers need the processor
    pool.to(device)
    found = pairs(options.validation)
    options.out.mkdir(parents=True, exist_ok=True)
    name = options.name or options.table
    path = options.out / f"ablation-{name}.npz"
    say = lambda *words: print(f"[{name}] {time.time() - START:6.1f}s", *words, flush=True)
    models = [m for m in TABLES[options.table] if options.models is None or m.id in options.models]
    members = [Member(model, seed, config, device) for seed in options.seeds for model in models]
    torch.manual_seed(config.seed)
    ablation = Ablation(members, config, pool, device)
    record = dict(table=options.table, seeds=options.seeds, config=config.record(), device=str(device))
    record["torch"] = torch.__version__
    say(len(members), "models on", device)
    wait_for_scenes(pool, min(config.pool // 4, config.workers * 8))
    say("scenes", pool.made)
    if device.type == "cuda" and not options.eager:
        ablation.capture(say)
        say("captured", sum(m.graph is not None for m in members))
    begun, reported, reported_step, quarter = time.time() - START, time.time(), 0, 0.25
    while (elapsed := time.time() - START) < options.seconds:
        progress = (elapsed - begun) / (options.seconds - begun)
        if progress < quarter:
            ablation.advance(progress)
            if device.type == "cuda" and ablation.step % 20 == 0:
                torch.cuda.synchronize()  # the queue must not run ahead of the clock
            continue
        steps = ablation.step - reported_step
        milliseconds = (time.time() - reported) / max(steps, 1) / len(members) * 1e3
        entry = ablation.validate(found, steps)
        say(f"step {ablation.step}", json.dumps({n: (m["ratio"], m["loss"]) for n, m in entry["models"].items()}))
        say(f"{milliseconds:.2f} ms a step and model, scenes {pool.made}")
        ablation.save(path, record)
        reported, reported_step, quarter = time.time(), ablation.step, quarter + 0.25
    ablation.validate(found, ablation.step - reported_step)
    ablation.save(path, record)
    for member_name, member in ablation.log[-1]["models"].items():
        say(member_name, member["ratio"], member["scenes"])
    say("saved", ablation.step, "steps,", path.stat().st_size, "bytes")
    pool.close()
    sys.stdout.flush()
    os._exit(0)  # the queues' locks may be held by ended workers


if __name__ == "__main__":
    main()
