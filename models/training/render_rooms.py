"""Renders rooms of 3-D models with Blender (3.4), to be developed by develop_rooms.py.

    blender --background --python render_rooms.py -- --models FOLDER --photos PACK --out FOLDER --seed 1 --count 160

A room takes about 5 s on one core; give every core a seed of its own.
"""

import argparse
import random
import sys
from pathlib import Path

import bpy

sys.path.insert(0, str(Path(__file__).resolve().parent))
from rooms.materials import Materials  # noqa: E402
from rooms.passes import render  # noqa: E402
from rooms.room import Room  # noqa: E402
from rooms.things import imported  # noqa: E402

LARGEST_FILE = 5e6  # bytes of a model
LIBRARY, ROOMS = 28, 8  # models at hand, for so many rooms


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--models", type=Path, required=True)
    arguments.add_argument("--photos", type=Path, required=True)
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--seed", type=int, required=True)
    arguments.add_argument("--count", type=int, required=True)
    options = arguments.parse_args(sys.argv[sys.argv.index("--") + 1 :])
    rng = random.Random(options.seed)
    models = sorted(m for m in options.models.rglob("*.obj") if m.stat().st_size < LARGEST_FILE)
    for index in range(options.count):
        if index % ROOMS == 0:
            bpy.ops.wm.read_factory_settings(use_empty=True)
            materials = Materials(rng, options.photos)
            library = [thing for thing in map(imported, rng.sample(models, LIBRARY)) if thing]
        Room(rng, materials, library)
        render(rng, options.out.resolve() / f"{options.seed:04d}-{index:03d}")


if __name__ == "__main__":
    main()
