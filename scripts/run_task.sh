#!/usr/bin/env bash
# run_task.sh [ID]: one attempt at a task, routed first where it has no agent; stays to its end.
set -euo pipefail
source "${0%"${0##*/}"}handover.sh"
exec "$ORCH" v0 run_task "$@"
