"""Writes the Parquet files that the reader's tests read: one table in each compression, nested columns, times.

Run as `python test/golden/record-parquet.py`, with the packages of requirements.txt.
"""

import datetime
import decimal
import pathlib

import pyarrow as pa
import pyarrow.parquet as pq

folder = pathlib.Path(__file__).parent / "parquet"
folder.mkdir(exist_ok=True)

rows = [
    {
        "id": i,
        "prompt": f"Why is {i} – not “{i + 1}”?",
        "text": None if i == 2 else f"Since {i} < {i + 1}.\n\n1. One\n2. Two",
        "score": [0.5, -1.0, float("nan"), 2.0][i % 4],
        "tags": ["a", "b"][: i % 3],
        "turns": [{"role": "user", "content": f"Hi {i}"}, {"role": "assistant", "content": "Hello"}],
        "at": datetime.datetime(2023, 5, 25, 12, 0, i % 60, tzinfo=datetime.timezone.utc),
    }
    for i in range(300)
]
table = pa.Table.from_pylist(rows)
for compression in ["none", "snappy", "gzip", "zstd", "brotli", "lz4"]:
    pq.write_table(table.slice(0, 300 if compression == "snappy" else 5), folder / f"{compression}.parquet",
                   compression=compression, row_group_size=128)
pq.write_table(pa.table({"id": pa.array([2**53 + 1], pa.int64()), "text": ["a"]}), folder / "large-number.parquet")
pq.write_table(
    pa.table(
        {
            "prompt": ["a", "b"],
            "gpt-4": ["x", None],
            "mine": ["y", "z"],
            "decimal": pa.array([decimal.Decimal("1.1"), decimal.Decimal("2.5")], pa.decimal128(5, 2)),
            "time": [datetime.datetime(2024, 1, 1), datetime.datetime(2024, 1, 2)],
            "number": [float("nan"), 1.0],
            "large": [2**60, 3],
            "bytes": pa.array([b"\xff\x00", b"x"], pa.binary()),
            "map": pa.array([[("k", "v")], []], pa.map_(pa.string(), pa.string())),
        }
    ),
    folder / "columns.parquet",
)
