#!/usr/bin/env bash
# watch.sh [SECONDS]: polls for ever, with so much time between.
set -euo pipefail
here=${0%"${0##*/}"}
while :; do
  "${here:-./}poll.sh" || exit
  # A wait that a signal ends.
  read -r -t "${1:-10}" <> <(:) || true
done
