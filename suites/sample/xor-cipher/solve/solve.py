# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""Tries each way the key may run: what decrypts to text alone is the right one."""
import re
import sys

FLAG = re.compile(rb"weir\{[0-9a-f]{32}\}")
TEXT = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789 ,.{}")
WEIGHT = [0] * 256
for rank, letter in enumerate(b"zqjxkvbpygfwmculdrhsnioate "):
    WEIGHT[letter] = rank


def period(cipher):
    """The least shift at which a cipher text agrees with itself nearly as often as at the best."""
    agree = [0] + [sum(a == b for a, b in zip(cipher, cipher[n:])) / (len(cipher) - n) for n in range(1, 120)]
    best = max(agree)
    return next(n for n, share in enumerate(agree) if share > best * 0.75)


def column_key(column):
    """The key byte that makes a column the likeliest text, or None."""
    fit = [k for k in range(256) if all(c ^ k in TEXT for c in column)]
    return max(fit, key=lambda k: sum(WEIGHT[c ^ k] for c in column), default=None)


def by_columns(cipher, length):
    out = bytearray(cipher)
    for at in range(length):
        k = column_key(cipher[at::length])
        if k is None:
            return b""
        out[at::length] = bytes(c ^ k for c in cipher[at::length])
    return bytes(out)


def undrifted(column, step):
    """A column of a drifting key: each byte's key is the first one's plus a multiple of the step."""
    for k in range(256):
        if all(c ^ (k + step * j) & 255 in TEXT for j, c in enumerate(column)):
            yield bytes(c ^ (k + step * j) & 255 for j, c in enumerate(column))


def by_drift(cipher):
    for length in range(2, 17):
        for step in range(1, 256, 2):
            if next(undrifted(cipher[::length], step), None) is None:
                continue
            out = bytearray(cipher)
            for at in range(length):
                fit = undrifted(cipher[at::length], step)
                out[at::length] = max(fit, key=lambda text: sum(WEIGHT[c] for c in text), default=cipher[at::length])
            yield bytes(out)


def candidates(cipher):
    unchained = bytes(a ^ b for a, b in zip(cipher, b"\0" + cipher))
    for text in (cipher, unchained):
        yield by_columns(text, period(text))
    yield from by_drift(cipher)
    # Text may agree with itself by chance better than at its period.
    for text in (cipher, unchained):
        for length in range(1, 120):
            yield by_columns(text, length)


with open("/work/message.bin", "rb") as file:
    message = file.read()
for text in candidates(message):
    if found := FLAG.search(text):
        print(found.group().decode())
        sys.exit()
sys.exit("no way of decrypting gives a flag")
