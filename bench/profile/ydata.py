"""Times ydata-profiling (minimal) over a Parquet file: `python ydata.py FILE`. Prints JSON; the import is not counted."""

import json
import resource
import sys
import time

import pandas
from ydata_profiling import ProfileReport

started, cpu = time.perf_counter(), time.process_time()
frame = pandas.read_parquet(sys.argv[1])
ProfileReport(frame, minimal=True, progress_bar=False).get_description()
spent = {"wallMs": (time.perf_counter() - started) * 1000, "cpuMs": (time.process_time() - cpu) * 1000}
print(json.dumps({"spent": spent, "peakRssMb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}))
