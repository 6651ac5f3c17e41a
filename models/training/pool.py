"""Scenes made by worker processes, kept on the training device, and cut into batches there."""

import multiprocessing
import time
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from config import TrainConfig
from degrade import NOISE, apply, averaging, degraded, enlarged, on_grid_of
from network import DAGF, cleaned
from pairs.corrupt import corrupted
from pairs.sources import SOURCES, drawer

SMALLEST_RANGE = 10.0  # levels; narrower targets are not stretched further, or rounding would be all there is
NOISE_RANGE = (2.0, 10.0)  # standard deviations that noisy targets are trained with beside the protocol's


def _worker(seed: int, photos: str, config: TrainConfig, slots, free, done) -> None:
    import os

    import cv2

    cv2.setNumThreads(0)
    os.nice(5)  # the step that waits for a kernel to be launched comes first
    draw, count = drawer(config.degradation, Path(photos), config.scenes), 0
    guidance, depth, known = (s.numpy() for s in slots)
    while True:
        slot = free.get()
        made = None
        while made is None:
            count += 1
            try:
                made = draw([seed, count])
            except Exception as error:  # a drawing that fails costs one scene, not the training
                print(f"scene {seed}/{count}: {error!r}", flush=True)
                time.sleep(0.5)
        guidance[slot], depth[slot], known[slot] = made
        done.put(slot)


@dataclass
class Batch:
    target: Tensor  # [N, 1, H, W] degraded and enlarged, normalised
    guidance: Tensor  # [N, 3, H, W] 0..1
    truth: Tensor  # [N, 1, H, W] in the units of the target
    known: Tensor  # [N, 1, H, W] 1 = known
    noisy: Tensor | None = None  # the target before it was cleaned, for networks that see it

    def take(self, drawn: "Batch") -> None:
        """Another batch of the same kind, in this one's memory."""
        for field in fields(self):
            if (held := getattr(self, field.name)) is not None:
                held.copy_(getattr(drawn, field.name))


