#!/usr/bin/env bash
# jobs_remove.sh ID: takes a job away; its tasks stay.
set -euo pipefail
source "${0%"${0##*/}"}handover.sh"
exec "$ORCH" v0 jobs_remove "$@"
