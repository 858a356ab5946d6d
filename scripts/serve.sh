#!/usr/bin/env bash
# serve.sh: the loop for those without timers: `orch tick` every INTERVAL seconds (10), `orch sync` every GH_PULL_INTERVAL (120).
set -euo pipefail
source "${0%"${0##*/}"}handover.sh"
exec "$ORCH" v0 serve "$@"
