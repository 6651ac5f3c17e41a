"""Writes the results sections of ../README.md from the records, each between its two markers.

    python card.py
"""

import json
from pathlib import Path

from manifest import VARIANTS, halo_costs

MODELS = Path(__file__).resolve().parent.parent
RECORDS = MODELS / "training" / "records"
RESULTS = "<!-- results: written by training/card.py -->", "<!-- end of results -->"
CLONES = "<!-- clones: written by training/card.py -->", "<!-- end of clones -->"
HALOS = "<!-- halos: written by training/card.py -->", "<!-- end of halos -->"
ORDER = ("bicubic", "nearest", "noisy", "noise", "texture", "low-noise")
FINAL = "middlebury-third"


def table(header: list[str], rows: list[list[str]]) -> list[str]:
    line = lambda cells: f"| {' | '.join(cells)} |"
    return [line(header), line(["---"] + ["---:"] * (len(header) - 1)), *map(line, rows), ""]


def measured(record: dict, dataset: str, protocol: str | None = None) -> dict | None:
    protocol = protocol or f"x{record['factors'][0]} {record['degradation']}"
    found = (m for m in record["metrics"] if (m["dataset"], m["protocol"]) == (dataset, protocol))
    return next(found, None)


def super_resolution(records: list[dict]) -> list[str]:
    rows = []
    for record in records:
        for metric in record["metrics"]:
            levels = [f"{ratio:.3f}" for ratio in reversed(metric["levelRatios"][:-1])]
            numbers = [f"{metric['rmse']:.2f}", f"{metric['bicubicRmse']:.2f}", f"**{metric['ratio']:.3f}**"]
            rows.append([record["name"], metric["dataset"], *numbers, *levels])
    return table(["model", "scenes", "RMSE", "bicubic", "ratio", "ratio of I_1", "ratio of I_0"], rows)


def by_scene(records: list[dict]) -> list[str]:
    columns = [(record, measured(record, FINAL)) for record in records]
    names = sorted(columns[0][1]["scenes"])
    rows = [[r["name"], *(f"{m['scenes'][name]['ratio']:.3f}" for name in names)] for r, m in columns]
    return [f"Ratio to bicubic on `{FINAL}`, scene by scene:", "", *table(["model", *names], rows)]


def with_noise(records: dict[str, dict]) -> list[str]:
    """What noise costs: the noisy models beside the bicubic ones, which have the same scenes without it."""
    rows = []
    for name, record in records.items():
        clean = records.get(name.replace("noisy", "bicubic"))
        if record["degradation"] != "noisy" or not clean:
            continue
        noisy, without = (measured(r, FINAL)["rmse"] for r in (record, clean))
        rows.append([name, f"{noisy:.2f}", f"{without:.2f}", f"{noisy / without:.2f}"])
    heading = f"With noise of σ = 5 levels on `{FINAL}`, beside the weights for clean targets on clean ones:"
    return [heading, "", *table(["model", "RMSE", "without noise", "times"], rows)]


def robustness() -> list[str]:
    report = json.loads((RECORDS / "robustness.json").read_text())
    percent = [f"{100 * share:.1f} %" for share in report["shares"]]
    heading = (
        "Targets unlike those of the training, ratio to bicubic of the same target, mean of the ratios on"
        f" {' and '.join(report['scenes'])}: by the noise's standard deviation in shares of the range; blocks averaged"
        " instead of bicubic reduction; a target twice as sharp as the model knows:"
    )
    rows = []
    for noise, other in zip(report["noise"], report["others"]):
        numbers = [*noise["ratios"], other["averaged"], other["sharper"]]
        rows.append([noise["name"], *(f"{ratio:.2f}" for ratio in numbers)])
    return [heading, "", *table(["model", *percent, "averaged", "sharper"], rows)]


def equal_grids(records: list[dict]) -> list[str]:
    noise, texture = ([r for r in records if r["degradation"] == d] for d in ("noise", "texture"))
    lines = ["Denoising, pairs of photographs that the training left out, noise of σ = 25 and 50 levels:", ""]
    numbers = lambda m: [f"{m['ratio']:.3f}", f"{m['gain']:.1f} dB"]
    rows = [[r["name"], *numbers(r["metrics"][0])] for r in noise]
    lines += table(["model", "RMSE over that of the noisy target", "gain"], rows)
    lines += ["Structure-texture separation, four iterations, textures and photographs that the training left out:", ""]
    rows = [[r["name"], f"{m['ratio']:.3f}", f"{m['edges']:.3f}"] for r in texture for m in r["metrics"]]
    return lines + table(["model", "texture energy left", "main edges kept"], rows)


