"""The table of what measure_gpu_dgf.py measured, as Markdown.

    python gpu_table.py FILE.json     writes FILE.md anew, after a "note" was added, say
"""

import json
import sys
from pathlib import Path
from statistics import median

REASON = 160  # characters of it that are told
PLANS = ("first", "processor", "rest", "others")  # others: what the application must be told to take
PARTS = ("reduction", "draft", "coefficients", "result", "other")
BEFORE = ("reduction", "draft")  # what a graph with a draft does not count


def table(report: dict) -> str:
    plans = [report.get(name, {}) for name in PLANS]
    together = lambda name: [one for plan in plans for one in plan.get(name, [])]
    times, differences, failures = (together(name) for name in ("times", "differences", "failures"))
    pytorch = report.get("pytorch", [])
    size = next((f"{time['width']} × {time['height']}" for time in times), "no picture")
    failures += [dict(one, reason=one["failed"]) for one in pytorch if "failed" in one]
    left = sum(plan.get("left") or 0 for plan in plans)
    sections = [
        f"# The deep guided filter on {report['device']}, {size} pixels\n",
        f"Written by `python measure_gpu_dgf.py --measure` in `models/training` on {report['date']}: ONNX Runtime"
        f" {report['onnxruntime']}, PyTorch {report['torch']}; {report['how']}. Rows with cpu are of the processor beside the"
        f" GPU, on two cores. The application and PyTorch are given a photograph, graphs alone noise. The models that the application takes when nothing else is chosen: {', '.join(report['usual'])}.\n",
        f"{report['note']}\n" if "note" in report else "",
        section(
            "As the application does it", ("model", "device", "precision", "tiles", *PARTS, "total"),
            [application_row(time) for time in times if time.get("application")],
            "draft: what the operator itself makes of a copy of the picture, on the processor whatever the device; reduction makes that"
            " copy. Haze removal’s depends on the picture.",
        ),
        section(
            "Clones with a draft, in whole", ("graph", "device", *BEFORE, "graph alone", "together"), drafted(report["models"], times),
            "Their graphs are given the draft. The copy that it is made of and the operator on that copy count here, both on the processor,"
            " by the application’s own code: medians of the operator’s rows above. The graph makes its small copy itself.",
        ),
        section(
            "Graphs alone", ("graph", "device", "size", "tiles", "options", "median", "best", "first"),
            [graph_row(time) for time in times if "graph" in time],
            "coefficients: given the small copy and the texture or draft beside it; result: given the coefficients; whole: makes all of it"
            " but the draft, whose time does not count here.",
        ),
        section(
            f"PyTorch, eager, float32{' (convolutions in TF32)' if report['tf32'] else ''}, and OpenCV", ("case", "device", "median", "with copies"),
            [(one["case"], one["device"], ms(one["median"]), ms(one.get("withCopies", {}).get("median")))
             for one in pytorch if "median" in one],
            "For clones with a draft, the operator on a copy of the picture counts too: here it is PyTorch’s, on the same device.",
        ),
        section(
            "Differences from PyTorch’s results, of a range of 1", ("graph", "device", "largest", "root mean square"),
            [(plain(one["graph"]), one["provider"], f"{number(one['largest'])}", f"{number(one['rms'])}") for one in differences],
        ),
        section("What failed", ("what", "why"), [(what(one), " ".join(str(one["reason"]).split())[:REASON]) for one in failures]),
        f"Not begun for want of time: {left} trials.\n",
    ]
    return "\n".join(part for part in sections if part)


def section(title: str, columns: tuple, rows: list[tuple], about: str = "") -> str:
    if not rows:
        return ""
    about = f"{about}\n\n" if about else ""
    line = lambda cells: f"| {' | '.join(str(cell).replace('|', '/') for cell in cells)} |"
    return "\n".join([f"## {title}\n\n{about}{line(columns)}", line(["---"] * len(columns)), *map(line, rows), ""])


def application_row(time: dict) -> tuple:
    parts = [time.get("parts", {}).get(part) for part in PARTS]
    how = (time["model"], time["provider"], time["precision"], time["tiles"])
    return (*how, *map(ms, parts), ms(time["median"]))


def drafted(models: dict, times: list[dict]) -> list[tuple]:
    """A row for every form of the whole graph of a clone with a draft."""
    rows, by_application = [], [time for time in times if "draft" in time.get("parts", {})]
    for time in times:
        model = models.get(plain(time.get("graph", "")).split(".")[0], {})
        if not model.get("draft") or ".whole." not in time["graph"]:
            continue
        parts = [one["parts"] for one in by_application if one["parameters"]["operator"] == model["operator"]]
        if parts:
            found = [*(median(some[part] for some in parts) for part in BEFORE), time["median"]]
            rows.append((plain(time["graph"]), time["provider"], *map(ms, found), ms(sum(found))))
    return rows


def graph_row(time: dict) -> tuple:
    options = ", ".join(f"{name} {value}" for name, value in time["options"].items())
    found = (ms(time[name]) for name in ("median", "best", "first"))
    return (plain(time["graph"]), time["provider"], time["size"], time["tiles"], options, *found)


def what(failure: dict) -> str:
    if "parameters" in failure:
        return f"{' '.join(failure['parameters'].values())}, {failure['device']}, {failure['precision']}"
    return f"{failure['kind']} {plain(failure['graph'])}" if "graph" in failure else failure.get("case", "everything")


plain = lambda graph: graph.removeprefix("models/").removesuffix(".onnx")
ms = lambda value: "" if value is None else f"{value:.2f}" if value < 100 else f"{value:.0f}"
number = lambda value: "not the expected size" if value is None else f"{value:.1e}"


if __name__ == "__main__":
    for path in map(Path, sys.argv[1:]):
        path.with_suffix(".md").write_text(table(json.loads(path.read_text())))
