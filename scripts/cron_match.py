#!/usr/bin/env python3
"""cron_match.py EXPRESSION [--since TIME]: whether a schedule has this minute, or had one since then."""
import os
import sys

script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "orch")
os.execv(script, [script, "v0", "cron_match"] + sys.argv[1:])
