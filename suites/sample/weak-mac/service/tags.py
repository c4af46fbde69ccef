# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""Home-made ways to tag a message under a key. Each takes key and message and gives a tag."""
import hashlib
import hmac
import zlib

from cipher import BLOCK, blocks, cbc_encrypt, join

PRIME = (1 << 127) - 1


def short(key, text):
    return hmac.digest(key, text, "sha256")[:2]


def sum_of_blocks(key, text):
    """Blocks of eight bytes, each tagged by itself; the tags are joined with XOR."""
    out = bytes(8)
    for at in range(0, len(text), 8):
        out = join(out, hashlib.blake2s(text[at : at + 8], key=key, digest_size=8).digest())
    return out


def checksum(key, text):
    return zlib.crc32(key + text).to_bytes(4, "big")


def prefix_sha1(key, text):
    return hashlib.sha1(key + text).digest()


def prefix_sha256(key, text):
    return hashlib.sha256(key + text).digest()


def chain(key, text):
    """The last block of CBC from an IV of zeros, the text filled up with zeros."""
    return cbc_encrypt(key, bytes(BLOCK), text + bytes(-len(text) % BLOCK))[-BLOCK:]


def polynomial(key, text):
    """A polynomial over a prime field: coefficients are blocks of fifteen bytes and their lengths, taken at a secret place."""
    place, mask = (int.from_bytes(hashlib.blake2s(key + word).digest(), "big") % PRIME for word in (b"place", b"mask"))
    out = 0
    for at in range(0, len(text), 15):
        block = text[at : at + 15]
        out = (out + int.from_bytes(block, "big") + (len(block) << 121)) * place % PRIME
    return ((out + mask) % PRIME).to_bytes(16, "big")


KINDS = {
    "short": short,
    "sum-of-blocks": sum_of_blocks,
    "checksum": checksum,
    "prefix-sha1": prefix_sha1,
    "prefix-sha256": prefix_sha256,
    "chain": chain,
    "polynomial": polynomial,
}
