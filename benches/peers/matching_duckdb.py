"""Each statement by DuckDB, one thread, on a table of workers: prints the best time
of its rounds in microseconds and the rows, as JSON."""

import json
import sys
import time

import duckdb

folder = sys.argv[1]
db = duckdb.connect(config={"threads": 1})
wide = {name: "BIGINT" for name in ("sk", "langs")}
weeks = {f"w{i}": "UBIGINT" for i in range(6)}
real = {name: "DOUBLE" for name in "xyz"}
names = open(f"{folder}/w.csv").readline().strip().split(",")
types = {name: {**wide, **weeks, **real}.get(name, "INTEGER") for name in names}
db.execute(f"CREATE TABLE w AS SELECT * FROM read_csv('{folder}/w.csv', header=true, columns={types})")
db.execute(f"CREATE TABLE extra AS SELECT * FROM read_csv('{folder}/extra.csv', header=true)")
said = []
for text in json.load(open(f"{folder}/statements.json")):
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        rows = db.execute(text).fetchall()
        best = min(best, (time.perf_counter() - start) * 1e6)
    said.append({"micros": best, "rows": rows})
json.dump(said, sys.stdout)
