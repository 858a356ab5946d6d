#!/usr/bin/env bash
# setup.sh: builds orch where it is not built, and puts the command `orchestrator` of v0 into BIN_DIR (~/.bin): the recipes of
# this tree's justfile. What orch itself needs is installed by `setup`, without suffix.
set -euo pipefail
tree=$(cd "${0%"${0##*/}"}.." && pwd)
bin=${BIN_DIR:-$HOME/.bin}

# What is installed is built.
if [ -z "${ORCH:-}" ] && [ ! -x "$tree/.build/release/orch" ] && [ -x "$tree/scripts/build" ]; then "$tree/scripts/build"; fi
mkdir -p "$bin"
# shellcheck disable=SC2016 # The variables are those of whoever calls it.
printf '#!/usr/bin/env bash\nset -euo pipefail\nexport PROJECT_DIR="${PROJECT_DIR:-$PWD}"\nexec just --justfile %q --working-directory %q "$@"\n' \
  "$tree/justfile" "$tree" >"$bin/orchestrator"
chmod +x "$bin/orchestrator"
"$tree/scripts/skills_sync.sh" || true

echo "Agent CLIs:"
found=false
for agent in claude codex opencode; do
  if path=$(command -v "$agent"); then
    echo "  $agent: $path"
    found=true
  else
    echo "  $agent: not found"
  fi
done
if [ "$found" = false ]; then
  echo "Error: No agent CLIs found. Install at least one (claude, codex, or opencode)." >&2
  exit 1
fi
command -v just >/dev/null || echo "The command needs just: https://just.systems" >&2
echo "Binary: $bin/orchestrator"
