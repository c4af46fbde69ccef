# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""Tries each way in which a secret may have gone by."""
import base64
import io
import math
import re
import sys
import zipfile
import zlib

from packets import packets, streams

FLAG = re.compile(rb"weir\{[0-9a-f]{32}\}")
ALL = packets()
STREAMS = streams(ALL)


def login():
    for text in STREAMS.values():
        for word in re.findall(rb"Basic ([A-Za-z0-9+/=]+)", text):
            yield base64.b64decode(word)


def typed():
    for name, text in STREAMS.items():
        if name[3] == 23:
            out = bytearray()
            for key in text:
                if key == 8:
                    del out[-1:]
                else:
                    out.append(key)
            yield bytes(out)


def zipped():
    for text in STREAMS.values():
        head, _, rest = text.partition(b"\r\n\r\n")
        if b"chunked" in head:
            body = b""
            while rest:
                size, _, rest = rest.partition(b"\r\n")
                body, rest = body + rest[: int(size, 16)], rest[int(size, 16) + 2 :]
                if int(size, 16) == 0:
                    break
            yield zlib.decompress(body, 31)


def names():
    pieces = {}
    for packet in ALL:
        if packet.protocol == 17 and b"\3cdn\7example" in packet.body:
            label = packet.body[21 : 21 + packet.body[20]].decode()
            pieces[int(label[:2])] = label[2:]
    text = "".join(piece for _, piece in sorted(pieces.items())).upper()
    if text:
        yield zlib.decompress(base64.b32decode(text + "=" * (-len(text) % 8)))


def fragments():
    parts = {packet.offset: packet.body for packet in ALL if packet.protocol == 17 and (packet.more or packet.offset)}
    whole = b"".join(part for _, part in sorted(parts.items()))
    if whole:
        with zipfile.ZipFile(io.BytesIO(whole[8:])) as archive:
            yield from (archive.read(name) for name in archive.namelist())


def gaps():
    at = [packet.at for packet in ALL if packet.protocol == 1 and packet.body[0] == 8]
    bits = "".join("1" if b - a > 0.245 else "0" for a, b in zip(at, at[1:]))[1:]
    yield bytes(int(bits[n : n + 8], 2) for n in range(0, len(bits) - 7, 8))


def logarithm(base, power, prime):
    """Shanks' small steps and great ones."""
    width = math.isqrt(prime) + 1
    small, x = {}, 1
    for n in range(width):
        small.setdefault(x, n)
        x = x * base % prime
    step, x = pow(base, -width, prime), power
    for n in range(width):
        if x in small:
            return n * width + small[x]
        x = x * step % prime


def agreed():
    texts = list(STREAMS.values())
    hello = next((text for text in texts if text.startswith(b"p=")), b"")
    if found := re.match(rb"p=(\d+) g=(\d+) A=(\d+)\n", hello):
        prime, base, one = (int(number) for number in found.groups())
        other = next(int(re.match(rb"B=(\d+)", text)[1]) for text in texts if text.startswith(b"B="))
        x = pow(other, logarithm(base, one, prime), prime)
        stream = b""
        while len(stream) < 400:
            x = x * x % prime
            stream += x.to_bytes(4, "big")
        yield bytes(a ^ b for a, b in zip(hello.partition(b"\n")[2], stream))


for way in (login, typed, zipped, names, fragments, gaps, agreed):
    for text in way():
        if found := FLAG.search(text):
            print(found.group().decode())
            sys.exit()
sys.exit("nothing went by")
