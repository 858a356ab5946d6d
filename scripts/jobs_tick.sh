#!/usr/bin/env bash
# jobs_tick.sh: fires the jobs that are due. A poll.sh from here in this very minute has done so, unless a job's file is newer.
set -euo pipefail
home=${ORCH_HOME:-$HOME/.orch}
[ -d "$home" ] || home=$HOME/.orchestrator
here=${PROJECT_DIR:-$PWD}
jobs=${JOBS_FILE:-${JOBS_PATH:-$home/jobs.yml}}
if [ -r "$home/ticked" ] && { read -r ticked && IFS= read -r place && IFS= read -r file; } <"$home/ticked" &&
  [ "$place" = "$here" ] && [ "$file" = "$jobs" ] && [ ! "$jobs" -nt "$home/ticked" ] &&
  [ ! "$here/.orchestrator/jobs.yml" -nt "$home/ticked" ] && printf -v now '%(%s)T' -1 2>/dev/null &&
  [ $((ticked / 60)) -eq $((now / 60)) ]; then
  exit 0
fi
source "${0%"${0##*/}"}handover.sh"
exec "$ORCH" job tick --wait "$@"
