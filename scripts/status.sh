#!/usr/bin/env bash
# status.sh [--global|-g] [--json]: how many tasks there are of each status, and the newest.
set -euo pipefail
source "${0%"${0##*/}"}handover.sh"
exec "$ORCH" v0 status "$@"
