#!/usr/bin/env bash
# next.sh: routes the first new task and does it; without one, any task that can be done.
set -euo pipefail
here=${0%"${0##*/}"}
source "${here}handover.sh"
id=
read -r id < <("$ORCH" v0 db_task_ids_by_status new) || true
if [ -z "$id" ]; then exec "${here:-./}run_task.sh"; fi
"${here:-./}route_task.sh" "$id" >/dev/null
exec "${here:-./}run_task.sh" "$id"
