#!/usr/bin/env bash
# jobs_add.sh [--type bash --command COMMAND] SCHEDULE TITLE [BODY] [LABELS] [AGENT]: a new job.
set -euo pipefail
source "${0%"${0##*/}"}handover.sh"
exec "$ORCH" v0 jobs_add "$@"
