#!/usr/bin/env bash
# service_uninstall.sh: takes the timers away again.
set -euo pipefail
source "${0%"${0##*/}"}handover.sh"
exec "$ORCH" service uninstall "$@"
