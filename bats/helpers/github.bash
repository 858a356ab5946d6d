# The GitHub stand-in for a story: a server of its own for each test, which the real `gh` talks to.
#
#   setup()    { github_start; github_admin POST seed '{"repositories":[{"full_name":"octo/demo"}]}'; }
#   teardown() { github_stop; }

_github_server="${BASH_SOURCE[0]%/*}/../fakes/github-server"

# Starts the server and points `gh` at it, and only at it; arguments go to `github-server start`.
github_start() {
  GITHUB_SOCKET="$BATS_TEST_TMPDIR/github.sock"
  GITHUB_LOG="$BATS_TEST_TMPDIR/github.log"
  # It prints its pid once it listens, so there is nothing to wait for.
  GITHUB_PID=$("$_github_server" start --socket "$GITHUB_SOCKET" --log "$GITHUB_LOG" "$@") || return 1
  export GH_CONFIG_DIR="$BATS_TEST_TMPDIR/gh" XDG_CACHE_HOME="$BATS_TEST_TMPDIR/cache"
  export GH_TOKEN=fake GH_PROMPT_DISABLED=1 GH_NO_UPDATE_NOTIFIER=1 NO_COLOR=1
  mkdir -p "$GH_CONFIG_DIR"
  printf 'http_unix_socket: %s\n' "$GITHUB_SOCKET" >"$GH_CONFIG_DIR/config.yml"
}

# Ends the server that `github_start` started; nothing happens where there is none.
github_stop() {
  [ -n "${GITHUB_PID:-}" ] || return 0
  kill "$GITHUB_PID" 2>/dev/null || true
  unset GITHUB_PID
}

# github_admin METHOD NAME [JSON]: one of the controls of fakes/github_standin/admin.py; prints its answer.
github_admin() { "$_github_server" ask "$GITHUB_SOCKET" "$1" "/__admin/$2" "${3:-}"; }

# The requests so far, one line each: `METHOD path status`, the query cut off; GraphQL ones with their operation.
github_requests() {
  [ -e "$GITHUB_LOG" ] || return 0
  python3 -c '
import json, sys
for line in sys.stdin:
    entry = json.loads(line)
    path = entry["path"].split("?")[0] + (":" + entry["operation"] if entry.get("operation") else "")
    print(entry["method"], path, entry["status"])
' <"$GITHUB_LOG"
}
