"""The table of what measure_gpu_dgf.py measured, as Markdown."""

REASON = 160  # characters of it that are told
PARTS = ("reduction", "coefficients", "result", "other")


def table(report: dict) -> str:
    plans = [report.get(name, {}) for name in ("first", "processor", "rest")]
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
        f" GPU, on two cores. The models that the application takes when nothing else is chosen: {', '.join(report['usual'])}.\n",
        f"{report['note']}\n" if "note" in report else "",
        section(
            "As the application does it", ("model", "device", "precision", "tiles", *PARTS, "total"),
            [application_row(time) for time in times if time.get("application")],
        ),
        section(
            "Graphs alone", ("graph", "device", "size", "tiles", "options", "median", "best", "first"),
            [graph_row(time) for time in times if "graph" in time],
        ),
        section(
            f"PyTorch, eager, float32{' (convolutions in TF32)' if report['tf32'] else ''}, and OpenCV", ("case", "device", "median", "with copies"),
            [(one["case"], one["device"], ms(one["median"]), ms(one.get("withCopies", {}).get("median")))
             for one in pytorch if "median" in one],
        ),
        section(
            "Differences from PyTorch’s results, of a range of 1", ("graph", "device", "largest", "root mean square"),
            [(plain(one["graph"]), one["provider"], f"{number(one['largest'])}", f"{number(one['rms'])}") for one in differences],
        ),
        section("What failed", ("what", "why"), [(what(one), " ".join(str(one["reason"]).split())[:REASON]) for one in failures]),
        f"Not begun for want of time: {left} trials.\n",
    ]
    return "\n".join(part for part in sections if part)


def section(title: str, columns: tuple, rows: list[tuple]) -> str:
    if not rows:
        return ""
    line = lambda cells: f"| {' | '.join(str(cell).replace('|', '/') for cell in cells)} |"
    return "\n".join([f"## {title}\n", line(columns), line(["---"] * len(columns)), *map(line, rows), ""])


def application_row(time: dict) -> tuple:
    parts = [time.get("parts", {}).get(part) for part in PARTS]
    how = (time["model"], time["provider"], time["precision"], time["tiles"])
    return (*how, *map(ms, parts), ms(time["median"]))


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
