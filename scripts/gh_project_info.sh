#!/usr/bin/env bash
# gh_project_info.sh [--fix]: the board of the project and its columns; --fix puts them into the configuration.
set -euo pipefail
source "${0%"${0##*/}"}handover.sh"
exec "$ORCH" v0 gh_project_info "$@"
