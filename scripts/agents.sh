#!/usr/bin/env bash
# agents.sh: which agents are installed.
set -euo pipefail
source "${0%"${0##*/}"}handover.sh"
exec "$ORCH" v0 agents "$@"
