"""One pass of a network over one batch, in training and for its statistics."""

from typing import Callable

from torch import Tensor

from dgf.config import DgfTraining
from dgf.network import Dgf
from dgf.pool import Batch, PairPool

ROUNDING = 1 / (12 * 255**2)  # mean square of the targets' rounding to 8 bits: nearer than that is no gain


def reach_of(config: DgfTraining) -> int:
    """Pixels that the network at full resolution looks beyond the one it computes."""
    return sum(config.network.dilations) if config.network.variant == "can" else 0


def passed(
    network: Dgf, pool: PairPool, config: DgfTraining, aspect: tuple, draws: Tensor, of_small: Tensor | None = None
) -> Tensor:
    """Mean square error of a batch. "s" never sees the full resolution: its network learns the reduced target. "can" sees
    windows, and counts where the picture around them would change nothing. `of_small`: weight of what "s" learns, for the others."""
    reach = reach_of(config)
    size = config.crop + 2 * reach
    batch = pool.batch(aspect, config.side, size, draws[: config.batch], reach, config.pixels == "spread", config.network)
    return loss_of(network, batch, of_small, mean_error if config.error == "square" else mean_root)


def mean_error(squares: Tensor) -> Tensor:
    return squares.mean()


def mean_root(squares: Tensor) -> Tensor:
    return (squares.mean((1, 2, 3)) + ROUNDING).sqrt().mean()


def loss_of(network: Dgf, batch: Batch, of_small: Tensor | None, mean: Callable[[Tensor], Tensor]) -> Tensor:
    """`mean`: of squared errors [N, C, H, W]."""
    variant = network.config.variant
    if variant == "can":
        error = (network.output(batch.picture, batch.condition) - batch.target).square().mean(1, keepdim=True)
        return (error * batch.seen).sum() / batch.seen.sum()
    output = network.output(batch.small, batch.condition)
    in_small = lambda: mean((output - batch.small_target).square())
    if variant == "s":
        return in_small()
    coefficients = network.coefficients_of(batch.small, output, batch.condition)
    error = mean((network.applied(batch.enlarged(coefficients), batch.picture) - batch.target).square())
    return error if of_small is None else error + of_small * in_small()
