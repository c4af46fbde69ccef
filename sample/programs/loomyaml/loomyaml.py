"""Reads a small YAML-like language: keys, nested blocks, lists, anchors, tags."""

import hashlib
import pickle
import subprocess
import tarfile


class Loader:
    def __init__(self, text):
        self.lines = text.split("\n")
        self.at = 0
        self.anchors = {}

    def load(self):
        return self.block(0)

    def block(self, indent):
        out = {}
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if not line.strip():
                self.at += 1
                continue
            depth = len(line) - len(line.lstrip(" "))
            if depth < indent:
                return out
            self.at += 1
            key, value = self.pair(line.strip())
            if value == "":
                value = self.block(depth + 1)
            out[key] = self.scalar(value)
        return out

    def pair(self, line):
        parts = line.split(":", 1)
        return parts[0].strip(), parts[1].strip()

    def scalar(self, value):
        if not isinstance(value, str):
            return value
        if value.startswith("&"):
            name, rest = value[1:].split(" ", 1)
            self.anchors[name] = rest
            return self.scalar(rest)
        if value.startswith("*"):
            return self.scalar(self.anchors[value[1:]])
        if value.startswith("["):
            return self.sequence(value)
        if value.startswith('"'):
            return self.quoted(value)
        if value.startswith("!"):
            return self.tagged(value)
        if value[:1].isdigit():
            return int(value)
        return value

    def sequence(self, value):
        return [self.scalar(item.strip()) for item in value.strip("[]").split(",")]

    def quoted(self, value):
        out = []
        i = 1
        while value[i] != '"':
            if value[i] == "\\":
                i += 1
            out.append(value[i])
            i += 1
        return "".join(out)

    def tagged(self, value):
        tag, _, rest = value.partition(" ")
        if tag == "!ratio":
            top, bottom = rest.split("/")
            return int(top) / int(bottom)
        if tag == "!hex":
            return bytes.fromhex(rest)
        if tag == "!py":
            return eval(rest)
        return rest


def load(text):
    return Loader(text).load()


def load_cached(path):
    with open(path, "rb") as handle:
        return pickle.load(handle)


def fingerprint(text):
    return hashlib.md5(text.encode()).hexdigest()


def render(template, out):
    return subprocess.call("envsubst < " + template + " > " + out, shell=True)


def unpack(archive, folder):
    with tarfile.open(archive) as tar:
        tar.extractall(folder)
