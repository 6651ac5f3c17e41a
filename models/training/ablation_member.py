"""One model of an ablation in training: its weights, their running average, its optimizer and its passes."""

from contextlib import nullcontext

import numpy as np
import torch

from ablation_models import AblationModel
from akl import filtered_at_once
from config import TrainConfig
from losses import total_loss
from network import DAGF
from pool import Batch

WARM_UP = 3  # passes before the capture: libraries choose their algorithms then


class Member:
    """One model in training, in bfloat16 on a GPU; there its forward and backward passes are captured and replayed."""

    def __init__(self, model: AblationModel, seed: int, config: TrainConfig, device: torch.device) -> None:
        self.model, self.seed, self.device, self.graph, self.ema_rate = model, seed, device, None, config.ema
        torch.manual_seed(seed)
        self.network = DAGF(model.network).to(device)
        for level in self.network.levels:
            level.filtering = filtered_at_once
        self.ema = DAGF(model.network).to(device).eval().requires_grad_(False)
        self.ema.load_state_dict(self.network.state_dict())
        cuda = device.type == "cuda"
        if cuda:
            self.network = self.network.to(memory_format=torch.channels_last)
        self.optimizer = torch.optim.AdamW(
            self.network.parameters(), lr=config.learning_rate, betas=(0.9, 0.99),
            weight_decay=config.weight_decay, **(dict(fused=True) if cuda else {}),
        )
        self.sums = torch.zeros((), device=device)

    @property
    def name(self) -> str:
        return f"{self.model.id}.{self.seed}"

    def _passes(self, batch: Batch, multistage: torch.Tensor) -> None:
        self.optimizer.zero_grad(set_to_none=True)
        with torch.autocast("cuda", torch.bfloat16) if self.device.type == "cuda" else nullcontext():
            outputs = self.network(batch.target, batch.guidance)
        loss = total_loss([o.float() for o in outputs], batch.truth, batch.known, multistage, self.model.loss)
        loss.backward()
        self.sums += loss.detach()

    def capture(self, batch: Batch, multistage: torch.Tensor, memory) -> None:
        """`batch` and `multistage` are overwritten in place before every replay; `memory` is shared by all models."""
        aside = torch.cuda.Stream()
        aside.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(aside):
            for _ in range(WARM_UP):
                self._passes(batch, multistage)
        torch.cuda.current_stream().wait_stream(aside)
        self.optimizer.zero_grad(set_to_none=True)
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph, pool=memory):
            self._passes(batch, multistage)
        self.graph = graph
        self.sums.zero_()

    def advance(self, batch: Batch, multistage: torch.Tensor, rate: float, step: int) -> None:
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        if self.graph:
            self.graph.replay()
        else:
            self._passes(batch, multistage)
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimizer.step()
        decay = min(self.ema_rate, (1 + step) / (10 + step))
        with torch.no_grad():
            averaged = list(self.ema.parameters())
            torch._foreach_mul_(averaged, decay)
            torch._foreach_add_(averaged, list(self.network.parameters()), alpha=1 - decay)

    def half(self) -> dict[str, np.ndarray]:
        """The averaged weights as float16."""
        return {n: v.detach().half().cpu().numpy() for n, v in self.ema.state_dict().items()}
