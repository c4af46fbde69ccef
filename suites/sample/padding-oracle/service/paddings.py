# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""Three ways to fill the last block. unpad gives None where a text does not end as it must."""
BLOCK = 16


def _counted(text, filler):
    count = text[-1]
    good = 1 <= count <= BLOCK and text[-count:-1] == bytes([filler if filler is not None else count]) * (count - 1)
    return text[:-count] if good else None


def _marked(text):
    bare = text[-BLOCK:].rstrip(b"\0")
    return text[: len(text) - BLOCK + len(bare) - 1] if bare.endswith(b"\x80") else None


def pad(kind, text):
    count = BLOCK - len(text) % BLOCK
    ends = {
        "pkcs7": bytes([count]) * count,
        "x923": bytes(count - 1) + bytes([count]),
        "iso7816": b"\x80" + bytes(count - 1),
    }
    return text + ends[kind]


def unpad(kind, text):
    return _marked(text) if kind == "iso7816" else _counted(text, None if kind == "pkcs7" else 0)
