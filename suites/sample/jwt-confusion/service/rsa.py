# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""RSA signatures over SHA-256, filled up as 00 01 FF … FF 00 DIGEST."""
import hashlib

BYTES = 128


def digest(text):
    return hashlib.sha256(text).digest()


def sign(key, text):
    filled = b"\0\1" + b"\xff" * (BYTES - 35) + b"\0" + digest(text)
    return pow(int.from_bytes(filled, "big"), key["d"], key["n"]).to_bytes(BYTES, "big")


def _filled(key, signature):
    return pow(int.from_bytes(signature, "big"), key["e"], key["n"]).to_bytes((key["n"].bit_length() + 7) // 8, "big")


def verify(key, text, signature):
    filled = _filled(key, signature)
    return filled == b"\0\1" + b"\xff" * (len(filled) - 35) + b"\0" + digest(text)


def verify_by_parts(key, text, signature):
    """Walks over the filling to the zero that ends it, and compares what comes next."""
    filled = _filled(key, signature)
    end = filled.find(b"\0", 2)
    whole = filled.startswith(b"\0\1\xff") and end > 0 and not filled[2:end].strip(b"\xff")
    return whole and filled[end + 1 : end + 33] == digest(text)
