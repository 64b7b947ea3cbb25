"""Unpacks of a TensorFlow wheel what the addon is compiled against: the two libraries and the C headers.

Usage: unpack_wheel.py WHEEL FOLDER LIBRARY...
Python's zipfile checks each member's CRC; the libraries end in FOLDER, the headers in FOLDER/include.
"""

import shutil
import sys
import zipfile
from pathlib import Path

HEADERS = ("tensorflow/c/", "tensorflow/core/platform/ctstring", "tsl/platform/ctstring", "xla/tsl/c/")

wheel, folder, *libraries = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        inner = name.removeprefix("tensorflow/")
        is_header = inner.startswith(tuple(f"include/{prefix}" for prefix in HEADERS)) and inner.endswith(".h")
        if inner not in libraries and not is_header:
            continue
        target = Path(folder, inner)
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(name) as source, open(target, "wb") as copy:
            shutil.copyfileobj(source, copy, 1 << 20)
missing = [library for library in libraries if not Path(folder, library).exists()]
if missing:
    sys.exit(f"{wheel} holds no {' and no '.join(missing)}")
