#!/usr/bin/env bash
# unblock_all.sh: every blocked task from the beginning.
set -euo pipefail
source "${0%"${0##*/}"}handover.sh"
exec "$ORCH" v0 unblock_all "$@"
