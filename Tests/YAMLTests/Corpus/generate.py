"""Writes generated.txt: configuration files shaped like those in use, every choice of style by a seed."""

import random

choice = random.Random(20261123)

NAMES = ["api", "web", "worker", "db", "cache", "nightly", "weekly-report", "lint", "deploy_all", "x86", "größe"]
WORDS = ["make", "all", "the", "tests", "run", "again", "--fast", "it's", "100%", "a/b", "x=1", "naïve", "{}"]
SCALARS = [
    "1", "0", "-7", "+12", "0755", "0o17", "0x1F", "1.10", "-0.5", "1e3", ".5", "12.", "1.2.3", "true", "False",
    "yes", "off", "null", "~", "''", '""', "2026-11-23", "1:30", "1_000", ".inf", ".nan", "-.INF", "~/bin",
    "a:b", "http://host:80/p?q=1#f", "'it''s'", '"tab\\there"', '"\\u00e9\\x21\\n"', "'* * * * *'",
    "*/5 * * * *".replace("*/5", "0/5"), "@".join(["user", "host"]), "a # comment", "x#y", "-v", "--flag",
    "?x", "one two", "'yes'", '"012"', "[a, b]", "{a: 1}", "[]", "{}", "[1, [2, {x: y}], 'z']", "<<",
]


def pick(items):
    return choice.choice(items)


def scalar():
    return pick(SCALARS)


def comment():
    return pick(["", "", "", "  # " + pick(WORDS), " #" + pick(WORDS)])


def sentence(count):
    return " ".join(pick(WORDS[:5]) for _ in range(count))


def text_block(indent):
    pad = " " * indent
    header = pick(["|", ">", "|-", ">-", "|+", ">+"])
    lines = [pad + sentence(3), pad + "  " + sentence(2), "", pad + sentence(4) + " # no comment", pad + sentence(1)]
    return [header] + lines[:choice.randint(1, 5)]


def value(indent, depth):
    """What follows `key:`; the first line goes on the key's line."""
    kind = choice.randint(0, 9)
    if depth > 2 or kind < 5:
        return [" " + scalar() + comment()]
    if kind < 6:
        block = text_block(indent + 2)
        return [" " + block[0]] + block[1:]
    if kind < 8:
        return [comment()] + mapping(indent + pick([1, 2, 2, 4]), depth + 1)
    if kind < 9:
        return [comment()] + sequence(indent + pick([0, 2]), depth + 1)
    return [" " + sentence(3), " " * (indent + 3) + sentence(2)]


def mapping(indent, depth):
    lines = []
    for name in choice.sample(NAMES, choice.randint(1, 4)):
        key = pick([name, name, name, "'%s'" % name, '"%s"' % name, name + " "])
        found = value(indent, depth)
        lines += [" " * indent + key + ":" + found[0]] + found[1:]
        lines += pick([[], [], [], [""], [" " * indent + "# " + sentence(2)]])
    return lines


def sequence(indent, depth):
    lines = []
    for _ in range(choice.randint(1, 3)):
        if depth > 2 or choice.random() < 0.5:
            lines.append(" " * indent + "- " + scalar() + comment())
        else:
            nested = mapping(indent + 2, depth + 1)
            lines += [" " * indent + "- " + nested[0].lstrip(" ")] + nested[1:]
    return lines


def compose():
    lines = ["version: '3.%d'" % choice.randint(0, 9), "services:"]
    for name in choice.sample(NAMES[:5], 2):
        lines += ["  %s:" % name, "    image: %s:%s" % (name, pick(["1.2", "latest", "3"]))]
        lines += ["    ports:", pick(["      - ", "    - "]) + pick(['"80:80"', "8080:80", "127.0.0.1:1:2"])]
        lines += ["    environment: {A: %s, B: %s}" % (pick(["1", "x"]), pick(["yes", "'no'"]))]
        lines += ["    command: " + pick(['["run", "-v"]', "run -v", ">\n      run\n      -v"])]
    return lines


def workflow():
    lines = ["name: " + sentence(2), "on:", "  push: {branches: [main, 'release/**']}", "  schedule:"]
    lines += ["    - cron: " + pick(["'0 9 * * *'", '"*/5 * * * *"', "0 9 * * 1-5"]), "jobs:", "  build:"]
    lines += ["    runs-on: ${{ matrix.os }}", "    strategy:", "      matrix:", "        os: [linux, mac]"]
    lines += ["        v: [%s]" % ", ".join(choice.sample(["1.10", "'1.10'", "20", "lts/*", "3.x"], 3)), "    steps:"]
    for _ in range(choice.randint(1, 3)):
        lines += pick([["    - uses: actions/checkout@v4"], ["      - run: make test  # all"]][:1])
        lines += ["    - run: " + pick(["|", ">-", "|+"]), "        make all", "        make test", ""]
    return lines


def manifest():
    lines = ["apiVersion: apps/v1", "kind: Deployment", "metadata: &meta", "  name: " + pick(NAMES)]
    lines += ["  labels: &labels {app: %s, tier: %s}" % (pick(NAMES[:4]), pick(["back", "'1'"]))]
    lines += ["spec:", "  replicas: %d" % choice.randint(1, 9), "  selector:", "    matchLabels: *labels"]
    lines += ["---", "kind: Service", "ports:", "- port: 80", "  name: http", "- {port: 443, name: https}"]
    return lines + pick([[], ["..."], ["---", "# nothing"]])


def jobs():
    lines = ["# jobs", "defaults: {agent: claude, timeout: 30m}", "jobs:"]
    for name in choice.sample(NAMES, choice.randint(1, 4)):
        lines += ["  - name: " + name, "    schedule: " + pick(["'0 9 * * *'", '"@daily"', "0 3 * * 0"])]
        lines += ["    enabled: " + pick(["true", "false", "on"])] + pick([[], ["    labels: [a, 'b c']"]])
        block = text_block(6)
        lines += ["    prompt: " + block[0]] + block[1:]
    return lines


def main():
    cases = []
    for number in range(60):
        cases.append(("mapping %d" % number, mapping(0, 0)))
    for number in range(30):
        cases.append(("sequence %d" % number, sequence(0, 0)))
    for name, shape in (("compose", compose), ("workflow", workflow), ("manifest", manifest), ("jobs", jobs)):
        for number in range(20):
            cases.append(("%s %d" % (name, number), shape()))
    with open("generated.txt", "w", encoding="utf-8") as output:
        for name, lines in cases:
            output.write("=== %s\n%s\n" % (name, "\n".join(lines)))


main()
