"""What PyTorch makes of a real picture with every deep guided filter: the engine's tests hold the shipped graphs to it.

    python dgf_parity.py                                  after weights changed: the outputs of every model
    python dgf_parity.py --photos <folder of photographs> also makes the inputs anew

parity/dgf-inputs.safetensors holds the small copy, its texture, a draft, a window of the picture and the weights that enlarge to it; parity/NAME.safetensors
the condition, if there is one, the coefficients and the result of a model.
"""

import argparse
import json
from pathlib import Path

import cv2
import numpy as np
import torch

from dgf.config import DgfConfig
from dgf.folded import Folded
from dgf.sampling import bilinear_matrix, overview_size, reduced
from dgf.texture import texture
from operators.auto_retouch import auto_retouch
from weights import load_tensors, places, save_tensors

FOLDER = Path(__file__).resolve().parent / "parity"
INPUTS = FOLDER / "dgf-inputs.safetensors"
MODELS = Path(__file__).resolve().parent.parent
PHOTO = "coffee.png"  # scikit-image, CC0; left out of training
SIZE, SIDE = (96, 144), 32  # of the picture, height and width; of the small copy
WINDOW = (20, 44, 41, 72)  # top, height, left, width


def make_inputs(photos: Path) -> None:
    image = cv2.imread(str(photos / PHOTO), cv2.IMREAD_COLOR)[..., ::-1]
    image = cv2.resize(image, SIZE[::-1], interpolation=cv2.INTER_AREA)
    picture = torch.from_numpy(np.ascontiguousarray(image.transpose(2, 0, 1)))[None].float() / 255
    size = overview_size(*SIZE, SIDE)
    small = reduced(picture, *size)
    top, height, left, width = WINDOW
    inputs = dict(
        small=small, texture=texture(picture, *size), draft=auto_retouch(small), picture=picture[..., top : top + height, left : left + width],
        rows=bilinear_matrix(small.shape[-2], top, height, SIZE[0])[None, None],
        columns=bilinear_matrix(small.shape[-1], left, width, SIZE[1]).T[None, None],
    )
    save_tensors(INPUTS, {name: np.ascontiguousarray(value.numpy()) for name, value in inputs.items()}, {})


@torch.no_grad()
def write(weights: Path) -> None:
    """The outputs of one model."""
    tensors = {name: torch.from_numpy(values) for name, values in load_tensors(weights).items()}
    model = Folded(DgfConfig(**json.loads(places(weights)[1]["config"])), tensors)
    inputs = {name: torch.from_numpy(values) for name, values in load_tensors(INPUTS).items()}
    # Different values, so that their order counts.
    condition = torch.linspace(0.3, 0.8, model.config.conditions)[None]
    if model.config.variant == "can":
        outputs = dict(result=model.output(inputs["picture"], condition))
    else:
        beside = [inputs[name] for name in ("texture", "draft") if getattr(model.config, name)]
        small = torch.cat([inputs["small"], *beside], 1)
        coefficients = model.coefficients(small, condition)
        enlarged = inputs["rows"] @ coefficients @ inputs["columns"]
        outputs = dict(coefficients=coefficients, result=model.applied(enlarged, inputs["picture"]))
    if model.config.conditions:
        outputs.update(condition=condition[..., None, None])
    save_tensors(FOLDER / weights.name, {name: value.numpy() for name, value in outputs.items()}, {})


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--photos", type=Path)
    options = arguments.parse_args()
    if options.photos:
        make_inputs(options.photos)
    for weights in sorted(MODELS.glob("dgf-*.safetensors")):
        write(weights)


if __name__ == "__main__":
    main()
