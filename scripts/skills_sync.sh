#!/usr/bin/env bash
# skills_sync.sh: clones and pulls what skills.yml names.
set -euo pipefail
source "${0%"${0##*/}"}handover.sh"
exec "$ORCH" v0 skills_sync "$@"
