#!/usr/bin/env bash
# set_agent.sh ID AGENT: who is to do a task.
set -euo pipefail
source "${0%"${0##*/}"}handover.sh"
exec "$ORCH" v0 set_agent "$@"