def small_targets(records: list[dict]) -> list[str]:
    """What removing a target's noise on its own grid gains there; nothing without such models."""
    found = [(r, m) for r in records if r["degradation"] == "low-noise" for m in r["metrics"]]
    rows = [[r["name"], m["dataset"], f"{m['ratio']:.3f}", f"{m['gain']:.1f} dB"] for r, m in found]
    header = ["model", "scenes", "RMSE over that of the noisy target", "gain"]
    return ["Noise of small targets, on their own grid:", "", *table(header, rows)] if rows else []


def blind(record: dict, records: dict[str, dict]) -> list[str]:
    """Both from the last report of their trainings."""
    last, rows = record["stages"][-1]["curve"][-1], []
    for protocol in (key for key in last if key.startswith("x")):
        special = records.get(f"dagf-{protocol.replace(' ', '-')}")
        mixed = last[protocol]["mean"]
        if special:
            known = special["stages"][-1]["curve"][-1][protocol]["mean"]
            rows.append([protocol, f"{mixed:.3f}", f"{known:.3f}", f"{100 * (mixed / known - 1):+.0f} %"])
        else:
            rows.append([protocol, f"{mixed:.3f}", "–", "–"])
    heading = (
        "One network for ×4, ×8 and ×16, bicubic, noisy and averaged targets at once (`blind`); ratio to bicubic, mean of the"
        " validation scenes' ratios:"
    )
    return [heading, "", *table(["target", "blind", "specialised", "more error"], rows)]


def training(records: list[dict]) -> list[str]:
    rows = []
    for r in records:
        seeds = ", ".join(str(s["seed"]) for s in r["stages"])
        numbers = [f"{r['parameters']:,}", f"{r['steps']:,}", f"{r['seconds']:.0f}"]
        rows.append([r["name"], *numbers, seeds, r["note"] or "–"])
    return table(["model", "parameters", "steps", "seconds", "seeds", "note"], rows)


def order(record: dict) -> tuple:
    return VARIANTS.index(record["variant"]), ORDER.index(record["degradation"]), record["factors"]


def main() -> None:
    every = {r["name"]: r for r in (json.loads(p.read_text()) for p in RECORDS.glob("dagf-*.json"))}
    mixed = every.pop("dagf-blind", None)
    records = sorted(every.values(), key=order)
    enlarging = [r for r in records if "bicubicRmse" in r["metrics"][0]]
    lines = super_resolution(enlarging) + by_scene(enlarging) + with_noise({r["name"]: r for r in enlarging})
    if (RECORDS / "robustness.json").exists():
        lines += robustness()
    lines += equal_grids(records) + small_targets(records)
    if mixed:
        lines += blind(mixed, every)
    section = "\n".join(lines + training([*records, *([mixed] if mixed else [])])).rstrip()
    write_between(RESULTS, section)
    write_between(CLONES, "\n".join(clones()).rstrip())
    write_between(HALOS, "\n".join(halos(records)).rstrip())


def halos(records: list[dict]) -> list[str]:
    known = [(record, errors) for record in records if (errors := halo_costs(record["name"]))]
    rows = [[r["name"], str(r["reach"][-1]), *(f"{error:.0e}" for error in errors.values())] for r, errors in known]
    return table(["model", "reach", *(f"{halo} px" for halo in known[0][1])], rows)


def clones() -> list[str]:
    rows = []
    for record in sorted((json.loads(p.read_text()) for p in RECORDS.glob("dgf-*.json")), key=lambda r: r["name"]):
        metric = record["metrics"][0]
        numbers = [f"{record['parameters']:,}", f"{metric['input']:.2f}", f"**{metric['psnr']:.2f}**"]
        made = [f"{record['steps']:,}", f"{record['seconds']:.0f}", record["hardware"]]
        rows.append([record["name"], *numbers, *made])
    header = ["model", "parameters", "input, dB", "clone, dB", "steps", "seconds", "trained on"]
    return ["PSNR against the operator on four photographs that the training left out, at 512 px:", "", *table(header, rows)]


def write_between(markers: tuple[str, str], section: str) -> None:
    begin, end = markers
    card = MODELS / "README.md"
    before, rest = card.read_text().split(begin)
    card.write_text(f"{before}{begin}\n\n{section}\n\n{end}{rest.split(end)[1]}")


if __name__ == "__main__":
    main()
