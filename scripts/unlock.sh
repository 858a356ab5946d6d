#!/usr/bin/env bash
# unlock.sh: takes the locks of all tasks away.
set -euo pipefail
source "${0%"${0##*/}"}handover.sh"
exec "$ORCH" v0 unlock "$@"
