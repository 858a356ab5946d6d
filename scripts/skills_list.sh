#!/usr/bin/env bash
# skills_list.sh: lists the skills that skills.yml names.
set -euo pipefail
source "${0%"${0##*/}"}handover.sh"
exec "$ORCH" v0 skills_list "$@"
