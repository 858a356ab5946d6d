#!/usr/bin/env bash
# gh_project_list.sh [ORG] [USER]: lists boards on GitHub, and the bare clones of this home.
set -euo pipefail
source "${0%"${0##*/}"}handover.sh"
exec "$ORCH" v0 gh_project_list "$@"
