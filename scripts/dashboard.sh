#!/usr/bin/env bash
# dashboard.sh: tasks, cost, projects and worktrees on one page.
set -euo pipefail
source "${0%"${0##*/}"}handover.sh"
exec "$ORCH" v0 dashboard "$@"
