#!/usr/bin/env bash
# retry_task.sh ID: a task from the beginning.
set -euo pipefail
source "${0%"${0##*/}"}handover.sh"
exec "$ORCH" v0 retry_task "$@"
