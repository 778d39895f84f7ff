"""Loads event files into PostgreSQL the way a script does; prints the seconds that it took."""

import csv
import io
import itertools
import json
import sys
import time

import psycopg2

FIELDS = (
    "artist auth firstName gender itemInSession lastName length level location method page "
    "registration sessionId song status ts userAgent userId"
).split()
CHUNK = 10_000


def rows(files, most):
    lines = itertools.chain.from_iterable(open(name, encoding="utf-8") for name in files)
    for line in itertools.islice(lines, most):
        event = json.loads(line)
        event["userId"] = event["userId"] or None
        for field in ("artist", "song"):
            event[field] = event[field] and event[field].rstrip(" ")
        yield [event[field] for field in FIELDS]


def insert_rows(cursor, table, columns, events):
    values = ", ".join(["%s"] * len(FIELDS))
    for event in events:
        cursor.execute(f"insert into {table} ({', '.join(columns)}) values ({values})", event)


def copy_rows(cursor, table, columns, events):
    while chunk := list(itertools.islice(events, CHUNK)):
        text = io.StringIO()
        csv.writer(text).writerows(chunk)
        text.seek(0)
        cursor.copy_expert(f"copy {table} ({', '.join(columns)}) from stdin with (format csv)", text)


def main(load, files):
    with psycopg2.connect(**load["connection"]) as connection, connection.cursor() as cursor:
        start = time.perf_counter()
        write = {"rows": insert_rows, "copy": copy_rows}[load["by"]]
        write(cursor, load["table"], load["columns"], rows(files, load["most"]))
        connection.commit()
        print(time.perf_counter() - start)


main(json.loads(sys.argv[1]), sys.argv[2:])
