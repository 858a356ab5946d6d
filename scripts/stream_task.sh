#!/usr/bin/env bash
# stream_task.sh ID: what a task's agent does, live.
set -euo pipefail
source "${0%"${0##*/}"}handover.sh"
if [ -z "${1:-}" ]; then
  echo "Usage: stream_task.sh <task_id>" >&2
  exit 1
fi
exec "$ORCH" task stream "$1"
