"""The Python side of contender.ts: the same lines on standard input and output."""

import json
import resource
import sys
import time


def compete(threads, run):
    """Tells that it is ready, runs once for every line `run`, ends with the most memory it ever held."""
    run()
    tell({"ready": True, "threads": threads})
    for line in sys.stdin:
        if line.strip() != "run":
            break
        start = time.perf_counter()
        run()
        tell({"milliseconds": (time.perf_counter() - start) * 1000})
    tell({"peakBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024})


def tell(message):
    print(json.dumps(message), flush=True)
