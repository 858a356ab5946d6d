#!/usr/bin/env bash
# stop.sh [--force|-f]: ends serve.sh and the agents.
set -euo pipefail
source "${0%"${0##*/}"}handover.sh"
exec "$ORCH" v0 stop "$@"
