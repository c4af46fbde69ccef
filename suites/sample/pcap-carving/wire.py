# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""Packets as bytes: Ethernet, IPv4, TCP, UDP, ICMP and the pcap file around them."""
import struct


def summed(data):
    """The checksum of RFC 1071."""
    total = sum(struct.unpack(f">{(len(data) + 1) // 2}H", data + bytes(len(data) % 2)))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def host(text):
    return bytes(int(part) for part in text.split("."))


def ip(source, target, protocol, body, mark=0, offset=0, more=False):
    head = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(body), mark, offset // 8 | more << 13, 64, protocol, 0)
    head += host(source) + host(target)
    return head[:10] + struct.pack(">H", summed(head)) + head[12:] + body


def _with_sum(source, target, protocol, body, at):
    pseudo = host(source) + host(target) + struct.pack(">BBH", 0, protocol, len(body))
    return body[:at] + struct.pack(">H", summed(pseudo + body)) + body[at + 2 :]


def tcp(source, target, ports, sequence, body, flags=0x18, acknowledged=0):
    head = struct.pack(">HHIIBBHHH", *ports, sequence & 0xFFFFFFFF, acknowledged & 0xFFFFFFFF, 0x50, flags, 64240, 0, 0)
    return ip(source, target, 6, _with_sum(source, target, 6, head + body, 16))


def udp_body(source, target, ports, body):
    return _with_sum(source, target, 17, struct.pack(">HHHH", *ports, 8 + len(body), 0) + body, 6)


def udp(source, target, ports, body):
    return ip(source, target, 17, udp_body(source, target, ports, body))


def ping(source, target, number, body, answer=False):
    whole = struct.pack(">BBHHH", 0 if answer else 8, 0, 0, 77, number) + body
    return ip(source, target, 1, whole[:2] + struct.pack(">H", summed(whole)) + whole[4:])


def capture(packets):
    """A pcap file of (seconds, IP packet)s."""
    out = [struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1)]
    for at, packet in packets:
        frame = b"\x02\0\0\0\0\x01\x02\0\0\0\0\x02\x08\0" + packet
        out.append(struct.pack("<IIII", int(at), round(at % 1 * 1e6), len(frame), len(frame)) + frame)
    return b"".join(out)
