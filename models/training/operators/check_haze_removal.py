"""Checks of haze_removal.py against the numbers that the application's filter is tested with
(electron/filters/fixtures/scipy_haze_removal.json); a failed one ends the run. Run in models/training:

    python -m operators.check_haze_removal
"""

import json
from pathlib import Path

import torch
from torch import Tensor

from operators.haze_removal import air_light, estimated_transmission, haze_lines, remove_haze

FIXTURE = Path(__file__).parents[3] / "electron/filters/fixtures/scipy_haze_removal.json"


def fixture() -> tuple[dict, Tensor]:
    numbers = json.loads(FIXTURE.read_text())
    return numbers, torch.tensor(numbers["target"]).view(1, 3, numbers["height"], numbers["width"])


def check_results() -> None:
    numbers, picture = fixture()
    for case in numbers["cases"]:
        settings = {"smoothness" if name == "lambda" else name: value for name, value in case["settings"].items()}
        expected = torch.tensor(case["result"]).view_as(picture)
        error = (remove_haze(picture, **settings) - expected).abs()
        assert error.max() < 5e-4 and (expected - picture).abs().max() > 0.05, (settings, float(error.max()))


def check_kernels() -> None:
    numbers, picture = fixture()
    kernels = {name: torch.tensor(values) for name, values in numbers["kernels"].items()}
    air = air_light(picture)
    assert torch.allclose(air.flatten(), kernels["airLight"], atol=1e-6)
    estimate, reliability = estimated_transmission(picture, air, *haze_lines(picture, air), 0.1)
    assert torch.allclose(estimate.flatten(), kernels["estimate"], atol=1e-5)
    assert torch.allclose(reliability.flatten(), kernels["reliability"], atol=1e-4)


def check_batches() -> None:
    """A picture's result does not depend on the others in its batch, and those without haze-lines come back."""
    _, picture = fixture()
    grey = picture[:, :1].expand(-1, 3, -1, -1)
    plain = torch.tensor([0.2, 0.5, 0.7])[None, :, None, None].expand_as(picture)
    batch = torch.cat([picture, grey, plain, torch.zeros_like(picture), picture.flip(3)])
    results = remove_haze(batch)
    assert torch.equal(results[1:4], batch[1:4])
    assert torch.allclose(results[0], remove_haze(picture)[0], atol=1e-4)
    assert torch.allclose(results[4], results[0].flip(2), atol=1e-3)


def check_small_pictures() -> None:
    generator = torch.Generator().manual_seed(1)
    for height, width in ((1, 1), (1, 7), (5, 1), (2, 2), (17, 31)):
        picture = torch.rand(2, 3, height, width, generator=generator)
        result = remove_haze(picture)
        assert torch.isfinite(result).all() and result.min() >= 0 and result.max() <= 1, (height, width)
    picture = torch.rand(1, 3, 1, 1)
    assert torch.equal(remove_haze(picture), picture)


def main() -> None:
    torch.set_num_threads(1)
    for check in (check_results, check_kernels, check_batches, check_small_pictures):
        check()
        print(check.__name__, "passed", flush=True)


if __name__ == "__main__":
    main()
