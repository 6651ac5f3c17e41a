"""One model in training: its weights, their running average, the optimizer, and the passes that give its gradients."""

import itertools
import json
import math
import random
from contextlib import nullcontext
from pathlib import Path

import torch

from config import TrainConfig
from degrade import MIXTURES
from dgf.beginning import grown
from evaluate import measure
from losses import total_loss
from muon import optimizers
from network import DAGF
from pool import Batch, ScenePool
from weights import load_network, write_state
from widening import widened

RECORDS = Path(__file__).resolve().parent / "records"
WARM_UP = 3  # steps before the capture: libraries choose their algorithms then
PLANES = "target.first.0.conv.weight"  # what sees the target and, where the network is told so, the noisy one
DETAIL = "guidance.first.0.conv.weight"  # what sees the guidance, more or less finely


def begin_with(network: DAGF, weights: dict[str, torch.Tensor]) -> None:
    """Weights of a network with as many or fewer residual blocks, which may not see the noisy target, may see less detail of the guidance,
    and may have half the channels: what it lacks changes nothing at first."""
    own = network.state_dict()
    finer = own[DETAIL].shape[-1] // weights[DETAIL].shape[-1] if DETAIL in own else 1
    if finer > 1:  # pixels of which the mean was seen
        weights = {**weights, DETAIL: weights[DETAIL].repeat_interleave(finer, 2).repeat_interleave(finer, 3) / finer**2}
    if network.config.noisy and weights[PLANES].shape[1] < own[PLANES].shape[1]:
        weights = {**weights, PLANES: grown(weights[PLANES], own[PLANES])}
    if 2 * len(weights[PLANES]) == len(own[PLANES]):
        weights = widened(weights, own, torch.Generator().manual_seed(len(own)))
    added = {name: torch.zeros_like(value) if ".second." in name else value for name, value in own.items() if name not in weights}
    if not all(".residual." in name for name in added):
        raise ValueError(f"the weights to begin with lack {sorted(added)[:3]}")
    network.load_state_dict({**added, **weights})


class Passes:
    """Forward and backward pass of one shape of network, compiled once for all models that have it.

    Its own network has no weights of its own: `bind` lets it use a model's.
    """

    def __init__(self, config: TrainConfig, device: torch.device) -> None:
        self.loss_config, self.device, self.cuda = config.loss, device, device.type == "cuda"
        self.network = DAGF(config.network).to(device)
        self.loss = torch.compile(self._loss, dynamic=False) if self.cuda and config.compiled else self._loss
        self.memory = torch.cuda.graph_pool_handle() if self.cuda else None

    def _loss(self, target, guidance, noisy, truth, known, multistage):
        with torch.autocast("cuda", torch.float16) if self.cuda else nullcontext():
            outputs = self.network(target, guidance, noisy)
        return total_loss([o.float() for o in outputs], truth, known, multistage, self.loss_config)

    def bind(self, network: DAGF) -> None:
        for own, given in zip(self.network.parameters(), network.parameters()):
            own.data, own.grad = given.data, None


