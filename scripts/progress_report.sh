#!/usr/bin/env bash
# progress_report.sh: what happened in the last REPORT_SINCE_MINUTES (60).
set -euo pipefail
source "${0%"${0##*/}"}handover.sh"
exec "$ORCH" v0 progress_report "$@"
