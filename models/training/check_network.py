"""Checks of the network's switches and losses against slow references and committed numbers; a failed one ends the run.

    python check_network.py
"""

import dataclasses
import json
from pathlib import Path

import numpy as np
import torch
from scipy import ndimage

from ablation_models import COMPONENTS, FULL, GRID, NYU, TABLES
from akl import AttentionalKernels, filtered, filtered_at_once
from config import LossConfig, NetworkConfig, TrainConfig
from degrade import enlarged
from losses import boundary, mean_absolute, total_loss
from network import DAGF, cleaned, parameter_count
from reach import exact_reach, reach_bound
from trainer import RECORDS, Passes, Trainer, begin_with
from weights import MODELS

# Outputs of the network as it was before it had switches, on `numbered` weights and `waves`: mean and deviation of
# I_0, I_1, I_2. Made with `python -c "from check_network import *; print(digest())"` at that state.
DIGEST = [(-0.324229, 0.545521), (1.16602, 0.570048), (0.531501, 1.81724)]


def numbered(network: torch.nn.Module) -> torch.nn.Module:
    """Weights that depend on nothing but their order: waves around zero, so that no term of the network is idle."""
    start = 0
    with torch.no_grad():
        for parameter in network.parameters():
            places = torch.arange(start, start + parameter.numel(), dtype=torch.float64)
            scale = 0.9 / max(1, parameter[0].numel()) ** 0.5
            parameter.copy_((scale * torch.sin(places * 1.3 + places.square() * 0.01)).reshape(parameter.shape))
            start += parameter.numel()
    return network.eval()