class Trainer:
    def __init__(self, config: TrainConfig, pool: ScenePool, passes: Passes, device: torch.device) -> None:
        self.config, self.pool, self.passes, self.device = config, pool, passes, device
        self.degradations = MIXTURES.get(config.degradation, (config.degradation,))
        self.random = random.Random(config.seed)
        torch.manual_seed(config.seed)
        self.network = DAGF(config.network).to(device)
        self.ema = DAGF(config.network).to(device).eval().requires_grad_(False)
        self.ema.load_state_dict(self.network.state_dict())
        if passes.cuda:
            self.network = self.network.to(memory_format=torch.channels_last)
        self.optimizers = optimizers(self.network, config.optimizer, config.learning_rate, config.weight_decay, fused=passes.cuda)
        # float16 keeps 11 bits of the target; bfloat16 would round it to 8.
        self.scaler = torch.cuda.amp.GradScaler(enabled=passes.cuda, init_scale=2.0**12)
        self.step, self.log, self.counted = 0, [], 0
        self.earlier, self.start, self.begun = [], [], 0  # earlier stages; how this one starts, and at which step
        self.sums, self.multistage = torch.zeros((), device=device), torch.ones((), device=device)
        self.rate = torch.zeros((), device=device)  # of learning, where a captured step reads it
        self.batch: Batch | None = None
        self.cleaner: DAGF | None = None  # of its targets; may be in training itself
        self.graph = None

    def _draw(self) -> None:
        """The next batch, in the memory of the first one: the captured passes read it from there."""
        self.pool.refresh(self.config.refresh)
        factor, degradation = self.random.choice(self.config.factors), self.random.choice(self.degradations)
        drawn = self.pool.batch(self.config, factor, degradation, self.cleaner)
        if self.batch is None:
            layout = torch.channels_last if self.passes.cuda else torch.contiguous_format
            guidance = drawn.guidance.contiguous(memory_format=layout)
            noisy = None if drawn.noisy is None else drawn.noisy.contiguous()
            self.batch = Batch(drawn.target.contiguous(), guidance, drawn.truth.contiguous(), drawn.known, noisy)
        else:
            self.batch.take(drawn)

    def _pass(self) -> None:
        """Gradients of the current batch, multiplied by the scaler's factor."""
        batch = self.batch
        self.passes.bind(self.network)
        loss = self.passes.loss(batch.target, batch.guidance, batch.noisy, batch.truth, batch.known, self.multistage)
        self.scaler.scale(loss).backward()
        self.sums += loss.detach()
        for own, found in zip(self.network.parameters(), self.passes.network.parameters()):
            own.grad = found.grad

    def _update(self) -> None:
        """A step along the gradients, which never waits for the device."""
        for optimizer in self.optimizers:
            self.scaler.unscale_(optimizer)
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        for optimizer in self.optimizers:
            self.scaler.step(optimizer)
        self.scaler.update()

    def _learn_at(self, rate: float | torch.Tensor) -> None:
        for optimizer in self.optimizers:
            for group in optimizer.param_groups:
                group["lr"] = rate

    def _moments(self) -> list[torch.Tensor]:
        return [held for o in self.optimizers for state in o.state.values() for held in state.values() if torch.is_tensor(held)]

    def capture(self) -> None:
        """Records a step as a CUDA graph: Python launches its kernels slower than the device runs them.

        Models share the graphs' memory: a step is over before the next one's begins. Warming up leaves weights, moments and counts of
        steps as they were: the rate of learning is zero then.
        """
        self._draw()
        self._learn_at(self.rate.zero_())
        before = [held.clone() for held in self._moments()]
        aside = torch.cuda.Stream()
        aside.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(aside):
            for _ in range(WARM_UP):
                self._pass()
                self._update()
        torch.cuda.current_stream().wait_stream(aside)
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph, pool=self.passes.memory):
            self._pass()
            self._update()
        for index, held in enumerate(self._moments()):
            held.copy_(before[index]) if before else held.zero_()
        self.graph = graph
        self.sums.zero_()

    def advance(self, progress: float) -> None:
        """One step; `progress` 0..1 of the schedule."""
        config = self.config
        cosine = 0.5 * (1 + math.cos(math.pi * min(1.0, progress)))
        rate = config.final_learning_rate + (config.learning_rate - config.final_learning_rate) * cosine
        rate *= min(1.0, (self.step + 1) / config.warmup_steps)
        self.rate.fill_(rate)
        floor = config.loss.multistage_floor
        self.multistage.fill_(floor + (config.loss.multistage - floor) * cosine)
        self._draw()
        if self.graph:
            self.graph.replay()
        else:
            self._learn_at(rate)
            self._pass()
            self._update()
        decay = min(config.ema, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            averaged = list(self.ema.parameters())
            torch._foreach_mul_(averaged, decay)
            torch._foreach_add_(averaged, list(self.network.parameters()), alpha=1 - decay)
        self.step += 1

    def validate(self, found, seconds: float) -> dict:
        loss = float(self.sums) / max(self.step - self.counted, 1)
        entry = dict(step=self.step, seconds=round(seconds, 1), loss=loss, scenes=self.pool.made)
        self.sums.zero_()
        self.counted = self.step
        for factor, degradation in itertools.product(self.config.factors, self.degradations):
            result = measure(self.ema, found, factor, degradation, self.device, self.cleaner)
            ratios = {n: round(s["ratio"], 4) for n, s in result["scenes"].items()}
            entry[result["protocol"]] = dict(mean=sum(ratios.values()) / len(ratios), **ratios)
            entry.update({key: result[key] for key in ("gain", "edges") if key in result})
        self.log.append(entry)
        return entry

    def stage(self) -> dict:
        """How the weights came to be, from where this training started: all that is needed to repeat it."""
        paths = ["--photos", "PACK", "--validation", "PAIRS", "--out", "OUT"]
        command = ["python", "train.py", *paths, "--set", *self.config.settings(), *self.start]
        return dict(
            command=" ".join(command), steps=self.step - self.begun, seconds=self.config.seconds, seed=self.config.seed,
            settings=self.config.record(), curve=self.log,
        )

    def save(self, folder: Path) -> None:
        """The file holds the weights' history; without optimizer where the schedule has come to its end."""
        state = dict(ema=self.ema.state_dict(), step=self.step, stages=[*self.earlier, self.stage()])
        if self.config.schedule[1] < 1:
            state.update(network=self.network.state_dict(), optimizers=[optimizer.state_dict() for optimizer in self.optimizers])
        write_state(folder / f"{self.config.name}.pt", state)

    def resume(self, path: Path) -> None:
        state = torch.load(path, map_location=self.device)
        self.network.load_state_dict(state["network"])
        self.ema.load_state_dict(state["ema"])
        for optimizer, held in zip(self.optimizers, state["optimizers"]):
            optimizer.load_state_dict(held)
        self.step = self.counted = self.begun = state["step"]
        self.earlier, self.start = state["stages"], ["--resume", f"OUT/{path.name}"]

    def start_from(self, path: Path) -> None:
        """Weights of another model, a state (.pt) or what ships (.safetensors), as a starting point; of a folder those of the model to
        `begin` with."""
        if path.is_dir():
            state = path / f"{self.config.begin or self.config.name}.pt"
            path = state if state.exists() else state.with_suffix(".safetensors")
        if path.suffix == ".pt":
            state = torch.load(path, map_location=self.device, weights_only=False)
            weights, self.earlier = state["ema"], state["stages"]
        else:
            weights = load_network(path).state_dict()
            record = RECORDS / f"{path.stem}.json"
            self.earlier = json.loads(record.read_text())["stages"] if record.exists() else []
        # What ships may have another name than the state it was finished from.
        begun_from = self.earlier[-1]["settings"]["name"] if self.earlier else path.stem
        self.start = ["--initial", f"OUT/{begun_from}.pt"]
        for network in (self.network, self.ema):
            begin_with(network, weights)
