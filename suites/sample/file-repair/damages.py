# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""One function a damage: from chance and a flag to files by name."""
import gzip
import io
import json
import struct
import zipfile
import zlib

from reed import encoded


def letter(chance, flag, size=1500):
    """A text with the flag in it, long enough to be worth packing."""
    words = " ".join(f"{chance.getrandbits(20):x}" for _ in range(size // 6))
    return f"{words[: size // 2]} {flag} {words[size // 2 :]}".encode()


def archive(name, content, method=zipfile.ZIP_DEFLATED):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as out:
        entry = zipfile.ZipInfo(name)
        entry.compress_type = method
        out.writestr(entry, content)
    return held.getvalue()


def beginning(chance, flag):
    """An archive whose first thirty bytes are gone."""
    return {"letter.zip": bytes(30) + archive("letter.txt", letter(chance, flag))[30:]}


def cut(chance, flag):
    """A packed file without its end, and with something before it."""
    packed = gzip.compress(letter(chance, flag) + chance.randbytes(3000), mtime=0)
    return {"dump.bin": chance.randbytes(chance.randrange(200, 900)) + packed[:-2000]}


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def picture(chance, flag):
    """A grey picture whose width and height are gone; the last pixel of each row is a letter."""
    width, rows = chance.randrange(300, 900), flag.encode()
    data = b"".join(b"\0" + bytes(chance.randrange(40, 60) for _ in range(width - 1)) + bytes([c]) for c in rows)
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, len(rows), 8, 0, 0, 0, 0))
    broken = head[:8] + bytes(8) + head[16:]
    return {"picture.png": b"\x89PNG\r\n\x1a\n" + broken + chunk(b"IDAT", zlib.compress(data, 9)) + chunk(b"IEND", b"")}


def pieces(chance, flag):
    """A packed file in seven pieces whose order is lost; its checksum is known."""
    packed = zlib.compress(letter(chance, flag, 5000), 9)
    size = -(-len(packed) // 7)
    parts = [packed[at : at + size] for at in range(0, len(packed), size)]
    order = list(range(len(parts)))
    chance.shuffle(order)
    files = {f"piece-{name}.bin": parts[n] for name, n in zip("abcdefg", order)}
    return {**files, "about.json": json.dumps({"packed": "zlib", "crc32": f"{zlib.crc32(packed):08x}"})}


def disks(chance, flag):
    """Three disks with a parity that goes round, of which one is gone. How long a stripe is, is not known."""
    size = chance.choice((16, 32, 64, 128))
    packed = zlib.compress(letter(chance, flag, 6000), 9)
    whole = struct.pack(">I", len(packed)) + packed
    whole += chance.randbytes(-len(whole) % (2 * size * 3))
    stripes = [whole[at : at + size] for at in range(0, len(whole), size)]
    out = [b"", b"", b""]
    for turn, (one, other) in enumerate(zip(stripes[::2], stripes[1::2])):
        row = [one, other]
        row.insert(2 - turn % 3, bytes(a ^ b for a, b in zip(one, other)))
        out = [disk + part for disk, part in zip(out, row)]
    gone = chance.randrange(3)
    return {f"disk-{n}.bin": disk for n, disk in enumerate(out) if n != gone}


def holes(chance, flag):
    """An archive without packing, in which five digits of the flag became question marks; its checksum is whole."""
    text = f"the word is {flag}\n"
    whole = archive("word.txt", text, zipfile.ZIP_STORED)
    at = whole.index(flag.encode())
    out = bytearray(whole)
    for n in chance.sample(range(5, 37), 5):
        out[at + n] = ord("?")
    return {"word.zip": bytes(out)}


def errors(chance, flag):
    """Code words of Reed and Solomon with wrong bytes in them, as many as the code bears."""
    message, out = zlib.compress(letter(chance, flag, 400), 9), b""
    message = struct.pack(">H", len(message)) + message
    message += bytes(-len(message) % 64)
    for at in range(0, len(message), 64):
        word = bytearray(encoded(message[at : at + 64], 16))
        for n in chance.sample(range(len(word)), 8):
            word[n] ^= chance.randrange(1, 256)
        out += word
    about = {"code": "Reed-Solomon", "field": "0x11d", "generator": 2, "first": 0, "bytes": 64, "checks": 16}
    return {"words.bin": out, "about.json": json.dumps({**about, "packed": "length (2 bytes, big end first), then zlib"})}


DAMAGES = {
    "beginning": beginning,
    "cut": cut,
    "picture": picture,
    "pieces": pieces,
    "disks": disks,
    "holes": holes,
    "errors": errors,
}
