# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""Forges a tag for the order that is never tagged, one way a kind."""
import zlib

from extension import extended, padding
from talk import Talk, submit

ORDER = b"open vault"
PRIME = (1 << 127) - 1

talk = Talk()


def join(a, b):
    return bytes(x ^ y for x, y in zip(a, b))


def sign(text):
    return bytes.fromhex(talk.ask(f"sign {text.hex()}"))


def obey(text, tag):
    return talk.ask(f"obey {text.hex()} {tag.hex()}")


def short():
    for at in range(0, 1 << 16, 256):
        tags = (n.to_bytes(2, "big") for n in range(at, at + 256))
        for reply in talk.ask_all([f"obey {ORDER.hex()} {tag.hex()}" for tag in tags]):
            if reply != "no":
                return reply


def sum_of_blocks():
    """The order is cut inside its first word; a third block comes in twice and falls out."""
    left, right, other = b"_____ope", b"n vault_", b"________"
    return obey(left + right, join(sign(left + other), sign(other + right)))


def checksum():
    """For texts of one length, tags differ by what their difference alone makes, whatever the key."""
    plain = b"shut vault"
    change = zlib.crc32(ORDER) ^ zlib.crc32(plain)
    return obey(ORDER, (int.from_bytes(sign(plain), "big") ^ change).to_bytes(4, "big"))


def extension():
    tag = sign(b"list")
    for key in range(1, 65):
        text = b"list" + padding(key + 4) + ORDER
        if (reply := obey(text, extended(tag, key + 4, ORDER))) != "no":
            return reply


def chain():
    """One block that meets the cipher as the order would after another block."""
    first = b"list the vaults "
    order = ORDER + bytes(6)
    return obey(first + order, sign(join(order, sign(first))))


def polynomial():
    """Two texts that differ in their last block tell the place; from there every tag of that length follows."""

    def whole(tag):
        return int.from_bytes(tag, "big")

    one, two = b"shut vaults now", b"shut vaults nox"
    place = (whole(sign(two)) - whole(sign(one))) % PRIME
    order = ORDER + b" now!"
    change = (whole(order) - whole(one)) * place
    return obey(order, ((whole(sign(one)) + change) % PRIME).to_bytes(16, "big"))


WAYS = {"short": short, "sum-of-blocks": sum_of_blocks, "checksum": checksum, "chain": chain, "polynomial": polynomial}
submit(WAYS.get(talk.greeting.split()[1], extension)())
