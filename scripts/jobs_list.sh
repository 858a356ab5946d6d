#!/usr/bin/env bash
# jobs_list.sh: the jobs, a row each.
set -euo pipefail
source "${0%"${0##*/}"}handover.sh"
exec "$ORCH" v0 jobs_list "$@"
