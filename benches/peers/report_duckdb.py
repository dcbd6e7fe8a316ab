"""The yearly report by DuckDB, one thread: prints the median time in
milliseconds, then the figures as the benchmark compares them."""

import sys
import time

import duckdb

ZONES = (
    "053011 053023 053021 053006 053008 053002 053004 053001 053007 053022 053025 053028 053020 053005 "
    "053009 053015 053010 053027 053024 053017 053018 053013 053014 053003 053012 053026 053019 053016 049012"
).split()


def figures(db, year):
    lines = []
    of_year = f"year(day) = {year}"
    for desk, total, first in db.execute(
        f"SELECT desk, count(*), sum(first_access) FROM log WHERE {of_year} GROUP BY desk"
    ).fetchall():
        lines.append(f"{desk} {total} {first}")
    months = dict()
    for desk, month, count in db.execute(
        f"SELECT desk, month(day), count(*) FROM log WHERE {of_year} GROUP BY ALL"
    ).fetchall():
        months[desk, month] = count
    for desk in ("follonica", "grosseto"):
        lines += [f"{desk} {month:02} {months.get((desk, month), 0)}" for month in range(1, 13)]
    for column, without in (("reason", ""), ("citizenship", "AND citizenship <> 'IT'")):
        for desk, code, count in db.execute(
            f"SELECT desk, {column}, count(*) AS many FROM log WHERE {of_year} AND {column} IS NOT NULL {without} "
            f"GROUP BY desk, {column} QUALIFY row_number() OVER (PARTITION BY desk ORDER BY many DESC, {column}) <= 5"
        ).fetchall():
            lines.append(f"{desk} {code} {count}")
    for column in ("sex", "age_band", "channel"):
        db.execute(f"SELECT desk, {column}, count(*) FROM log WHERE {of_year} GROUP BY ALL").fetchall()
    other = 0
    for comune, count in db.execute(
        f"SELECT comune, count(*) FROM log WHERE {of_year} AND comune IS NOT NULL GROUP BY comune"
    ).fetchall():
        if comune in ZONES:
            lines.append(f"{comune} {count}")
        else:
            other += count
    if other:
        lines.append(f"other {other}")
    return "\n".join(sorted(lines))


def main():
    path, year, runs = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    db = duckdb.connect()
    db.execute("SET threads = 1")
    db.execute(
        "CREATE TABLE log AS SELECT * FROM read_csv(?, header = true, columns = {"
        "'day': 'DATE', 'desk': 'VARCHAR', 'channel': 'VARCHAR', 'first_access': 'INTEGER', 'sex': 'VARCHAR', "
        "'age_band': 'VARCHAR', 'citizenship': 'VARCHAR', 'comune': 'VARCHAR', 'reason': 'VARCHAR'}, nullstr = '')",
        [path],
    )
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        found = figures(db, year)
        times.append((time.perf_counter() - began) * 1000)
    print(sorted(times)[len(times) // 2])
    print(found)


main()
