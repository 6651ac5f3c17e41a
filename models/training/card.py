"""Writes the results section of ../README.md from the records, between its two markers.

    python card.py
"""

import json
from pathlib import Path

MODELS = Path(__file__).resolve().parent.parent
BEGIN, END = "<!-- results: written by training/card.py -->", "<!-- end of results -->"


def overview(records: list[dict]) -> list[str]:
    lines = [
        "| model | scenes | RMSE | bicubic | ratio | ratio of I_1 | ratio of I_0 |", "|---|---|---|---|---|---|---|",
    ]
    for record in records:
        for metric in record["metrics"]:
            coarse, middle = (f"{metric['levelRatios'][i]:.3f}" for i in (0, 1))
            rmse, bicubic, ratio = metric["rmse"], metric["bicubicRmse"], metric["ratio"]
            numbers = f"{rmse:.2f} | {bicubic:.2f} | **{ratio:.3f}** | {middle} | {coarse}"
            lines.append(f"| {record['name']} | {metric['dataset']} | {numbers} |")
    return lines


def by_scene(records: list[dict]) -> list[str]:
    dataset = "middlebury-third"
    columns = [(r, m) for r in records for m in r["metrics"] if m["dataset"] == dataset]
    if not columns:
        return []
    names = sorted(columns[0][1]["scenes"])
    lines = [f"Ratio to bicubic on `{dataset}`, scene by scene:", ""]
    lines += ["| model | " + " | ".join(names) + " |", "|---" * (len(names) + 1) + "|"]
    for record, metric in columns:
        ratios = " | ".join(f"{metric['scenes'][n]['ratio']:.3f}" for n in names)
        lines.append(f"| {record['name']} | {ratios} |")
    return lines


def training(records: list[dict]) -> list[str]:
    heading = f"| model | parameters | steps | seconds on {records[0]['hardware']} | seeds |"
    lines = [heading, "|---|---|---|---|---|"]
    for r in records:
        seeds = ", ".join(str(s["seed"]) for s in r["stages"])
        seconds = f"{r['seconds']:.0f} (compiling included)"
        lines.append(f"| {r['name']} | {r['parameters']:,} | {r['steps']:,} | {seconds} | {seeds} |")
    return lines


def main() -> None:
    records = [json.loads(p.read_text()) for p in (MODELS / "training" / "records").glob("dagf-*.json")]
    records.sort(key=lambda r: (r["degradation"], r["factors"]))
    section = "\n".join([*overview(records), "", *by_scene(records), "", *training(records)])
    card = MODELS / "README.md"
    before, rest = card.read_text().split(BEGIN)
    card.write_text(f"{before}{BEGIN}\n\n{section}\n\n{END}{rest.split(END)[1]}")


if __name__ == "__main__":
    main()
