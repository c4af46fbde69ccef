# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""A block cipher of 16 bytes from a keyed hash (four rounds of Feistel's), and CBC with it."""
from hashlib import blake2s

BLOCK = 16
ROUNDS = 4


def join(a, b):
    return (int.from_bytes(a, "big") ^ int.from_bytes(b, "big")).to_bytes(len(a), "big")


def _mix(key, turn, half):
    return blake2s(half, key=key, digest_size=8, person=bytes([turn])).digest()


def encrypt_block(key, block):
    left, right = block[:8], block[8:]
    for turn in range(ROUNDS):
        left, right = right, join(left, _mix(key, turn, right))
    return left + right


def decrypt_block(key, block):
    left, right = block[:8], block[8:]
    for turn in reversed(range(ROUNDS)):
        left, right = join(right, _mix(key, turn, left)), left
    return left + right


def blocks(text):
    return [text[at : at + BLOCK] for at in range(0, len(text), BLOCK)]


def cbc_encrypt(key, iv, text):
    out = [iv]
    for block in blocks(text):
        out.append(encrypt_block(key, join(block, out[-1])))
    return b"".join(out[1:])


def cbc_decrypt(key, iv, text):
    parts = [iv, *blocks(text)]
    return b"".join(join(decrypt_block(key, now), before) for before, now in zip(parts, parts[1:]))
