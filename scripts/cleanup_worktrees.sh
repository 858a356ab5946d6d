#!/usr/bin/env bash
# cleanup_worktrees.sh: worktrees and branches of tasks whose pull request is merged.
set -euo pipefail
source "${0%"${0##*/}"}handover.sh"
exec "$ORCH" v0 cleanup_worktrees
