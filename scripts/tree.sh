#!/usr/bin/env bash
# tree.sh: the open tasks and their parts.
set -euo pipefail
source "${0%"${0##*/}"}handover.sh"
exec "$ORCH" v0 tree "$@"
