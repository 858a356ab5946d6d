#!/usr/bin/env bash
# gh_project_create.sh [TITLE]: makes a board on GitHub for the project.
set -euo pipefail
source "${0%"${0##*/}"}handover.sh"
exec "$ORCH" v0 gh_project_create "$@"
