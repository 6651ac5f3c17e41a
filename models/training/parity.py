"""What PyTorch makes of crops of real scenes: the engine's tests hold every shipped graph to it (parity.test.ts).

    python parity.py                                  after weights changed: the outputs of every model
    python parity.py --validation <folder of pairs>   also cuts the crops anew

parity/inputs.safetensors holds the crops, `SCENE.target`, `SCENE.guidance` and, for models that see it, `SCENE.noisy`; `SCENE.guidance4` is for models that
want a guidance four times as fine;
parity/NAME.safetensors the outputs of a model, `SCENE.I_0` and so on.
"""

import argparse
from pathlib import Path

import numpy as np
import torch

from evaluate import pairs
from degrade import degraded, enlarged
from weights import load_network, load_tensors, save_tensors

FOLDER = Path(__file__).resolve().parent / "parity"
INPUTS = FOLDER / "inputs.safetensors"
MODELS = Path(__file__).resolve().parent.parent
# (top, left) of a crop: depth edges, in Motorcycle thin ones and fine texture. Middlebury 2014, reduced.
CROPS = {"adirondack": (112, 336), "motorcycle": (208, 480)}
HEIGHT, WIDTH, FACTOR = 48, 64, 8
INPUTS_OF_MODELS = ("target", "guidance", "noisy")  # as DAGF takes them
DETAILS = (4,)  # how much finer than the target a guidance is for some models


def cut(validation: Path) -> None:
    """Targets are degraded and scaled as everywhere, from the whole scene; the guidance is what the file holds. The noisy target has the
    protocol's noise and the range of the other."""
    crops = {}
    for pair in pairs(validation):
        if pair.name in CROPS:
            top, left = CROPS[pair.name]
            small = degraded(pair.truth, FACTOR, "bicubic")
            noisy = degraded(pair.truth, FACTOR, "noisy", generator=torch.Generator().manual_seed(0))
            target, noisy = (enlarged((one - small.min()) / (small.max() - small.min()), FACTOR) for one in (small, noisy))
            inside = np.s_[..., top : top + HEIGHT, left : left + WIDTH]
            pictures = (image[inside].numpy() for image in (target, pair.guidance, noisy))
            crops.update({f"{pair.name}.{name}": picture for name, picture in zip(INPUTS_OF_MODELS, pictures)})
            for detail in DETAILS:
                finer = np.s_[..., top : top + detail * HEIGHT, left : left + detail * WIDTH]
                crops[f"{pair.name}.guidance{detail}"] = pair.guidance[finer].numpy()
    save_tensors(INPUTS, crops, {})


@torch.no_grad()
def write(weights: Path) -> None:
    """The outputs of one model for every crop."""
    network, inputs, outputs = load_network(weights), load_tensors(INPUTS), {}
    for scene in CROPS:
        finer = f"guidance{network.config.detail}" if network.config.detail > 1 else "guidance"
        crop = (torch.from_numpy(inputs[f"{scene}.{finer if name == 'guidance' else name}"]) for name in INPUTS_OF_MODELS)
        outputs.update({f"{scene}.I_{i}": output.numpy() for i, output in enumerate(network(*crop))})
    save_tensors(FOLDER / weights.name, outputs, {})


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--validation", type=Path)
    options = arguments.parse_args()
    FOLDER.mkdir(exist_ok=True)
    if options.validation:
        cut(options.validation)
    for weights in sorted(MODELS.glob("dagf-*.safetensors")):
        write(weights)


if __name__ == "__main__":
    main()
