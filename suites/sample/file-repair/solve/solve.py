# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""Mends whichever file is there."""
import itertools
import json
import os
import re
import struct
import sys
import zlib

from reed import corrected

FLAG = re.compile(rb"weir\{[0-9a-f]{32}\}")
FILES = {}
for name in sorted(os.listdir("/work")):
    with open(f"/work/{name}", "rb") as file:
        FILES[name] = file.read()
ABOUT = json.loads(FILES.get("about.json", b"{}"))


def inflated(data, bits=-15):
    """What can be unpacked from the beginning of the data."""
    out, unpacking = b"", zlib.decompressobj(bits)
    try:
        for n in range(0, len(data), 64):
            out += unpacking.decompress(data[n : n + 64])
    except zlib.error:
        pass
    return out


def carved():
    """Unpacks from every place on."""
    for name in ("letter.zip", "dump.bin"):
        data = FILES.get(name, b"")
        for n in range(min(len(data), 1200)):
            yield inflated(data[n:])


def picture():
    data = FILES.get("picture.png", b"")
    if not data:
        return
    pixels = inflated(data[data.index(b"IDAT") + 4 :], 15)
    wanted, = struct.unpack(">I", data[29:33])
    for height in range(1, 200):
        if len(pixels) % height == 0:
            width = len(pixels) // height - 1
            if zlib.crc32(b"IHDR" + struct.pack(">II", width, height) + data[24:29]) == wanted:
                yield pixels[width :: width + 1]


def pieces():
    parts = [data for name, data in FILES.items() if name.startswith("piece-")]
    for order in itertools.permutations(parts):
        whole = b"".join(order)
        if parts and f"{zlib.crc32(whole):08x}" == ABOUT["crc32"]:
            yield zlib.decompress(whole)


def disks():
    here = {int(name[5]): data for name, data in FILES.items() if name.startswith("disk-")}
    if not here:
        return
    gone = ({0, 1, 2} - set(here)).pop()
    one, other = here.values()
    here[gone] = bytes(a ^ b for a, b in zip(one, other))
    for size in (2**n for n in range(3, 12)):
        whole = b""
        for turn, n in enumerate(range(0, len(one), size)):
            whole += b"".join(here[d][n : n + size] for d in range(3) if d != 2 - turn % 3)
        yield inflated(whole[4:], 15)


def holes():
    """Digits by trial, until the checksum of the whole text is right."""
    data = FILES.get("word.zip", b"")
    if not data:
        return
    wanted, size = struct.unpack("<I4xI", data[14:26])
    begin = 30 + len("word.txt")
    text = bytearray(data[begin : begin + size])
    places = [n for n, c in enumerate(text) if c == ord("?")]
    for digits in itertools.product(b"0123456789abcdef", repeat=len(places)):
        for place, digit in zip(places, digits):
            text[place] = digit
        if zlib.crc32(text) == wanted:
            yield bytes(text)
            return


def errors():
    if "checks" in ABOUT:
        size, checks = ABOUT["bytes"] + ABOUT["checks"], ABOUT["checks"]
        data = FILES["words.bin"]
        words = [corrected(data[n : n + size], checks) for n in range(0, len(data), size)]
        yield inflated(b"".join(word[: ABOUT["bytes"]] for word in words)[2:], 15)


for way in (picture, pieces, disks, holes, errors, carved):
    for text in way():
        if found := FLAG.search(text):
            print(found.group().decode())
            sys.exit()
sys.exit("it cannot be mended")
