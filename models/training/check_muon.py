"""Checks of Muon against slow references; a failed one ends the run.

    python check_muon.py
"""

import math

import torch

from config import NetworkConfig
from muon import ITERATIONS, NEWTON_SCHULZ, ROOT_MEAN_SQUARE, Muon, optimizers, orthogonal
from network import DAGF


def brought_near_one(value: float) -> float:
    """A singular value after the polynomial's iterations."""
    first, third, fifth = NEWTON_SCHULZ
    for _ in range(ITERATIONS):
        value = first * value + third * value**3 + fifth * value**5
    return value


def slow_orthogonal(matrix: torch.Tensor) -> torch.Tensor:
    left, values, right = torch.linalg.svd(matrix.double() / (matrix.double().norm() + 1e-7), full_matrices=False)
    return left @ torch.diag(torch.tensor([brought_near_one(float(v)) for v in values], dtype=torch.float64)) @ right


def matrices(*shape: int) -> torch.Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(math.prod(shape)))


def check_singular_vectors_stay_and_values_come_near_one() -> None:
    for shape in ((3, 8, 20), (2, 20, 8), (1, 8, 8)):
        given = matrices(*shape)
        found = orthogonal(given)
        for one, result in zip(given, found):
            assert torch.allclose(result.double(), slow_orthogonal(one), atol=2e-4), (result - slow_orthogonal(one)).abs().max()
            large = torch.linalg.svdvals(one) > 0.1 * torch.linalg.svdvals(one).max()
            values = torch.linalg.svdvals(result)[large]
            assert 0.6 < values.min() and values.max() < 1.3, values


def check_steps_are_those_of_single_matrices() -> None:
    """Two convolutions at once, in either memory format, as one by one; with momentum (Nesterov's) and weight decay."""
    kernels, lr, momentum, decay = [matrices(16, 16, 3, 3), 2 * matrices(16, 16, 3, 3).flip(0)], 0.1, 0.95, 0.01
    for layout in (torch.contiguous_format, torch.channels_last):
        given = [torch.nn.Parameter(k.clone(memory_format=layout)) for k in kernels]
        optimizer = Muon(given, lr=lr, momentum=momentum, weight_decay=decay)
        expected, held = [k.double() for k in kernels], [torch.zeros(16, 16, 3, 3, dtype=torch.float64) for _ in kernels]
        for step in range(3):
            for index, parameter in enumerate(given):
                gradient = matrices(16, 16, 3, 3).roll(step + index, 1)
                parameter.grad = gradient.clone(memory_format=layout)
                held[index] = momentum * held[index] + gradient.double()
                update = slow_orthogonal((gradient + momentum * held[index]).flatten(1)).view(16, 16, 3, 3)
                expected[index] = expected[index] * (1 - lr * decay) - lr * ROOT_MEAN_SQUARE * math.sqrt(16 * 9) * update
            optimizer.step()
        for parameter, slow in zip(given, expected):
            assert torch.allclose(parameter.detach().double(), slow, atol=2e-3), (parameter - slow).abs().max()


def check_infinite_gradients_change_nothing() -> None:
    parameter = torch.nn.Parameter(matrices(16, 16, 1, 1))
    optimizer = Muon([parameter], lr=0.1)
    parameter.grad, before = torch.full_like(parameter, float("inf")), parameter.detach().clone()
    optimizer.found_inf = torch.ones(())
    optimizer.step()
    assert torch.equal(parameter, before)
    optimizer.found_inf, parameter.grad = torch.zeros(()), matrices(16, 16, 1, 1)
    optimizer.step()
    assert torch.isfinite(parameter).all() and not torch.equal(parameter, before)


def check_every_parameter_has_one_optimizer() -> None:
    network = DAGF(NetworkConfig())
    dealt = {kind: [[p for g in o.param_groups for p in g["params"]] for o in optimizers(network, kind, 1e-3, 0, fused=False)] for kind in ("adamw", "muon")}
    for groups in dealt.values():
        assert sorted(id(p) for group in groups for p in group) == sorted(id(p) for p in network.parameters())
    assert len(dealt["adamw"]) == 1 and len(dealt["muon"]) == 2
    assert all(p.dim() == 4 and min(p.shape[:2]) >= 16 for p in dealt["muon"][1])
    assert sum(p.numel() for p in dealt["muon"][1]) > 0.9 * sum(p.numel() for p in network.parameters())
    try:
        optimizers(network, "sgd", 1e-3, 0, fused=False)
    except ValueError as error:
        assert "'sgd'" in str(error)
    else:
        raise AssertionError("taken for an optimizer")


def main() -> None:
    torch.set_num_threads(1)
    for check in [value for name, value in globals().items() if name.startswith("check_")]:
        check()
        print(check.__name__, "passed", flush=True)


if __name__ == "__main__":
    main()
