#!/usr/bin/env python3
"""normalize_json.py [--tool-history|--tool-summary|--usage]: what an agent printed, read by orch.

From RAW_RESPONSE, else from standard input.
"""
import os
import sys

script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "orch")
os.execv(script, [script, "v0", "normalize_json"] + sys.argv[1:])
