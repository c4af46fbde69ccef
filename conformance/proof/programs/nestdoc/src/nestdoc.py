"""Reads outlines such as `(title "Boats" (item Otter) (item Maria 12))` and prints them as an indented list with counts."""
import sys


class OutlineError(Exception):
    pass


def tokens(text):
    at = 0
    while at < len(text):
        c = text[at]
        if c.isspace():
            at += 1
        elif c in '()':
            yield c, c
            at += 1
        elif c == '"':
            end = text.find('"', at + 1)
            if end < 0:
                raise OutlineError('a quote is not closed')
            yield 'word', text[at + 1 : end]
            at = end + 1
        elif c == ';':
            end = text.find('\n', at)
            at = len(text) if end < 0 else end
        else:
            end = at
            while end < len(text) and not text[end].isspace() and text[end] not in '()";':
                end += 1
            yield 'word', text[at:end]
            at = end


class Parser:
    def __init__(self, text):
        self.tokens = list(tokens(text))
        self.at = 0

    def document(self):
        nodes = []
        while self.at < len(self.tokens):
            nodes.append(self.node())
        return nodes

    def node(self):
        kind, text = self.tokens[self.at]
        self.at += 1
        if kind == ')':
            raise OutlineError('a bracket too many')
        if kind == 'word':
            return text
        children = []
        while self.at < len(self.tokens) and self.tokens[self.at][0] != ')':
            children.append(self.node())
        if self.at >= len(self.tokens):
            raise OutlineError('a bracket is not closed')
        self.at += 1
        return children


def words(node):
    return 1 if isinstance(node, str) else sum(words(child) for child in node)


def show(node, depth=0):
    if isinstance(node, str):
        print('  ' * min(depth, 20) + node)
        return
    print('  ' * min(depth, 20) + f'[{words(node)} words]')
    for child in node:
        show(child, depth + 1)


def main(argv):
    with open(argv[1], encoding='utf-8', errors='replace') as file:
        text = file.read(1 << 18)
    try:
        document = Parser(text).document()
    except OutlineError as error:
        print(f'nestdoc: {error}')
        return 1
    for node in document:
        show(node)
    return 0


if __name__ == '__main__':
    sys.exit(main(sys.argv))
