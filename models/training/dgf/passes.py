"""One pass of a network over one batch, in training and for its statistics."""

from torch import Tensor

from dgf.config import DgfTraining
from dgf.network import Dgf
from dgf.pool import Batch, PairPool


def reach_of(config: DgfTraining) -> int:
    """Pixels that the network at full resolution looks beyond the one it computes."""
    return sum(config.network.dilations) if config.network.variant == "can" else 0


def passed(
    network: Dgf, pool: PairPool, config: DgfTraining, aspect: tuple, draws: Tensor, of_small: Tensor | None = None
) -> Tensor:
    """Mean square error of a batch. "s" never sees the full resolution: its network learns the reduced target. "can" sees
    windows, and counts where the picture around them would change nothing. `of_small`: weight of what "s" learns, for the others."""
    reach = reach_of(config)
    size, textured = config.crop + 2 * reach, config.network.texture > 0
    batch = pool.batch(aspect, config.side, size, draws[: config.batch], reach, config.pixels == "spread", textured)
    return loss_of(network, batch, of_small)


def loss_of(network: Dgf, batch: Batch, of_small: Tensor | None = None) -> Tensor:
    variant = network.config.variant
    if variant == "can":
        error = (network.output(batch.picture, batch.condition) - batch.target).square().mean(1, keepdim=True)
        return (error * batch.seen).sum() / batch.seen.sum()
    output = network.output(batch.small, batch.condition)
    in_small = lambda: (output - batch.small_target).square().mean()
    if variant == "s":
        return in_small()
    coefficients = network.coefficients_of(batch.small, output, batch.condition)
    error = (network.applied(batch.enlarged(coefficients), batch.picture) - batch.target).square().mean()
    return error if of_small is None else error + of_small * in_small()
