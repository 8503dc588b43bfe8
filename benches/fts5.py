"""The same records and queries in SQLite's FTS5 with its trigram tokenizer, for `cargo bench --bench directory`.

Rows come on standard input, queries as arguments. Prints, for each query, the median milliseconds and how many rows
match. Only the rows are counted, in SQLite itself: nothing is sorted and nothing handed over, which is less than what
Sameside's search does in its time.
"""

import sqlite3
import statistics
import sys
import time
import unicodedata


def fold(text):
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return plain.translate({ord(c): None for c in "'’-"})


base = sqlite3.connect(":memory:")
base.execute("create virtual table t using fts5(text, tokenize='trigram')")
base.executemany("insert into t values (?)", ((fold(row),) for row in sys.stdin.read().splitlines()))
base.execute("insert into t(t) values ('optimize')")
base.commit()
for query in sys.argv[1:]:
    match = " AND ".join(f'"{word}"' for word in fold(query).split())
    times = []
    for _ in range(200):
        start = time.perf_counter()
        count = base.execute("select count(*) from t where t match ?", (match,)).fetchone()[0]
        times.append(time.perf_counter() - start)
    print(f"{statistics.median(times) * 1000:.6f} {count}")
