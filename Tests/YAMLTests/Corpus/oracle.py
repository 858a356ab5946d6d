"""Reads YAML with ruamel.yaml's parser and prints what each input means, one line of JSON an input.

usage: oracle.py INPUT OUTPUT

INPUT holds any number of texts, each after a line with its length in bytes. Scalars are resolved here, by
the regular expressions of YAML 1.2.2, 10.3.2, since the library adds types of its own.
"""

import json
import re
import struct
import sys

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

NULL = re.compile(r"(null|Null|NULL|~|)\Z")
BOOL = re.compile(r"(true|True|TRUE|false|False|FALSE)\Z")
INT = re.compile(r"[-+]?[0-9]+\Z")
OCTAL = re.compile(r"0o[0-7]+\Z")
HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+\Z")
FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
INFINITY = re.compile(r"[-+]?(\.inf|\.Inf|\.INF)\Z")
NAN = re.compile(r"(\.nan|\.NaN|\.NAN)\Z")
PREFIX = "tag:yaml.org,2002:"


class Refused(Exception):
    pass


def real(number):
    return "d:nan" if number != number else "d:" + struct.pack(">d", number).hex()


def integer(number):
    return "i:%d" % number if -(2**63) <= number < 2**63 else real(float(number))


def resolve(text):
    if NULL.match(text):
        return "n"
    if BOOL.match(text):
        return "b:" + text.lower()
    if INT.match(text):
        return integer(int(text))
    if OCTAL.match(text):
        return integer(int(text[2:], 8))
    if HEXADECIMAL.match(text):
        return integer(int(text, 16))
    if FLOAT.match(text):
        return real(float(text))
    if INFINITY.match(text):
        return real(float("-inf" if text[0] == "-" else "inf"))
    if NAN.match(text):
        return real(float("nan"))
    return "s:" + text


def scalar(event):
    tag = event.tag
    if tag is None:
        return resolve(event.value) if event.implicit[0] else "s:" + event.value
    if tag in ("!", PREFIX + "str"):
        return "s:" + event.value
    found = resolve(event.value)
    kinds = {"null": "n", "bool": "b", "int": "i", "float": "di"}
    kind = tag[len(PREFIX):] if tag.startswith(PREFIX) else ""
    if kind not in kinds or found[0] not in kinds[kind]:
        raise Refused("tag " + tag)
    return real(float(event.value)) if kind == "float" and found[0] == "i" else found


class Builder:
    """Makes trees of events; aliases are looked up, so that recursion and unknown names are refused."""

    def __init__(self, events):
        self.events = iter(events)
        self.anchors = {}

    def documents(self):
        found = []
        for event in self.events:
            if type(event).__name__ == "DocumentStartEvent":
                self.anchors = {}
                found.append(self.node(next(self.events)))
        return found

    def node(self, event):
        kind = type(event).__name__
        if kind == "AliasEvent":
            if self.anchors.get(event.anchor) is None:
                raise Refused("alias " + event.anchor)
            return self.anchors[event.anchor]
        if event.anchor is not None:
            self.anchors[event.anchor] = None
        if kind == "ScalarEvent":
            built = scalar(event)
        else:
            wanted = "seq" if kind == "SequenceStartEvent" else "map"
            if event.tag not in (None, "!", PREFIX + wanted):
                raise Refused("tag " + event.tag)
            built = self.sequence() if wanted == "seq" else self.mapping()
        if event.anchor is not None:
            self.anchors[event.anchor] = built
        return built

    def sequence(self):
        items = []
        for event in self.events:
            if type(event).__name__ == "SequenceEndEvent":
                return items
            items.append(self.node(event))

    def mapping(self):
        entries, seen = [], set()
        for event in self.events:
            if type(event).__name__ == "MappingEndEvent":
                return {"m": entries}
            key = self.node(event)
            if json.dumps(key) in seen:
                raise Refused("duplicate key")
            seen.add(json.dumps(key))
            entries.append([key, self.node(next(self.events))])


def meaning(text):
    try:
        events = YAML(typ="safe", pure=True).parse(text.decode("utf-8"))
        return {"documents": Builder(events).documents()}
    except (YAMLError, Refused, UnicodeDecodeError) as error:
        return {"refused": str(error)}


def main():
    data, position = open(sys.argv[1], "rb").read(), 0
    with open(sys.argv[2], "w", encoding="utf-8") as output:
        while position < len(data):
            end = data.index(b"\n", position)
            length = int(data[position:end])
            output.write(json.dumps(meaning(data[end + 1:end + 1 + length]), ensure_ascii=False) + "\n")
            position = end + 1 + length


main()
