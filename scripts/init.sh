#!/usr/bin/env bash
# init.sh [--repo OWNER/REPO] [--project-id ID]: makes the folder (PROJECT_DIR) a project.
set -euo pipefail
source "${0%"${0##*/}"}handover.sh"

# One of v0's own functions, which other scripts take out of this file: the columns of a new board.
configure_project_status_field() {
  "${ORCH:-orch}" v0 configure_project_status_field "$@"
}

exec "$ORCH" v0 init "$@"
