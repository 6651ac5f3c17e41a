"""Holds the operators here to what the application's filters are held to: the fixtures of electron/filters. Any failed one ends the run.

    python -m operators.check_parity
"""

import json
from pathlib import Path

import torch

from operators.auto_retouch import auto_retouch
from operators.l0_smoothing import l0_smoothing
from operators.multi_scale_detail import multi_scale_detail
from operators.style_transfer import style_transfer

FIXTURES = Path(__file__).resolve().parents[3] / "electron" / "filters" / "fixtures"
SETTINGS = ("fine", "medium", "base"), ("lambdaFine", "lambdaMedium")


def picture(samples: list[float], fixture: dict) -> torch.Tensor:
    return torch.tensor(samples).view(1, -1, fixture["height"], fixture["width"])


def check_auto_retouch() -> None:
    fixture = json.loads((FIXTURES / "scipy_auto_retouch.json").read_text())
    for case in fixture["cases"]:
        result = auto_retouch(picture(case["target"], fixture), **case["settings"])
        difference = float((result - picture(case["result"], fixture)).abs().max())
        print(f"auto-retouch, {case['name']}: {difference:.1e}")
        assert difference < 1e-4


def check_style_transfer() -> None:
    fixture = json.loads((FIXTURES / "numpy_style_transfer.json").read_text())
    target = picture(fixture["target"], fixture)
    for case in fixture["cases"]:
        result = style_transfer(target, **case["settings"])
        difference = float((result - picture(case["result"], fixture)).abs().max())
        print(f"style-transfer, {case['settings']['look']}, {case['settings']['output']}: {difference:.1e}")
        assert difference < 1e-3


def check_l0_smoothing() -> None:
    fixture = json.loads((FIXTURES / "numpy_l0.json").read_text())
    target = picture(fixture["target"], fixture).double()
    for case in fixture["cases"]:
        settings = case["settings"]
        result = l0_smoothing(target[:, : case["channels"]], settings["lambda"], settings["kappa"])
        difference = float((result - picture(case["result"], fixture)).abs().max())
        print(f"l0-smoothing, {settings}: {difference:.1e}")
        assert difference < 1e-6


def check_multi_scale_detail() -> None:
    fixture = json.loads((FIXTURES / "scipy_multi_scale_detail.json").read_text())
    target = picture(fixture["target"], fixture)
    for case in fixture["cases"]:
        settings = case["settings"]
        gains, lambdas = (tuple(settings[name] for name in names) for names in SETTINGS)
        result = multi_scale_detail(
            target[:, : case["channels"]], gains, lambdas, settings["alpha"], settings["combination"]
        )
        difference = float((result - picture(case["result"], fixture)).abs().max())
        print(f"multi-scale-detail, {gains}: {difference:.1e}")
        assert difference < 1e-4


def check_batches() -> None:
    """A picture's result does not depend on the others of its batch."""
    first = torch.rand(1, 3, 31, 44, generator=torch.Generator().manual_seed(1))
    second = first.flip(3) ** 2
    for operator in (auto_retouch, style_transfer):
        together = operator(torch.cat([first, second]))
        apart = torch.cat([operator(first), operator(second)])
        assert float((together - apart).abs().max()) < 1e-5, operator


if __name__ == "__main__":
    check_l0_smoothing()
    check_multi_scale_detail()
    check_auto_retouch()
    check_style_transfer()
    check_batches()
