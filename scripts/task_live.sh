#!/usr/bin/env bash
# task_live.sh: the agents that work now.
set -euo pipefail
source "${0%"${0##*/}"}handover.sh"
exec "$ORCH" v0 task_live "$@"
