"""One network in training. On a GPU a step is captured once for every aspect and replayed: its many small kernels would wait for
Python, and the steps of several networks run side by side, each on a stream of its own."""

import copy
import math
from pathlib import Path

import torch
from torch import Tensor, nn

from dgf.beginning import fitting
from dgf.calibrate import calibrated
from dgf.config import DgfTraining
from dgf.measure import measure
from dgf.network import Dgf, config_of
from dgf.pairs import Pair
from dgf.passes import passed
from dgf.pool import PairPool
from weights import write_state

WARM_UP = 3  # steps before the capture: libraries choose their algorithms then


class DgfTrainer:
    def __init__(self, config: DgfTraining, pool: PairPool, validation: list[Pair], draws: Tensor) -> None:
        """draws: [steps, at least config.batch, DRAWS], taken in turn and anew from the beginning."""
        torch.manual_seed(config.seed)
        self.config, self.pool, self.validation, self.draws = config, pool, validation, draws
        device, self.cuda = draws.device, draws.device.type == "cuda"
        self.network = Dgf(config.network).to(device)
        self.network.network.requires_grad_(config.learns == "all")
        self.ema = copy.deepcopy(self.network).eval().requires_grad_(False)
        self.rate = torch.tensor(config.learning_rate, device=device) if self.cuda else config.learning_rate
        self.learning = [parameter for parameter in self.network.parameters() if parameter.requires_grad]
        self.optimizer = torch.optim.Adam(
            self.learning, lr=self.rate, betas=(0.9, 0.99), **(dict(capturable=True, fused=True) if self.cuda else {})
        )
        if config.pixels == "spread" and config.network.variant == "can":
            raise ValueError("The network at full resolution sees neighbours: it learns from windows.")
        self.of_network = torch.ones((), device=device) if config.layer_first else None
        self.of_small = torch.tensor(config.small, device=device) if config.small else None
        self.counter, self.loss = torch.zeros((), dtype=torch.int64, device=device), torch.zeros((), device=device)
        self.step, self.log = 0, []
        self.earlier: list[dict] = []  # stages of the weights it started from
        self.stream = torch.cuda.Stream() if self.cuda else None
        self.graphs: dict[tuple, object] = {}

    def start_from(self, paths: list[Path]) -> None:
        """All weights of other networks that fit, of each path over those before: of "s" those of the network without the layer."""
        own = self.network.state_dict()
        for path in paths:
            state = torch.load(path, map_location="cpu", **(dict(weights_only=False) if self.cuda else {}))
            before = config_of(state["stages"][-1]["settings"])
            own.update(fitting(state["ema"], own, before, self.config.network))
        self.network.load_state_dict(own)
        self.ema.load_state_dict(own)
        self.earlier = state["stages"]
        if self.config.statistics == "kept":
            for layer in self.network.modules():
                if isinstance(layer, nn.BatchNorm2d):
                    layer.eval()

    def _pass(self, aspect: tuple) -> None:
        draws = self.draws[self.counter.remainder(len(self.draws))[None]][0]
        loss = passed(self.network, self.pool, self.config, aspect, draws, self.of_small)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        if self.of_network is not None:
            for parameter in self.network.network.parameters():
                parameter.grad.mul_(self.of_network)
        torch.nn.utils.clip_grad_norm_(self.learning, 1.0)
        self.optimizer.step()
        self.counter += 1
        count = self.counter.float()
        decay = torch.minimum((1 + count) / (10 + count), torch.full_like(count, self.config.ema))
        with torch.no_grad():
            for averaged, current in zip(self.ema.parameters(), self.network.parameters()):
                averaged.lerp_(current, 1 - decay)
        self.loss += loss.detach()

    def capture(self) -> None:
        """The steps of the warm-up count as steps."""
        self.learn_at(0.0)
        for aspect in self.pool.aspects:  # copies at low resolution are made outside of the capture
            self.pool.small(aspect, self.config.side, self.config.network)
        self.stream.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(self.stream):
            for aspect in self.pool.aspects:
                for _ in range(WARM_UP):
                    self._pass(aspect)
                    self.step += 1
        torch.cuda.synchronize()
        memory = torch.cuda.graph_pool_handle()
        for aspect in self.pool.aspects:
            graph = torch.cuda.CUDAGraph()
            self.optimizer.zero_grad(set_to_none=True)
            with torch.cuda.graph(graph, pool=memory, stream=self.stream):
                self._pass(aspect)
            self.graphs[aspect] = graph
        torch.cuda.synchronize()

    def learn_at(self, progress: float) -> None:
        config = self.config
        cosine = 0.5 * (1 + math.cos(math.pi * min(1.0, progress)))
        rate = config.final_learning_rate + (config.learning_rate - config.final_learning_rate) * cosine
        rate *= min(1.0, (self.step + 1) / config.warmup_steps)
        if self.of_network is not None:
            self.of_network.fill_(float(progress >= config.layer_first))
        if self.of_small is not None:
            self.of_small.fill_(config.small * cosine)
        for group in self.optimizer.param_groups:
            if self.cuda:
                group["lr"].fill_(rate)
            else:
                group["lr"] = rate

    def advance(self, progress: float, aspect: tuple) -> None:
        """One step; `progress` 0..1 of the schedule."""
        if not self.graphs:
            self.learn_at(progress)
            self._pass(aspect)
        else:
            with torch.cuda.stream(self.stream):
                self.learn_at(progress)
                self.graphs[aspect].replay()
        self.step += 1

    def validate(self, seconds: float) -> dict:
        steps = self.step - (self.log[-1]["step"] if self.log else 0)
        entry = dict(step=self.step, seconds=round(seconds, 1), loss=float(self.loss) / max(steps, 1))
        self.loss.zero_()
        averaged = calibrated(self.ema, self.pool, self.config)
        self.ema.load_state_dict(averaged.state_dict())
        figures = measure(averaged, self.validation, self.config.operator, self.config.side)
        entry.update({name: round(value, 3) for name, value in figures.items()})
        self.log.append(entry)
        return entry

    def save(self, folder: Path, command: str) -> None:
        stage = dict(
            command=command, steps=self.step, seconds=self.config.seconds, seed=self.config.seed,
            settings=self.config.record(), curve=self.log,
        )
        write_state(folder / f"{self.config.name}.pt", dict(ema=self.ema.state_dict(), stages=[*self.earlier, stage]))
