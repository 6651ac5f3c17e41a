"""Makes a model again from nothing: repeats the commands in its record, one stage after the other, then finishes it.

    python remake.py dagf-x8-nearest --photos <pack folder> --validation <folder of pairs> --out <folder>

Stages that are in <folder> already, of this or of another model, are not trained again. Needs a GPU; every stage takes
the seconds its record says. Random numbers are seeded, but the steps taken depend on the machine.
"""

import argparse
import json
import shlex
import subprocess
import sys
from pathlib import Path

TRAINING = Path(__file__).resolve().parent


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("name")
    arguments.add_argument("--photos", type=Path, required=True)
    arguments.add_argument("--validation", type=Path, required=True)
    arguments.add_argument("--out", type=Path, required=True)
    options = arguments.parse_args()
    record = json.loads((TRAINING / "records" / f"{options.name}.json").read_text())
    out = options.out.resolve()
    places = dict(PACK=options.photos.resolve(), PAIRS=options.validation.resolve(), OUT=out)
    for number, stage in enumerate(record["stages"]):
        kept = out / f"{stage['settings']['name']}.stage-{number}-seed-{stage['seed']}.pt"
        state = out / f"{stage['settings']['name']}.pt"
        if not kept.exists():
            words = [str(places.get(word, word)) for word in shlex.split(stage["command"])[1:]]
            words = [word.replace("OUT/", f"{out}/", 1) if word.startswith("OUT/") else word for word in words]
            print(*words, flush=True)
            subprocess.run([sys.executable, *words], cwd=TRAINING, check=True)
            kept.write_bytes(state.read_bytes())
        state.write_bytes(kept.read_bytes())
    validation = places["PACK" if "x1-" in options.name else "PAIRS"]
    command = ["finish.py", "--state", str(state), "--name", options.name, "--validation", str(validation)]
    if "denoised_by" in record:  # it may be measured behind another one than it learned behind
        command += ["--denoised-by", record["denoised_by"]]
    subprocess.run([sys.executable, *command], cwd=TRAINING, check=True)


if __name__ == "__main__":
    main()
