#!/usr/bin/env bash
# jobs_info.sh ID: everything about a job.
set -euo pipefail
source "${0%"${0##*/}"}handover.sh"
exec "$ORCH" v0 jobs_info "$@"
