"""Holds the operators to the numbers that the application's filters are held to; a difference ends the run.

    python check_operators.py
"""

import json
from pathlib import Path

import torch

from operators.l0_smoothing import l0_smoothing

FIXTURES = Path(__file__).resolve().parents[2] / "electron" / "filters" / "fixtures"


def check_l0_smoothing() -> float:
    numbers = json.loads((FIXTURES / "numpy_l0.json").read_text())
    shape, worst = (numbers["height"], numbers["width"]), 0.0
    target = torch.tensor(numbers["target"], dtype=torch.float64).reshape(1, -1, *shape)
    for case in numbers["cases"]:
        settings = case["settings"]
        found = l0_smoothing(target[:, : case["channels"]], settings["lambda"], settings["kappa"])
        expected = torch.tensor(case["result"], dtype=torch.float64).reshape(found.shape)
        worst = max(worst, float((found - expected).abs().max()))
    return worst


CHECKS = {"l0-smoothing": (check_l0_smoothing, 1e-6)}


def main() -> None:
    for name, (check, tolerance) in CHECKS.items():
        difference = check()
        assert difference <= tolerance, f"{name}: {difference:.2g} off"
        print(f"{name}: largest difference {difference:.1e}")


if __name__ == "__main__":
    main()
