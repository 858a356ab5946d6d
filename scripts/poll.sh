#!/usr/bin/env bash
# poll.sh: one round: what is due starts, and is waited for.
set -euo pipefail
source "${0%"${0##*/}"}handover.sh"
exec "$ORCH" v0 poll "$@"
