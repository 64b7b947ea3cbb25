"""Writes the Arrow files that the reader's tests read: as Feather and as a stream, in each compression.

Run as `python test/golden/record-arrow.py`, with the packages of requirements.txt.
"""

import pathlib

import pyarrow as pa
import pyarrow.feather as feather

folder = pathlib.Path(__file__).parent / "arrow"
folder.mkdir(exist_ok=True)

table = pa.Table.from_pylist(
    [
        {
            "id": i,
            "prompt": f"Why is {i} – not “{i + 1}”?",
            "mine": None if i == 2 else f"Since {i} < {i + 1}, as anyone who counts knows.",
            "tags": ["a", "b"][: i % 3],
        }
        for i in range(300)
    ]
)
for compression in ["lz4", "zstd"]:
    feather.write_feather(table, folder / f"{compression}.feather", compression=compression, chunksize=128)
options = pa.ipc.IpcWriteOptions(compression="lz4")
with pa.ipc.new_stream(str(folder / "stream.arrow"), table.schema, options=options) as writer:
    writer.write_table(table)

# More than the 4 MiB of one block, each of which refers to the one before.
long = "".join(f"Line {i} of a long answer. " for i in range(64)) * 2800
for compression in ["lz4", "zstd"]:
    feather.write_feather(
        pa.table({"prompt": ["Go on."], "mine": [long]}), folder / f"{compression}-long.feather", compression=compression
    )
