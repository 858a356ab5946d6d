"""MarkdownV2 as https://core.telegram.org/bots/api#markdownv2-style has it: text in, plain text and entities out.

Strict where Telegram is: a reserved character that is not escaped, and a mark that is not closed, are errors.
"""
RESERVED = set("_*[]()~`>#+-=|{}.!")


class CannotParse(Exception):
    """With Telegram's own words."""


class Parser:
    def __init__(self, text):
        self.text, self.place = text, 0
        self.plain, self.entities, self.open = [], [], []

    def units(self):
        return len("".join(self.plain).encode("utf-16-le")) // 2

    def offset(self):
        return len(self.text[: self.place].encode())

    def fail(self, character):
        raise CannotParse(f"Character '{character}' is reserved and must be escaped with the preceding '\\'")

    def parse(self):
        while self.place < len(self.text):
            rest = self.text[self.place:]
            character = rest[0]
            if character == "\\" and len(rest) > 1 and 1 <= ord(rest[1]) <= 126:
                self.plain.append(rest[1])
                self.place += 2
            elif rest.startswith("```"):
                self.code("```", "pre")
            elif character == "`":
                self.code("`", "code")
            elif character in "*_~" or rest.startswith("||"):
                self.toggle(next(mark for mark in ("||", "__", "*", "_", "~") if rest.startswith(mark)))
            elif character in RESERVED:
                self.fail(character)
            else:
                self.plain.append(character)
                self.place += 1
        if self.open:
            kind, start, place = self.open[-1]
            raise CannotParse(f"Can't find end of {kind} entity at byte offset {place}")
        return "".join(self.plain), self.entities

    KINDS = {"*": "bold", "_": "italic", "__": "underline", "~": "strikethrough", "||": "spoiler"}

    def toggle(self, mark):
        kind = self.KINDS[mark]
        if self.open and self.open[-1][0] == kind:
            _, start, _ = self.open.pop()
            if self.units() > start:
                self.entities.append({"type": kind, "offset": start, "length": self.units() - start})
        else:
            self.open.append((kind, self.units(), self.offset()))
        self.place += len(mark)

    def code(self, mark, kind):
        begun = self.offset()
        self.place += len(mark)
        start = self.units()
        if kind == "pre":
            line = self.text[self.place:].split("\n", 1)[0]
            # The word behind the mark names a language.
            if "`" not in line and " " not in line and "\n" in self.text[self.place:]:
                self.place += len(line) + 1
        while not self.text.startswith(mark, self.place):
            if self.place >= len(self.text):
                raise CannotParse(f"Can't find end of {kind} entity at byte offset {begun}")
            if self.text[self.place] == "\\" and self.place + 1 < len(self.text):
                self.place += 1
            elif self.text[self.place] == "`":
                self.fail("`")
            self.plain.append(self.text[self.place])
            self.place += 1
        self.place += len(mark)
        if kind == "pre" and self.plain and self.plain[-1] == "\n":
            self.plain.pop()
        if self.units() > start:
            self.entities.append({"type": kind, "offset": start, "length": self.units() - start})


def parse(text):
    return Parser(text).parse()
