# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""An invented device's frames. Seen by setup alone, which hands the text to the service: what a client sees are frames."""


class Device:
    """numbers: the device's constants by name; `kind` names the checks and masks that it uses."""

    def __init__(self, numbers):
        self.numbers = numbers
        self.kind = numbers["kind"]

    def response(self, challenge):
        return (challenge * self.numbers["factor"] + self.numbers["term"]) & 0xFFFF

    def mark(self, body):
        if self.kind == "bare":
            return b""
        if self.kind in ("sum", "masked", "greeting"):
            return bytes([(sum(body) + self.numbers["start"]) & 255])
        if self.kind == "weights":
            total = sum(w * b for w, b in zip(self.numbers["weights"], [1, *body]))
            return (total % 65521).to_bytes(2, "big")
        value = self.numbers["start"]
        for byte in body:
            value ^= byte << 8
            for _ in range(8):
                value = value << 1 ^ (self.numbers["polynomial"] if value & 0x8000 else 0)
            value &= 0xFFFF
        return value.to_bytes(2, "big")

    def masked(self, text):
        if self.kind == "masked":
            return bytes(c ^ self.numbers["mask"] for c in text)
        if self.kind != "rolling":
            return text
        x, out = text[0], [text[0]]
        for c in text[1:]:
            x = x * self.numbers["multiplier"] + self.numbers["increment"] & 255
            out.append(c ^ x)
        return bytes(out)

    def frame(self, turn, record, challenge):
        body = bytes([turn & 255, self.numbers["read"]]) + record.to_bytes(2, self.numbers["order"])
        if self.kind in ("greeting", "weights"):
            body += self.response(challenge).to_bytes(2, "big")
        return bytes.fromhex(self.numbers["magic"]) + self.masked(body + self.mark(body))

    def asked(self, text, turn, challenge):
        """The record that a frame asks for, or None where any byte is not as it must be."""
        magic = bytes.fromhex(self.numbers["magic"])
        body = self.masked(text[len(magic) :])
        if len(body) < 4:
            return None
        record = int.from_bytes(body[2:4], self.numbers["order"])
        return record if self.frame(turn, record, challenge) == text else None
