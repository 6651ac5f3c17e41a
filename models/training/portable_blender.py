"""Packs Blender and all that rendering a room opens, for machines that have none but many cores: a folder to chroot into.

    python portable_blender.py --models MODELS --photos PACK --out ROOT
    mkdir ROOT/models ROOT/photos ROOT/out && cp -r MODELS/. ROOT/models && cp PACK/*.jpg ROOT/photos
    chroot ROOT /usr/bin/blender --background --python /rendering/render_rooms.py -- --models /models --photos /photos --out /out --seed 10 --count 160

Needs strace here, and here and there a Linux of the same processor. 650 MB, 160 MB as .tar.xz.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

TRAINING = Path(__file__).resolve().parent
ROOMS = 9  # so that models are taken from the library a second time
PACKED = ("/usr/", "/lib/", "/lib64/")  # what is opened elsewhere are a machine's settings, models and photographs
WHOLE = ("usr/lib/python3.*", "usr/lib/python3/dist-packages/numpy", "usr/share/blender/scripts")  # imports one rendering did not need another may
LOADERS = ("lib64/ld-linux-*.so.*", "lib/ld-linux-*.so.*")  # the kernel opens the one that programs name
LEFT_OUT = shutil.ignore_patterns("__pycache__", "test", "tests", "idlelib", "lib2to3", "ensurepip", "tkinter", "config-*")
CALL = re.compile(r'(?:openat|execve)\([^"]*"(/[^"]+)".* = \d+')


def found(patterns: tuple[str, ...]) -> list[Path]:
    return [path for pattern in patterns for path in Path("/").glob(pattern)]


def opened(models: Path, photos: Path) -> set[Path]:
    """Files that a short rendering opens, with the libraries that it is linked to."""
    with tempfile.TemporaryDirectory() as folder:
        trace = Path(folder) / "trace"
        rendering = ["blender", "--background", "--python", str(TRAINING / "render_rooms.py"), "--", "--models", str(models)]
        places = ["--photos", str(photos), "--out", str(Path(folder) / "rooms"), "--seed", "1", "--count", str(ROOMS)]
        traced = ["strace", "-f", "-e", "trace=openat,execve", "-o", str(trace), *rendering, *places]
        subprocess.run(traced, check=True, stdout=subprocess.DEVNULL)
        if len(list(Path(folder).glob("rooms/*/depth.npy"))) < ROOMS:
            sys.exit("the rooms were not rendered: run render_rooms.py by itself and see why")
        paths = {Path(path) for path in CALL.findall(trace.read_text())}
    return {path for path in paths.union(found(LOADERS)) if str(path).startswith(PACKED) and path.suffix != ".pth" and path.is_file()}


def place(root: Path, path: Path) -> Path:
    """Where a file lies in `root`, whose /lib is /usr/lib as in every Debian of today."""
    return root / "usr" / path.relative_to("/usr" if path.is_relative_to("/usr") else "/")


def pack(path: Path, root: Path) -> None:
    """The file, and the link by which it was opened."""
    real = path.resolve()
    copy, link = place(root, real), place(root, path)
    for placed in (copy, link):
        placed.parent.mkdir(parents=True, exist_ok=True)
    if not copy.exists():
        shutil.copy2(real, copy)
    if not os.path.lexists(link):
        link.symlink_to(place(Path("/"), real))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--models", type=Path, required=True)
    arguments.add_argument("--photos", type=Path, required=True)
    arguments.add_argument("--out", type=Path, required=True)
    root = (options := arguments.parse_args()).out
    if root.exists():
        sys.exit(f"{root} is there: name a folder that is not")
    files = opened(options.models, options.photos)
    for name in ("lib", "lib64", "bin"):
        (root / "usr" / name).mkdir(parents=True)
        (root / name).symlink_to(f"usr/{name}")
    (root / "tmp").mkdir()
    for folder in found(WHOLE):
        shutil.copytree(folder, place(root, folder), symlinks=True, ignore=LEFT_OUT)
    for path in files:
        pack(path, root)
    shutil.copytree(TRAINING / "rooms", root / "rendering" / "rooms", ignore=shutil.ignore_patterns("__pycache__", "*.jpg"))
    shutil.copy2(TRAINING / "render_rooms.py", root / "rendering")


if __name__ == "__main__":
    main()
