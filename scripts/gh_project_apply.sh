#!/usr/bin/env bash
# gh_project_apply.sh: puts the board's columns into the configuration.
set -euo pipefail
source "${0%"${0##*/}"}handover.sh"
exec "$ORCH" v0 gh_project_apply "$@"
