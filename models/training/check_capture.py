"""A captured step is a plain one (needs an NVIDIA GPU); a failed check ends the run.

    python check_capture.py

Both kinds of optimizers amplify the last bits of a gradient, and libraries do not sum in a fixed order: two plain trainings part, too. So what is
compared is how far a captured one parts from a plain one, as a share of how far the weights have moved.
"""

import dataclasses

import torch

from config import NetworkConfig, TrainConfig
from pool import Batch
from trainer import Passes, Trainer

STEPS = 40
FARTHEST = 2.0  # times as far as two plain trainings
CONFIG = TrainConfig(batch=4, crop=64, warmup_steps=10, compiled=0, network=NetworkConfig(channels=16, blocks=1))


class Waves:
    """Batches as a pool draws them, the same for every training."""

    def __init__(self, device: torch.device) -> None:
        self.generator, self.device = torch.Generator(device).manual_seed(5), device

    def refresh(self, most: int) -> None:
        pass

    def batch(self, config: TrainConfig, *_) -> Batch:
        noise = lambda channels: torch.rand((config.batch, channels, config.crop, config.crop), generator=self.generator, device=self.device)
        guidance = torch.nn.functional.avg_pool2d(noise(3), 5, 1, 2) * 3 - 1
        truth = (guidance.mean(1, keepdim=True) > 0.5).float()
        return Batch(torch.nn.functional.avg_pool2d(truth, 9, 1, 4), guidance, truth, torch.ones_like(truth))


def trained(optimizer: str, captured: bool) -> tuple[torch.Tensor, torch.Tensor]:
    """The weights before and after so many steps."""
    device = torch.device("cuda")
    config = dataclasses.replace(CONFIG, optimizer=optimizer)
    trainer = Trainer(config, Waves(device), Passes(config, device), device)
    weights = lambda: torch.cat([p.detach().flatten().double() for p in trainer.network.parameters()])
    begin = weights()
    if captured:
        trainer.capture()
        assert trainer.graph and torch.equal(weights(), begin), "warming up moved the weights"
        trainer.pool = Waves(device)  # what the capture drew comes again
    for step in range(STEPS):
        trainer.advance(step / STEPS)
    return begin, weights()


def main() -> None:
    torch.backends.cudnn.benchmark = True
    for optimizer in ("adamw", "muon"):
        (begin, plain), (_, again), (_, captured) = (trained(optimizer, kind) for kind in (False, False, True))
        moved = (plain - begin).norm()
        natural, apart = float((again - plain).norm() / moved), float((captured - plain).norm() / moved)
        print(f"{optimizer}: two plain trainings {natural:.4f} apart, a captured one {apart:.4f}", flush=True)
        assert apart < FARTHEST * natural + 0.02


if __name__ == "__main__":
    main()
