#!/usr/bin/env bash
# chat.sh: a conversation with an agent about the tasks of the project (PROJECT_DIR).
set -euo pipefail
source "${0%"${0##*/}"}handover.sh"
exec "$ORCH" v0 chat "$@"
