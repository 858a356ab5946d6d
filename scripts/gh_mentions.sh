#!/usr/bin/env bash
# gh_mentions.sh: comments that call orch become tasks.
set -euo pipefail
source "${0%"${0##*/}"}handover.sh"
exec "$ORCH" v0 gh_mentions
