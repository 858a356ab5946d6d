#!/usr/bin/env bash
# service_install.sh: has orch run by itself, by timers (systemd, launchd) rather than by v0's serve loop.
set -euo pipefail
source "${0%"${0##*/}"}handover.sh"
exec "$ORCH" service install "$@"
