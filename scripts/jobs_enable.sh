#!/usr/bin/env bash
# jobs_enable.sh ID: lets a job fire again.
set -euo pipefail
source "${0%"${0##*/}"}handover.sh"
exec "$ORCH" v0 jobs_enable "$@"
