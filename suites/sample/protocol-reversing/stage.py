# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""What every setup begins and ends with: one line of input, a folder of files, an answer."""
import json
import os
import random
import sys

_given = json.loads(sys.stdin.readline())
FLAG = _given["flag"]
PARAMETERS = _given["parameters"]
# The only source of chance: equal seeds give equal instances.
CHANCE = random.Random(_given["seed"] + "/" + _given["task"])


def leave(files, service=None, check=None):
    """Writes the attempt's files (text or bytes by path) and what service and checker are told."""
    for path, content in {"": b"", **files}.items():
        whole = os.path.join("/out/files", path)
        os.makedirs(os.path.dirname(whole), exist_ok=True)
        if path:
            with open(whole, "wb") as out:
                out.write(content if isinstance(content, bytes) else content.encode())
    with open("/out/answer.json", "w") as out:
        json.dump({"check": check or {}, "service": service or {}}, out)
