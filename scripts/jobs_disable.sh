#!/usr/bin/env bash
# jobs_disable.sh ID: keeps a job from firing.
set -euo pipefail
source "${0%"${0##*/}"}handover.sh"
exec "$ORCH" v0 jobs_disable "$@"
