# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""Keeps an enciphered secret, and tells of any cipher text whether its padding is good."""
import random

from cipher import BLOCK, cbc_decrypt, cbc_encrypt
from paddings import pad, unpad
from serve import serve

ORDER = b"role=operator"


def make(flag, given):
    key, iv, kind = bytes.fromhex(given["key"]), bytes.fromhex(given["iv"]), given["padding"]
    secret = flag.encode() if given["goal"] == "read" else b"role=visitor"
    token = iv + cbc_encrypt(key, iv, pad(kind, secret))

    def begin(number):
        chance = random.Random(f"{given['key']} {number}")

        def told(good):
            if chance.random() < given["noise"]:
                good = not good
            if given["tell"] == "words":
                return "bad content" if good else "bad padding"
            return "error %04x" % (chance.getrandbits(15) * 2 + good)

        def answer(line):
            word, _, text = line.partition(" ")
            if word == "token":
                return token.hex()
            try:
                sent = bytes.fromhex(text)
            except ValueError:
                return "not hex"
            if word not in ("check", "open") or len(sent) < 2 * BLOCK or len(sent) % BLOCK:
                return "say: token | check HEX | open HEX, with IV and at least one block"
            found = unpad(kind, cbc_decrypt(key, sent[:BLOCK], sent[BLOCK:]))
            if word == "check":
                return told(found is not None)
            return flag if given["goal"] == "forge" and found == ORDER else "no"

        line = "noisy" if given["noise"] else "clean"
        return f"padding {kind}, goal {given['goal']}, tell {given['tell']}, line {line}", answer

    return begin


serve(make)
