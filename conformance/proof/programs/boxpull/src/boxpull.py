"""Lists and unpacks boxes: a line `FILE <length> <name>`, that many characters, a line feed, and so on."""
import os
import sys


class BoxError(Exception):
    pass


def members(text):
    lines_end = text.find('\n')
    if text[:lines_end].strip() != 'BOXPULL 1':
        raise BoxError('not a box')
    at = lines_end + 1
    while at < len(text):
        end = text.find('\n', at)
        if end < 0:
            raise BoxError('cut off')
        words = text[at:end].split(' ', 2)
        if len(words) != 3 or words[0] != 'FILE' or not words[1].isdecimal() or len(words[1]) > 8:
            raise BoxError('odd line: ' + text[at:end][:60])
        length = int(words[1])
        body = text[end + 1 : end + 1 + length]
        if len(body) < length:
            raise BoxError('cut off')
        yield words[2], body
        at = end + 1 + length + 1


def target(folder, name):
    """Where a member goes. Names may have folders in them."""
    name = name.replace('\\', '/').lstrip('/')
    if not name or '\0' in name:
        raise BoxError('a member without a name')
    return os.path.join(folder, name)


def write(folder, name, body):
    path = target(folder, name)
    if name.endswith('/'):
        os.makedirs(path, exist_ok=True)
        return 'folder ' + name
    os.makedirs(os.path.dirname(path), exist_ok=True)
    kept = ''
    if os.path.exists(path):
        os.replace(path, path + '~')
        kept = ' (the old one is kept)'
    with open(path, 'w', encoding='utf-8') as out:
        out.write(body)
    return f'wrote {name}, {len(body)} characters{kept}'


def main(argv):
    verb, source = argv[1], argv[2]
    with open(source, encoding='utf-8', errors='replace', newline='') as file:
        text = file.read(1 << 20)
    try:
        for name, body in members(text):
            if verb == 'list':
                print(f'{len(body):6} {name}')
            else:
                try:
                    print(write(argv[3], name, body))
                except OSError as error:
                    print(f'{name}: {error.strerror}')
    except BoxError as error:
        print(f'boxpull: {error}')
        return 1
    return 0


if __name__ == '__main__':
    sys.exit(main(sys.argv))