def waves(height: int, width: int, channels: int) -> torch.Tensor:
    y, x = torch.meshgrid(torch.arange(height), torch.arange(width), indexing="ij")
    planes = [0.5 + 0.5 * torch.sin(0.37 * x * (c + 1) + 0.23 * y + (x // 16 + y // 8) * 1.7) for c in range(channels)]
    return torch.stack(planes)[None]


@torch.no_grad()
def digest() -> list[tuple[float, float]]:
    outputs = numbered(DAGF(NetworkConfig()))(waves(40, 72, 1), waves(40, 72, 3))
    return [(round(float(o.double().mean()), 6), round(float(o.double().std()), 6)) for o in outputs]


def check_default() -> None:
    assert np.allclose(digest(), DIGEST, atol=2e-5), digest()


def check_filtering() -> None:
    generator = torch.Generator().manual_seed(1)
    for size in (1, 3, 5, 7):
        features = torch.randn(1, 2, 9, 8, generator=generator)
        kernels = torch.randn(1, size * size, 9, 8, generator=generator)
        found, border = filtered(features, kernels), size // 2
        assert torch.allclose(filtered_at_once(features, kernels), found, atol=1e-5), size
        for channel in range(2):
            padded = np.pad(features[0, channel].numpy(), border, mode="edge")
            for y in range(9):
                for x in range(8):
                    window = padded[y : y + size, x : x + size]
                    expected = (window * kernels[0, :, y, x].numpy().reshape(size, size)).sum()
                    assert abs(found[0, channel, y, x] - expected) < 1e-4, (size, y, x)


@torch.no_grad()
def check_combinations() -> None:
    target, guidance = torch.randn(2, 2, 16, 8, 12, generator=torch.Generator().manual_seed(2))
    combine = {
        "akl": lambda t, g, a: a * g + (1 - a) * t, "mul": lambda t, g, a: t * g, "sum": lambda t, g, a: t + g,
    }
    for size in (1, 3, 5, 7):
        for combination, expected in combine.items():
            config = NetworkConfig(channels=16, kernel=size, combination=combination)
            fresh = AttentionalKernels(config)
            identity = torch.zeros(size * size)
            identity[size * size // 2] = 1
            assert (fresh(target, guidance).mean((0, 2, 3)) - identity).abs().max() < 0.3, (combination, "start")
            module = numbered(fresh)
            parts = module.parts(target, guidance)
            wanted = expected(module.of_target(target), module.of_guidance(guidance), parts.get("attention"))
            assert torch.allclose(parts["kernels"], wanted, atol=1e-5), combination
            assert torch.equal(module(target, guidance), parts["kernels"])


def check_sources() -> None:
    """An input that makes no kernels has no pyramid, and the guidance then has no influence at all."""
    for source, absent in (("target", "guidance"), ("guidance", "target")):
        network = numbered(DAGF(NetworkConfig(channels=8, blocks=1, source=source)))
        assert not hasattr(network, absent) and not hasattr(network.levels[0].kernels, f"of_{absent}")
        guidance = waves(16, 24, 3).requires_grad_()
        network(waves(16, 24, 1), guidance)[-1].square().sum().add(0 * guidance.sum()).backward()
        assert bool(guidance.grad.abs().sum() > 0) == (source == "guidance"), source


def check_noisy() -> None:
    """The noisy target changes the kernels alone, and nothing where the network is not told of it."""
    target, guidance, noisy = waves(16, 24, 1), waves(16, 24, 3), waves(24, 16, 1).transpose(2, 3).clone().requires_grad_()
    for seen in (0, 1):
        network = numbered(DAGF(NetworkConfig(channels=8, blocks=1, noisy=seen)))
        network(target, guidance, noisy)[-1].square().sum().add(0 * noisy.sum()).backward()
        assert bool(noisy.grad.abs().sum() > 0) == bool(seen)
        noisy.grad = None
    with torch.no_grad():
        nothing = torch.zeros_like(network.levels[-1].output.weight)
        for level in network.levels:
            level.output.weight.copy_(nothing), level.output.bias.zero_()
        assert torch.equal(network(target, guidance, noisy)[-1], target)  # what is corrected is the cleaned target
    try:
        NetworkConfig(noisy=1, source="guidance")
    except ValueError:
        return
    raise AssertionError("features of the noisy target are wanted where none are made of the target")


@torch.no_grad()
def check_shapes() -> None:
    for model in {m.id: m for models in TABLES.values() for m in models}.values():
        config = model.network
        network, side = DAGF(config).eval(), 2 * config.multiple
        outputs = network(waves(side, side, 1), waves(side, side, 3))
        assert [o.shape[-1] for o in outputs] == [side >> i for i in reversed(range(config.levels))], model.id


@torch.no_grad()
def check_cleaned() -> None:
    """Targets of any size are continued by reflection, and lose what was added."""
    torch.manual_seed(3)
    network = DAGF(NetworkConfig(channels=8, blocks=1)).eval()
    small, guidance = torch.rand(2, 1, 21, 27), torch.rand(2, 3, 21, 27)
    rows, columns = ([*range(n), *range(n - 2, n - 2 - (-n % 8), -1)] for n in (21, 27))
    continued = lambda image: image[..., rows, :][..., columns]
    expected = network(continued(small), continued(guidance))[-1][..., :21, :27]
    assert torch.allclose(cleaned(network, small, guidance), expected)


@torch.no_grad()
def check_detail() -> None:
    """A network that sees a finer guidance begins as one that sees the means of its pixels, is continued by reflection alike, and heeds
    every finer pixel; also with twice the channels."""
    small = NetworkConfig(channels=4, blocks=1)
    before, target, fine = numbered(DAGF(small)), waves(21, 27, 1), waves(84, 108, 3)
    expected = cleaned(before, target, torch.nn.functional.avg_pool2d(fine, 4))
    for channels in (4, 8):
        after = numbered(DAGF(dataclasses.replace(small, channels=channels, detail=4)))
        begin_with(after, before.state_dict())
        assert torch.allclose(cleaned(after, target, fine), expected, atol=1e-5 * float(expected.abs().max())), channels
    within = numbered(DAGF(dataclasses.replace(small, detail=4)))
    with torch.enable_grad():
        guidance = fine[..., :64, :64].clone().requires_grad_()
        within(target[..., :16, :16], guidance)[-1][0, 0, 8, 8].backward()
    assert (guidance.grad[0, :, 32:36, 32:36] != 0).all()
    assert guidance.grad[0, 0, 32:36, 32:36].unique().numel() == 16


def check_losses() -> None:
    generator = torch.Generator().manual_seed(3)
    truth, output = torch.rand(2, 2, 1, 16, 24, generator=generator)
    known = (torch.rand(2, 1, 16, 24, generator=generator) > 0.2).float()
    slopes = lambda image, axis: np.stack([ndimage.sobel(plane[0].numpy(), axis, mode="nearest") for plane in image])
    mask = (slopes(truth, 1) - slopes(output, 1)) * (slopes(truth, 0) - slopes(output, 0))  # equation 24
    weighted = np.abs(mask * truth[:, 0].numpy() - mask * output[:, 0].numpy())  # equation 25
    expected = (weighted * known[:, 0].numpy()).sum() / known.sum()
    assert abs(boundary(output - truth, known) - expected) < 1e-5 * expected

    coarse = [torch.rand(2, 1, 16 // n, 24 // n, generator=generator) for n in (4, 2)]
    config = LossConfig(l1=1.0, rmse=0.0, multistage=1.0, stages="enlarged")
    loss = lambda config: total_loss([*coarse, output], truth, known, torch.tensor(0.7), config)
    total, plain = loss(config), mean_absolute(output - truth, known)
    stages = sum(mean_absolute(enlarged(o, n) - truth, known) for o, n in zip(coarse, (4, 2))) / 2  # equation 23
    assert torch.allclose(total, plain + 0.7 * stages)
    for weight in (10.0, 0.001):
        heavier = loss(dataclasses.replace(config, boundary=weight))
        assert torch.allclose(heavier - total, weight * boundary(output - truth, known), rtol=1e-3, atol=1e-6)
    assert torch.allclose(loss(dataclasses.replace(config, multistage=0.0)), plain)


def check_reach() -> None:
    for levels in (1, 2):
        config = NetworkConfig(levels=levels, channels=4, blocks=1)
        exact = exact_reach(numbered(DAGF(config)))
        assert exact[-1] <= reach_bound(config) <= exact[-1] + 8, (levels, exact, reach_bound(config))
        noisy = dataclasses.replace(config, noisy=1)
        assert exact_reach(numbered(DAGF(noisy))) == exact  # known_reach in finish.py rests on it


def check_more_blocks() -> None:
    """A network with further residual blocks, that sees the noisy target or both, begins as the one whose weights it takes; other gaps
    are refused."""
    small = NetworkConfig(channels=4, blocks=1)
    before, inputs = numbered(DAGF(small)), (waves(16, 24, 1), waves(16, 24, 3), 1 - waves(16, 24, 1))
    for more in (dict(extra_blocks=4), dict(noisy=1), dict(extra_blocks=6, noisy=1)):
        after = numbered(DAGF(dataclasses.replace(small, **more)))
        begin_with(after, before.state_dict())
        assert all(map(torch.equal, before(*inputs), after(*inputs))), more
    further = numbered(DAGF(dataclasses.replace(small, extra_blocks=8, noisy=1)))
    numbered(after)  # such weights, in which no plane and no block is idle, are begun with in turn
    begin_with(further, after.state_dict())
    assert all(map(torch.equal, after(*inputs), further(*inputs)))
    try:
        begin_with(numbered(DAGF(dataclasses.replace(small, levels=4))), before.state_dict())
    except ValueError:
        return
    raise AssertionError("a network with another level began with weights that lack it")


def check_more_channels() -> None:
    """A network with twice the channels computes what the one does whose weights it takes, also with further blocks and the noisy target,
    and its copies are no longer equal; any other width is refused."""
    small = NetworkConfig(channels=4, blocks=1)
    before, inputs = numbered(DAGF(small)), (waves(16, 24, 1), waves(16, 24, 3), 1 - waves(16, 24, 1))
    for more in (dict(), dict(extra_blocks=2, noisy=1)):
        after = numbered(DAGF(dataclasses.replace(small, channels=8, **more)))
        begin_with(after, before.state_dict())
        for expected, found in zip(before(*inputs), after(*inputs)):
            assert torch.allclose(expected, found, atol=1e-5 * float(expected.abs().max())), more
        read = after.levels[0].kernels.of_target[0].conv.weight
        assert (read[:, :4] - read[:, 4:]).abs().min() > 0
    try:
        begin_with(numbered(DAGF(dataclasses.replace(small, channels=12))), before.state_dict())
    except RuntimeError:
        return
    raise AssertionError("a network of three times the channels began with narrower weights")


def check_ablation() -> None:
    whole = parameter_count(DAGF(FULL))
    for model in COMPONENTS:
        assert abs(parameter_count(DAGF(model.network)) / whole - 1) < 0.01, model.id
    assert [m.rmse for m in GRID] == [rmse for row in NYU.values() for rmse in row]
    full = next(m for m in COMPONENTS if m.id == "model7-weak")
    same = next(m for m in GRID if m.id == "m3-k3")
    assert (full.network, full.loss) == (same.network, same.loss)
    for models in TABLES.values():
        assert len({m.id for m in models}) == len(models)


def check_stages_begin_with_what_was_made_before() -> None:
    """`remake.py` repeats the commands of a record in order: each finds the state that it begins with."""
    begun = 0
    for path in sorted(RECORDS.glob("dagf-*.json")):
        made = set()
        for stage in json.loads(path.read_text())["stages"]:
            words = stage["command"].split()
            for flag in {"--initial", "--resume"}.intersection(words):
                state = Path(words[words.index(flag) + 1]).stem
                assert state in made, f"{path.name}: a stage begins with {state}, of {made} made before"
                begun += 1
            made.add(stage["settings"]["name"])
    assert begun > 20


def check_a_stage_names_the_state_of_the_one_before() -> None:
    """Not the file that shipped from it, which has a name of its own."""
    config = TrainConfig(name="dagf-wide-x4-nearest", network=NetworkConfig(channels=64, extra_blocks=6))
    trainer = Trainer(config, None, Passes(config, torch.device("cpu")), torch.device("cpu"))
    trainer.start_from(MODELS)
    assert trainer.start == ["--initial", f"OUT/{trainer.earlier[-1]['settings']['name']}.pt"] == ["--initial", "OUT/dagf-x4-nearest.pt"]


def main() -> None:
    torch.set_num_threads(1)
    checks = [value for name, value in globals().items() if name.startswith("check_")]
    for check in checks:
        check()
        print(check.__name__, "passed", flush=True)


if __name__ == "__main__":
    main()
