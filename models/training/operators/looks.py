"""Writes electron/filters/style/looks.json: what the photographs behind the looks of `style-transfer` are known by.

    python -m operators.looks --photos <folder of photographs>

Every photograph is reduced to 1024 pixels on its longer side, the size of the pictures in the deep guided filter's paper:
gradients depend on it. Quantiles of luma and of the gradients' amplitudes are rounded to four digits.
electron/engine/own/photographStyle.ts does the same with photographs of the user's.
"""

import argparse
import json
from pathlib import Path

import cv2
import torch

from operators.style_transfer import LOOKS, gradient_shares, gradients, intensity_shares
from operators.tone import luma

SIDE = 1024
QUANTILES = 65
PHOTOGRAPHS = [
    {
        "id": "dramatic",
        "title": "Dramatic",
        "summary": "Dark, with strong detail and bright lights.",
        "photograph": "prachi-palwe-NLqNQ10ppe0-unsplash.jpg",
        "photographer": "Prachi Palwe",
        "licence": "Unsplash licence",
    },
    {
        "id": "graphic",
        "title": "Graphic",
        "summary": "Quiet areas and hard edges between them.",
        "photograph": "robert-horvick-1R4uPYipCFM-unsplash.jpg",
        "photographer": "Robert Horvick",
        "licence": "Unsplash licence",
    },
    {
        "id": "soft",
        "title": "Soft",
        "summary": "Bright and pale, in even light.",
        "photograph": "andrew-ridley-jR4Zf-riEjI-unsplash.jpg",
        "photographer": "Andrew Ridley",
        "licence": "Unsplash licence",
    },
]


def grey_of(path: Path) -> torch.Tensor:
    """[1, 1, H, W], luma, 0..1."""
    image = cv2.imread(str(path), cv2.IMREAD_COLOR)
    scale = SIDE / max(image.shape[:2])
    size = [round(side * scale) for side in image.shape[1::-1]]
    small = torch.from_numpy(cv2.resize(image, size, interpolation=cv2.INTER_AREA)[..., ::-1].copy())
    return luma(small.permute(2, 0, 1)[None].double() / 255)


def rounded(values: torch.Tensor, shares: torch.Tensor) -> list[float]:
    return [float(f"{value:.4g}") for value in values.flatten().quantile(shares)]


def style_of(path: Path) -> dict[str, list[float]]:
    grey = grey_of(path)
    return {
        "intensities": rounded(grey, intensity_shares(QUANTILES)),
        "gradients": rounded(gradients(grey), gradient_shares(QUANTILES)),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--photos", type=Path, required=True)
    photos = parser.parse_args().photos
    looks = [photograph | style_of(photos / photograph["photograph"]) for photograph in PHOTOGRAPHS]
    LOOKS.write_text(json.dumps(looks) + "\n")


if __name__ == "__main__":
    main()
