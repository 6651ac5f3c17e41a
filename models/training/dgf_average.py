"""Averages the small networks of several clones of one operator that began from the same weights; the first one's layer stays.

    python dgf_average.py --states OUT/dgf-haze-removal-b-64.pt OUT/dgf-haze-removal-s-64.pt --photos SMALL --lossy 1 --out AVERAGED

Such networks differ by what each has learned of its own pictures, and their mean does better on others than any of them (Wortsman et
al., Model soups, 2022). All must have kept the statistics of their normalisations (`statistics=kept`).
"""

import argparse
from pathlib import Path

import torch
from torch import Tensor

from dgf.measure import measure
from dgf.network import restored
from dgf.pairs import validation_pairs
from dgf.pictures import LOSSY
from dgf_train import VALIDATION_SIDE

NETWORK = "network."


def averaged(states: list[dict[str, Tensor]]) -> dict[str, Tensor]:
    """The first state, with the means of the networks' weights. Raises ValueError where their statistics differ."""
    result = dict(states[0])
    for name in filter(lambda name: name.startswith(NETWORK), result):
        values = [state[name] for state in states]
        if values[0].is_floating_point() and "running" not in name:
            result[name] = torch.stack(values).double().mean(0).to(values[0])
        elif not all(torch.equal(value, values[0]) for value in values):
            raise ValueError(f"{name}: the networks have statistics of their own; train them with statistics=kept")
    return result


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--states", type=Path, nargs="+", required=True)
    arguments.add_argument("--photos", type=Path, required=True)
    arguments.add_argument("--lossy", type=float, default=LOSSY)
    arguments.add_argument("--out", type=Path, required=True)
    options = arguments.parse_args()
    states = [torch.load(path, map_location="cpu") for path in options.states]
    settings = states[0]["stages"][-1]["settings"]
    network = restored(settings, averaged([state["ema"] for state in states]))
    pairs = validation_pairs(options.photos, options.lossy, settings["operator"], VALIDATION_SIDE, "cpu")
    figures = {name: round(value, 3) for name, value in measure(network, pairs, settings["operator"], settings["side"]).items()}
    names = " ".join(f"OUT/{path.name}" for path in options.states)
    stage = dict(
        command=f"python dgf_average.py --states {names} --photos PHOTOS --lossy {options.lossy:g} --out OUT/averaged",
        steps=0, seconds=0, seed=settings["seed"], settings=settings, curve=[dict(step=0, seconds=0, **figures)],
    )
    options.out.mkdir(parents=True, exist_ok=True)
    path = options.out / options.states[0].name
    torch.save(dict(ema=network.state_dict(), stages=[*states[0]["stages"], stage]), path.with_suffix(".tmp"))
    path.with_suffix(".tmp").replace(path)
    print(path.stem, figures)


if __name__ == "__main__":
    main()
