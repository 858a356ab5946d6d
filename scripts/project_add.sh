#!/usr/bin/env bash
# project_add.sh OWNER/REPO | URL: clones a repository of GitHub, bare, and makes it a project.
set -euo pipefail
source "${0%"${0##*/}"}handover.sh"
exec "$ORCH" v0 project_add "$@"