class ScenePool:
    """Ring of `config.pool` scenes on `device`; workers replace the oldest. Start it before the first CUDA call."""

    def __init__(self, config: TrainConfig, photos: str) -> None:
        self.config, side, slots = config, config.scenes.size, 6 * config.workers
        self.slots = (
            torch.zeros(slots, side, side, 3, dtype=torch.uint8).share_memory_(),
            torch.zeros(slots, side, side, dtype=torch.float32).share_memory_(),
            torch.zeros(slots, side, side, dtype=torch.bool).share_memory_(),
        )
        context = multiprocessing.get_context("fork")
        self.free, self.done = context.SimpleQueue(), context.SimpleQueue()
        for slot in range(slots):
            self.free.put(slot)
        self.workers = []
        for index in range(config.workers):
            arguments = (config.seed * 1000 + index, photos, config, self.slots, self.free, self.done)
            self.workers.append(context.Process(target=_worker, args=arguments, daemon=True))
            self.workers[-1].start()
        self.made = 0

    def to(self, device: torch.device) -> "ScenePool":
        self.device = device
        self.generator = torch.Generator(device=device).manual_seed(self.config.seed)
        # Copies from pinned memory do not wait for the device; a ring of them outlives the few steps that are queued.
        pinned = dict(pin_memory=True) if device.type == "cuda" else {}
        self.staged = [torch.zeros(16 * self.config.refresh, *s.shape[1:], dtype=s.dtype, **pinned) for s in self.slots]
        self.scenes = [torch.zeros(self.config.pool, *s.shape[1:], dtype=s.dtype, device=device) for s in self.slots]
        return self

    def close(self) -> None:
        for worker in self.workers:
            worker.kill()

    def refresh(self, most: int) -> None:
        """Takes over at most `most` finished scenes, without waiting for any."""
        for _ in range(most):
            if self.done.empty():
                return
            slot = self.done.get()
            stage, place = self.made % len(self.staged[0]), self.made % self.config.pool
            for held, staged, fresh in zip(self.scenes, self.staged, self.slots):
                staged[stage].copy_(fresh[slot])
                held[place].copy_(staged[stage], non_blocking=True)
            self.free.put(slot)
            self.made += 1

    def _random(self, *shape: int) -> Tensor:
        return torch.rand(shape, generator=self.generator, device=self.device)

    def batch(self, config: TrainConfig, factor: int, degradation: str, cleaner: DAGF | None = None) -> Batch:
        """`cleaner`: removes the noise of targets before they are enlarged."""
        side = config.scenes.size
        count, crop = config.batch, config.crop
        held = min(self.made, config.pool)
        scene = (self._random(count) * held).long()
        grid = torch.arange(crop, device=self.device)[None]
        corners = (self._random(2, count, 1) * (side - crop + 1)).long()
        flips = self._random(2, count, 1) < 0.5
        y, x = (c + torch.where(f, crop - 1 - grid, grid) for c, f in zip(corners, flips))
        where = (scene[:, None, None], y[:, :, None], x[:, None, :])
        guidance, depth, known = (s[where] for s in self.scenes)
        if torch.rand((), generator=None) < 0.5:
            guidance, depth, known = (s.transpose(1, 2) for s in (guidance, depth, known))
        depth, guidance = depth[:, None].contiguous(), guidance.permute(0, 3, 1, 2).float() / 255
        if degradation != "texture":  # that target is a channel of the guidance
            depth = torch.where(self._random(count, 1, 1, 1) < 0.12, 255 - depth, depth)
            guidance = self._graded(guidance)
        if degradation in SOURCES:
            target, guidance, truth = corrupted(degradation, guidance, depth, self.generator, config.scenes.correlated)
        else:
            small, truth = self._normalised(depth, factor, degradation)
            if degradation == "low-noise" or cleaner:
                low_guidance = on_grid_of(guidance, factor, (cleaner.config if cleaner else config.network).detail)
            if degradation == "low-noise":
                truth, known = degraded(truth, factor, "bicubic"), apply(averaging, known.shape[-2:], factor, known.float()) > 0.5
                return Batch(small, low_guidance, truth, known[:, None].contiguous().float())
            target = enlarged(cleaned(cleaner, small, low_guidance) if cleaner else small, factor)
        noisy = enlarged(small, factor) if config.network.noisy else None
        # One layout for every batch: another one would compile the step again.
        return Batch(target, guidance, truth, known[:, None].contiguous().float(), noisy)

    def _normalised(self, depth: Tensor, factor: int, degradation: str) -> tuple[Tensor, Tensor]:
        """Degraded target [N, 1, h, w] and truth [N, 1, H, W], as the engine does by the low-resolution range; half of the crops are
        tiles of a scene of wider range."""
        count = depth.shape[0]
        small = degraded(depth, factor, degradation, self._deviations(count), self.generator)
        small = torch.where(self._random(count, 1, 1, 1) < 0.5, small.round(), small)
        low, high = small.amin((1, 2, 3), keepdim=True), small.amax((1, 2, 3), keepdim=True)
        span = (high - low).clamp_min(SMALLEST_RANGE)
        wider = self._random(2, count, 1, 1, 1).square() * span * (self._random(count, 1, 1, 1) < 0.5)
        low, span = low - wider[0], span + wider.sum(0)
        return (small - low) / span, (depth - low) / span

    def _deviations(self, count: int) -> Tensor:
        """[N, 1, 1, 1] noise in levels: that of the protocol for half of the crops, log-uniform for the others."""
        least, most = NOISE_RANGE
        others = least * (most / least) ** self._random(count, 1, 1, 1)
        return torch.where(self._random(count, 1, 1, 1) < 0.5, torch.full_like(others, NOISE), others)

    def _graded(self, guidance: Tensor) -> Tensor:
        """Another exposure, white balance and contrast for every crop; some are grey."""
        count = guidance.shape[0]
        gain = torch.exp(0.15 * torch.randn(count, 3, 1, 1, generator=self.generator, device=self.device))
        gamma = torch.exp(0.3 * (self._random(count, 1, 1, 1) - 0.5))
        guidance = (guidance.clamp_min(1e-4) ** gamma * gain).clamp(0, 1)
        grey = guidance.mean(1, keepdim=True).expand_as(guidance)
        return torch.where(self._random(count, 1, 1, 1) < 0.08, grey, guidance)
