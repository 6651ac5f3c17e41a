"""The clones of L0 smoothing against OpenCV's `l0Smooth` (lambda 0.02, kappa 2), as the papers' released weights were measured: PSNR in
dB, mean over pictures as they are. Needs OpenCV's contributed modules.

    python l0_against_opencv.py --photos <folder with the first 12 Kodak pictures>

Writes records/evaluation/l0-against-opencv.json and docs/results/l0-against-opencv.md. OpenCV's function and the exact filter are not the
same: at the borders OpenCV's differences and their adjoint do not belong together, and what that leaves is multiplied by a
growing weight.
"""

import argparse
import json
from pathlib import Path

import cv2
import numpy as np
import torch

from card_evaluations import row, table
from dgf.conditions import defaults
from dgf.config import DgfConfig
from dgf.folded import Folded
from dgf.measure import filtered, psnr
from operators.l0_smoothing import l0_smoothing
from weights import load_tensors, places

TRAINING = Path(__file__).resolve().parent
MODELS = TRAINING.parent
OPERATOR, NAME = "l0-smoothing", "l0-against-opencv"
# design/evaluation.md, with the small copy of 64 px picked by nearest neighbour as the papers' code does.
RELEASED = {"s-64": 28.0, "b-64": 28.1, "cb-64": 28.3, "c-64": 28.1}


def models() -> dict[str, tuple[Folded, int]]:
    """By variant and side, in the order of the paper's table."""
    found = {}
    for record in (json.loads(path.read_text()) for path in (TRAINING / "records").glob(f"dgf-{OPERATOR}-*.json")):
        weights = MODELS / f"{record['name']}.safetensors"
        tensors = {name: torch.from_numpy(values) for name, values in load_tensors(weights).items()}
        folded = Folded(DgfConfig(**json.loads(places(weights)[1]["config"])), tensors)
        found[record["name"].removeprefix(f"dgf-{OPERATOR}-")] = folded, record["side"]
    order = ("s-64", "b-64", "cb-64", "c-64", "c-128", "c-256", "can")
    return {name: found[name] for name in order if name in found}


@torch.no_grad()
def measured(path: Path, networks: dict) -> dict[str, tuple[float, float]]:
    """PSNR of every row against OpenCV's result and against the exact filter's."""
    image = cv2.imread(str(path), cv2.IMREAD_COLOR)
    tensor = lambda bgr: torch.from_numpy(np.ascontiguousarray(bgr[..., ::-1].transpose(2, 0, 1)))
    picture, peer = tensor(image), tensor(cv2.ximgproc.l0Smooth(image, None, 0.02, 2.0))
    exact = (255 * l0_smoothing(picture[None].float() / 255)[0]).clamp(0, 255).round()
    values = defaults(OPERATOR)
    results = {"input": picture.float(), "exact filter": exact}
    results.update(
        {name: 255 * filtered(network, picture.float() / 255, OPERATOR, values, side) for name, (network, side) in networks.items()}
    )
    return {name: (psnr(result, peer), psnr(result, exact)) for name, result in results.items()}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--photos", type=Path, required=True)
    options = arguments.parse_args()
    paths, networks = sorted(options.photos.glob("*.png")), models()
    figures = [measured(path, networks) for path in paths]
    rows = []
    for name in figures[0]:
        peer, exact = np.mean([one[name] for one in figures], 0)
        own = "" if name == "exact filter" else f"{exact:.2f}"
        rows.append([name, f"{peer:.2f}", f"{RELEASED[name]:.1f}" if name in RELEASED else "", own])
    report = dict(
        title="L0 smoothing against OpenCV’s l0Smooth", data=options.photos.name, scenes=[path.stem for path in paths],
        tables=[dict(
            title="PSNR, dB", header=["", "against OpenCV", "the papers’ released weights", "against the exact filter"], rows=rows
        )],
        findings=[],
    )
    (TRAINING / "records" / "evaluation" / f"{NAME}.json").write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n")
    lines = [
        f"# {report['title']}, {len(paths)} scenes of {options.photos.name}", "",
        f"Written by `python l0_against_opencv.py --photos {options.photos.name}` in `models/training`.", "", *table(report["tables"][0])[2:],
        "OpenCV’s function and the exact filter differ at the borders, and by what follows from that inside.",
    ]
    (MODELS.parent / "docs" / "results" / f"{NAME}.md").write_text("\n".join(lines) + "\n")
    print("\n".join(map(row, rows)))


if __name__ == "__main__":
    main()
