# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""The capture as requests whose records are known."""


class Request:
    def __init__(self, frame, record, challenge):
        self.magic, self.body = frame[:2], frame[2:]
        self.record, self.challenge = record, challenge


def requests():
    out, challenge, frame = [], 0, b""
    with open("/work/capture.txt") as file:
        for line in file:
            words = line.split()
            if words[:2] == ["<", "ready"]:
                challenge = int(words[2], 16)
            elif words[:1] == [">"]:
                frame = bytes.fromhex(words[1])
            elif words[:2] == ["<", "record"]:
                out.append(Request(frame, int(words[2].rstrip(":")), challenge))
    return out


def order_of(bodies, seen):
    """Which way round all records stand in bytes 2 and 3, or None."""
    for order in ("big", "little"):
        if all(int.from_bytes(body[2:4], order) == one.record for body, one in zip(bodies, seen)):
            return order
    return None
