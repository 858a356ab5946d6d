# The GitHub stand-in for a story: a server of its own for each test, which the real `gh` talks to.
#
#   setup()    { github_start; github_admin POST seed '{"repositories":[{"full_name":"octo/demo"}]}'; }
#   teardown() { github_stop; }

_github_server="${BASH_SOURCE[0]%/*}/../fakes/github-server"
# Not what a version manager has put before it: its shim alone costs a tenth of a second.
_github_python=/usr/bin/python3
[ -x "$_github_python" ] || _github_python=python3

# Starts the server and points `gh` at it, and only at it.
github_start() {
  GITHUB_SOCKET="$BATS_TEST_TMPDIR/github.sock"
  GITHUB_LOG="$BATS_TEST_TMPDIR/github.log"
  # Its pid is known once it listens, so there is nothing to wait for.
  GITHUB_PID=$(_github_born || "$_github_python" -S "$_github_server" start --socket "$GITHUB_SOCKET" --log "$GITHUB_LOG") ||
    return 1
  export GH_CONFIG_DIR="$BATS_TEST_TMPDIR/gh" XDG_CACHE_HOME="$BATS_TEST_TMPDIR/cache"
  export GH_TOKEN=fake GH_PROMPT_DISABLED=1 GH_NO_UPDATE_NOTIFIER=1 NO_COLOR=1
  mkdir -p "$GH_CONFIG_DIR"
  printf 'http_unix_socket: %s\n' "$GITHUB_SOCKET" >"$GH_CONFIG_DIR/config.yml"
}

# Has one born of the nursery that all stories of this run share, and prints its pid. The first story makes it; who comes before
# it is there starts one itself.
_github_born() {
  local nursery=$BATS_RUN_TMPDIR/nursery answer=$BATS_TEST_TMPDIR/born pid
  if [ ! -p "$nursery" ]; then
    # By its environment it would be the first story's, and be ended with it.
    if mkdir "$nursery.begun" 2>/dev/null; then
      env -i PATH="$PATH" "$_github_python" -S "$_github_server" nursery "$nursery" 3>&-
    fi
    return 1
  fi
  mkfifo "$answer"
  # For reading and writing, so that nobody waits for somebody who is gone.
  printf '%s\t%s\t%s\n' "$GITHUB_SOCKET" "$GITHUB_LOG" "$answer" 1<>"$nursery"
  if read -r -t 30 pid <>"$answer"; then echo "$pid"; else rm -f "$nursery" && return 1; fi
}

# From here on what orch asks goes by fakes/lean-gh: for stories that are about something else than how GitHub is asked.
github_lean() {
  mkdir -p "$BATS_TEST_TMPDIR/lean"
  ln -s "$(cd "${_github_server%/*}" && pwd)/lean-gh" "$BATS_TEST_TMPDIR/lean/gh"
  export PATH=$BATS_TEST_TMPDIR/lean:$PATH
}

# And from here on by the real gh, all the same.
github_real() {
  rm -f "$BATS_TEST_TMPDIR/lean/gh"
  hash -r
}

# Ends the server that `github_start` started; nothing happens where there is none.
github_stop() {
  [ -n "${GITHUB_PID:-}" ] || return 0
  kill "$GITHUB_PID" 2>/dev/null || true
  unset GITHUB_PID
}

# github_admin METHOD NAME [JSON]: one of the controls of fakes/github_standin/admin.py; prints its answer. Where there is no
# JSON but `-`, it is read from standard input.
github_admin() {
  local -a body=()
  case "${3:-}" in
    '') ;;
    -) body=(--data-binary @-) ;;
    *) body=(--data-raw "$3") ;;
  esac
  curl --silent --show-error --fail-with-body --max-time 10 --write-out '\n' --unix-socket "$GITHUB_SOCKET" --request "$1" \
    --header 'Authorization: token fake' --header 'Content-Type: application/json' "${body[@]}" "http://api.github.com/__admin/$2"
}

# The requests so far, one line each: `METHOD path status`, the query cut off; GraphQL ones with their operation.
github_requests() {
  [ -e "$GITHUB_LOG" ] || return 0
  jq -r '(if (.operation // "") == "" then "" else ":" + .operation end) as $operation
    | "\(.method) \(.path | split("?")[0])\($operation) \(.status)"' <"$GITHUB_LOG"
}
