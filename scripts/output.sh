#!/usr/bin/env bash
# Helpers for output of v0's kind; to be sourced.
# shellcheck disable=SC2034 # what is set here is for those who source it

# Rows of tab-separated cells, from standard input, under a header of the same kind.
table_with_header() {
  { printf '%b\n' "$1"; cat; } | column -t -s $'\t'
}

kv() { printf '%-15s %s\n' "$1:" "$2"; }
section() { printf '\n%s\n' "$1"; }

status_icon() {
  case "$1" in
    new) printf '○' ;;
    routed) printf '◎' ;;
    in_progress) printf '◉' ;;
    done) printf '✓' ;;
    blocked) printf '✗' ;;
    needs_review) printf '!' ;;
    *) printf '-' ;;
  esac
}

# task_row ID STATUS [AGENT] [ISSUE] TITLE
task_row() { printf '%s\t%s\t%s\t%s\t%s\n' "$1" "$2" "${3:--}" "${4:--}" "$5"; }

TASK_HEADER="ID\tSTATUS\tAGENT\tISSUE\tTITLE"
TASK_HEADER_GLOBAL="ID\tSTATUS\tAGENT\tISSUE\tPROJECT\tTITLE"

# Parts of yq expressions for a task's columns.
YQ_ISSUE='(.gh_issue_number | select(. != null and . > 0) | "#" + tostring) // "-"'
YQ_AGENT='(.agent // "-")'
YQ_PROJECT='(.dir // "-" | split("/") | .[-1])'
YQ_TASK_COLS=".id, .status, $YQ_AGENT, $YQ_ISSUE, .title"
YQ_TASK_COLS_GLOBAL=".id, .status, $YQ_AGENT, $YQ_ISSUE, $YQ_PROJECT, .title"

fmt_issue() {
  case "${1:-}" in
    '' | null | 0) printf '-' ;;
    *) printf '#%s' "$1" ;;
  esac
}
