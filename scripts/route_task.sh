#!/usr/bin/env bash
# route_task.sh [ID]: chooses who does a task; prints the agent.
set -euo pipefail
source "${0%"${0##*/}"}handover.sh"
exec "$ORCH" v0 route_task "$@"
