"""Plans of what is measured on a GPU, for measure_gpu.mjs: writing them, running them within a limit of time."""

import json
import subprocess
import time
from pathlib import Path

RUNNER = Path(__file__).resolve().parent / "measure_gpu.mjs"
ENDING = 20  # seconds that a trial may go on after the time is up
RESTARTS = 5  # of a process that a trial has ended


def write_plan(path: Path, trials: list[dict], milliseconds: int = 900) -> None:
    """`milliseconds`: how long a trial is repeated."""
    path.write_text(json.dumps(dict(milliseconds=milliseconds, trials=trials), indent=1))


def run_plan(plan: Path, seconds: float, before=None, go_on: bool = False) -> dict:
    """What was measured, whatever failed. `before`: called in the process before it begins; `go_on`: where the last run of the
    plan ended."""
    times, end = plan.with_name(f"{plan.stem}.times.json"), time.monotonic() + seconds
    if not go_on:
        times.unlink(missing_ok=True)
    for _ in range(1 + RESTARTS):
        left = end - time.monotonic()
        if left <= 0:
            break
        command = ["node", str(RUNNER), str(plan), str(times), f"{left:.0f}"]
        try:
            if subprocess.run(command, timeout=left + ENDING, preexec_fn=before).returncode == 0:
                break
            print("a trial ended the process", flush=True)
        except (subprocess.TimeoutExpired, OSError) as failure:
            print("stopped:", failure, flush=True)
            break
    if not times.exists():
        return dict(left=None, times=[], differences=[], failures=[dict(reason="nothing ran")])
    found = json.loads(times.read_text())
    return {name: found[name] for name in ("left", "times", "differences", "failures")}
