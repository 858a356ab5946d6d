#!/usr/bin/env bash
# task_attach.sh ID: the terminal of a task's agent.
set -euo pipefail
source "${0%"${0##*/}"}handover.sh"
if [ -z "${1:-}" ]; then
  echo "Usage: task_attach.sh <task_id>" >&2
  exit 1
fi
exec "$ORCH" task attach "$1"
