"""Computes a sheet: lines `A1: text or number or =formula`. Formulas know + - * / ( ), comparisons, SUM, MIN, MAX, IF and cells."""
import re
import sys

CELL = re.compile(r'\b([A-Z])([1-9][0-9]?)\b')


class Sheet:
    def __init__(self):
        self.raw = {}
        self.busy = set()

    def put(self, cell, text):
        self.raw[cell] = text.strip()

    def value(self, cell):
        text = self.raw.get(cell, '0')
        if not text.startswith('='):
            return number(text)
        if cell in self.busy:
            raise ValueError('goes round in circles')
        self.busy.add(cell)
        try:
            return self.compute(text[1:])
        finally:
            self.busy.discard(cell)

    def compute(self, formula):
        formula = re.sub(r'\b([A-Z][1-9][0-9]?):([A-Z][1-9][0-9]?)\b', r'RANGE("\1","\2")', formula)
        code = re.sub(r'(?<!")' + CELL.pattern + r'(?!")', r'CELL("\1\2")', formula)
        names = {
            'CELL': self.value,
            'RANGE': self.range,
            'SUM': lambda *args: sum(flat(args)),
            'MIN': lambda *args: min(flat(args), default=0),
            'MAX': lambda *args: max(flat(args), default=0),
            'IF': lambda test, yes, no: yes if test else no,
        }
        return eval(code, names)

    def range(self, first, last):
        columns = range(ord(first[0]), ord(last[0]) + 1)
        rows = range(int(first[1:]), int(last[1:]) + 1)
        return [self.value(chr(c) + str(r)) for c in columns for r in rows]

    def show(self):
        for cell in sorted(self.raw, key=lambda c: (c[0], int(c[1:]))):
            try:
                print(f'{cell} {shown(self.value(cell))}')
            except Exception as error:
                print(f'{cell} #{type(error).__name__}')


def flat(args):
    for arg in args:
        if isinstance(arg, list):
            yield from (one for one in arg if isinstance(one, (int, float)))
        elif isinstance(arg, (int, float)):
            yield arg


def number(text):
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return text


def shown(value):
    return f'{value:.4g}' if isinstance(value, float) else str(value)[:80]


def main(argv):
    sheet = Sheet()
    with open(argv[1], encoding='utf-8', errors='replace') as file:
        for line in file.read(1 << 16).split('\n'):
            cell, colon, text = line.partition(':')
            if colon and CELL.fullmatch(cell.strip()):
                sheet.put(cell.strip(), text)
            elif line.strip():
                print(f'left out: {line[:40]}')
    sheet.show()


if __name__ == '__main__':
    main(sys.argv)
