#!/usr/bin/env bash
# watch.sh [SECONDS]: polls for ever, with so much time between.
set -euo pipefail
here=${0%"${0##*/}"}
# What `read` cannot wait for would make this a loop without a pause.
if ! [[ ${1:-10} =~ ^[0-9]{1,9}(\.[0-9]{1,6})?$ ]]; then
  echo "usage: watch.sh [SECONDS]" >&2
  exit 1
fi
while :; do
  "${here:-./}poll.sh" || exit
  # A wait that a signal ends.
  read -r -t "${1:-10}" <> <(:) || true
done
