#!/usr/bin/env bash
# restart.sh: stop.sh, then serve.sh.
set -euo pipefail
here=${0%"${0##*/}"}
"${here}stop.sh"
exec "${here}serve.sh"
