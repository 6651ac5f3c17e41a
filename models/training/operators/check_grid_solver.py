"""Checks of grid_solver.py against sparse direct solutions; a failed one ends the run. Run in models/training:

    python -m operators.check_grid_solver
"""

import numpy as np
import torch
from scipy.sparse import csc_matrix
from scipy.sparse.linalg import spsolve

from operators.grid_solver import Level, Preconditioner, Transfer, dot, five_points, grid_product, solve_grid


def direct(data: np.ndarray, right: np.ndarray, below: np.ndarray, r: np.ndarray) -> np.ndarray:
    """By elimination, in double precision; all [H, W]."""
    places = np.arange(data.size).reshape(data.shape)
    pairs = [(places[:, :-1], places[:, 1:], right[:, :-1]), (places[:-1], places[1:], below[:-1])]
    one, other, weights = (np.concatenate([part.ravel() for part in parts]) for parts in zip(*pairs))
    rows, columns = np.r_[places.ravel(), one, other, one, other], np.r_[places.ravel(), one, other, other, one]
    entries = np.r_[data.ravel(), weights, weights, -weights, -weights]
    return spsolve(csc_matrix((entries, (rows, columns))), r.ravel()).reshape(data.shape)


def scene(height: int, width: int, seed: int) -> np.ndarray:
    """Regions with hard edges, gentle slopes and noise, 0..1."""
    random = np.random.default_rng(seed)
    y, x = np.mgrid[:height, :width]
    regions = np.floor(x / 9 + y / 23) * 5 % 7 / 8 + np.floor(np.hypot(x - 20, y - 30) / 11) % 2 / 9
    return (regions + 0.05 * np.sin(x / 7) + 0.004 * random.standard_normal(regions.shape)).clip(0, 1)


def systems(height: int, width: int, seed: int):
    """Of log lightness, all pixels alike, and of colours, where most pixels say nothing (weights from 0.001)."""
    values = scene(height, width, seed)
    random = np.random.default_rng(seed + 1)
    logs = np.log(values + 1e-4)
    for plane, power, floor, strength in ((logs, 1.2, 1e-4, 0.5), (values, 2.0, 1e-4, 0.1)):
        right, below = np.full((2, height, width), 7.0)  # the last column and row: not to be used
        right[:, :-1] = strength / (np.abs(np.diff(plane, axis=1)) ** power + floor)
        below[:-1] = strength / (np.abs(np.diff(plane, axis=0)) ** power + floor)
        data = np.ones_like(values) if power < 2 else np.where(random.random(values.shape) < 0.3, 1, 0.001)
        yield data, right, below, data * (values + 0.1 * random.standard_normal(values.shape))


def tensor(plane: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(plane).float()[None, None]


def check_solutions() -> None:
    for height, width in ((64, 96), (61, 83), (9, 8), (1, 40), (33, 1), (1, 1), (2, 3)):
        for system in systems(height, width, height):
            found = solve_grid(*map(tensor, system))[0, 0].numpy()
            error = found - direct(*system)
            assert np.sqrt((error**2).mean()) < 1e-4, (height, width, np.abs(error).max())


def check_batches() -> None:
    """A picture's solution does not depend on its neighbours in the batch, and channels share their weights."""
    pictures = [[tensor(plane) for plane in system] for seed in (3, 4) for system in systems(40, 30, seed)]
    batch = [torch.cat(planes) for planes in zip(*pictures)]
    together = solve_grid(*batch)
    for alone, found in zip(pictures, together):
        assert torch.allclose(solve_grid(*alone)[0], found, atol=2e-5)
    channels = solve_grid(*batch[:3], torch.cat([batch[3], 2 * batch[3]], 1))
    assert torch.allclose(channels, torch.cat([together, 2 * together], 1), atol=5e-5)


def check_multigrid() -> None:
    """Restriction is the transpose of interpolation, coarse systems are Galerkin's, and the cycle is symmetric and positive."""
    generator = torch.Generator().manual_seed(1)
    for height, width in ((13, 18), (20, 11), (16, 16)):
        system = [plane.double() for plane in map(tensor, next(systems(height, width, 5)))]
        system[1][..., -1] = 0
        system[2][..., -1, :] = 0
        level = Level(five_points(*system[:3]))
        draw = lambda h, w: torch.randn(1, 1, h, w, generator=generator, dtype=torch.float64)
        a, b = draw(height, width), draw(height, width)
        assert torch.allclose(level.product(a), grid_product(*system[:3], a))
        transfer = Transfer(level)
        c = draw((height + 1) // 2, (width + 1) // 2)
        assert torch.allclose(dot(transfer.up(c), a), dot(c, transfer.down(a)))
        precondition = Preconditioner(level)
        coarse = precondition.levels[1].product(c)
        assert torch.allclose(coarse, transfer.down(level.product(transfer.up(c))))
        assert torch.allclose(dot(a, precondition(b)), dot(precondition(a), b), rtol=1e-4)
        assert dot(a, precondition(a)) > 0


def main() -> None:
    torch.set_num_threads(1)
    for check in (check_solutions, check_batches, check_multigrid):
        check()
        print(check.__name__, "passed", flush=True)


if __name__ == "__main__":
    main()
