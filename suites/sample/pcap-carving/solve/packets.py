# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""Reads a pcap file into packets, and TCP streams out of them."""
import struct
from collections import defaultdict


class Packet:
    def __init__(self, at, frame):
        self.at = at
        data = frame[14:]
        size, self.mark, place = struct.unpack(">HHH", data[2:8])
        head = (data[0] & 15) * 4
        self.protocol, self.source, self.target = data[9], data[12:16], data[16:20]
        self.offset, self.more = (place & 0x1FFF) * 8, bool(place & 0x2000)
        self.body = data[head:size]


def packets(name="/work/capture.pcap"):
    with open(name, "rb") as file:
        data = file.read()
    out, at = [], 24
    while at < len(data):
        seconds, micros, size, _ = struct.unpack("<IIII", data[at : at + 16])
        out.append(Packet(seconds + micros / 1e6, data[at + 16 : at + 16 + size]))
        at += 16 + size
    return out


def streams(among):
    """The bytes of each TCP direction in order of their numbers, by (source, port, target, port)."""
    parts = defaultdict(dict)
    for packet in among:
        if packet.protocol == 6:
            one, other, sequence = struct.unpack(">HHI", packet.body[:8])
            text = packet.body[(packet.body[12] >> 4) * 4 :]
            parts[packet.source, one, packet.target, other].setdefault(sequence, text)
    return {name: b"".join(text for _, text in sorted(found.items())) for name, found in parts.items()}
