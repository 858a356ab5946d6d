#!/usr/bin/env bash
# task_kill.sh ID: ends the agent of a task.
set -euo pipefail
source "${0%"${0##*/}"}handover.sh"
if [ -z "${1:-}" ]; then
  echo "Usage: task_kill.sh <task_id>" >&2
  exit 1
fi
exec "$ORCH" task kill --wait "$1"
