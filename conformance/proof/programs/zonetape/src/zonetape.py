"""Prints tapes of name records: `ZT`, a count, and for each record labels, a type, a length and its data."""
import struct
import sys

TYPES = {1: 'A', 2: 'MX', 3: 'SRV', 16: 'TXT'}


class TapeError(Exception):
    pass


class Reader:
    def __init__(self, data):
        self.data = data
        self.at = 0

    def take(self, n):
        if n > len(self.data) - self.at:
            raise TapeError('cut off')
        part = self.data[self.at : self.at + n]
        self.at += n
        return part

    def u16(self):
        return struct.unpack('>H', self.take(2))[0]

    def name(self):
        labels = []
        while True:
            length = self.take(1)[0]
            if length == 0:
                return '.'.join(labels) or '.'
            if length > 63:
                raise TapeError('a label that is too long')
            labels.append(self.take(length).decode('latin-1'))


def address(data):
    if len(data) != 4:
        raise TapeError('an address of odd length')
    return '.'.join(str(byte) for byte in data)


def exchange(data):
    preference, = struct.unpack('>H', data[:2])
    return f'{preference} {Reader(data[2:]).name()}'


def text(data):
    parts, reader = [], Reader(data)
    while reader.at < len(data):
        parts.append(reader.take(reader.take(1)[0]).decode('utf-8', 'replace'))
    return ' '.join(f'"{part}"' for part in parts)


def service(data):
    priority, weight, port = struct.unpack('>HHH', data[:6])
    return f'{priority} {weight} {port} {Reader(data[6:]).name()}'


READ = {'A': address, 'MX': exchange, 'TXT': text, 'SRV': service}


def records(data):
    reader = Reader(data)
    if reader.take(2) != b'ZT':
        raise TapeError('not a tape')
    for _ in range(reader.u16()):
        name, kind = reader.name(), reader.u16()
        body = reader.take(reader.u16())
        known = TYPES.get(kind)
        yield name, known or f'TYPE{kind}', READ[known](body) if known else body.hex()


def main(argv):
    with open(argv[1], 'rb') as file:
        data = file.read(1 << 16)
    try:
        for name, kind, value in records(data):
            print(f'{name:24} {kind:6} {value}')
    except TapeError as error:
        print(f'zonetape: {error}')
        return 1
    return 0


if __name__ == '__main__':
    sys.exit(main(sys.argv))
