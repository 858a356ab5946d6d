# A listener of a test's own; after helpers/project. Its words are in $PROJECT_FOLDER/listener.log.

# listener_start: `orch listen` on the home's unix socket and a free port of 127.0.0.1, the same when it is started again, which
# are $LISTENER_SOCKET and $LISTENER_URL. What the story wants of `listen:` beyond a token comes on standard input, as lines of YAML.
listener_start() {
  LISTENER_TOKEN=a-token-of-the-tests
  LISTENER_SOCKET=$ORCH_HOME/listen.sock
  local more=""
  [ -t 0 ] || more=$(cat)
  printf 'listen:\n  address: 127.0.0.1:%s\n  token: %s\n%s\n' "$(scratch_port)" "$LISTENER_TOKEN" \
    "${more:-  webhooks: false}" >>"$ORCH_HOME/config.yml"
  listener_run
}

# Starts it again, as it was.
listener_run() {
  (cd / && exec "$ORCH" listen >"$PROJECT_FOLDER/listener.log" 2>&1 </dev/null 3>&-) &
  LISTENER_PID=$!
  eventually listener_answers
  # shellcheck disable=SC2034 # The stories use it.
  LISTENER_URL=http://$(sed -n 's/.*listening at \(127\.0\.0\.1:[0-9]*\)$/\1/p' "$PROJECT_FOLDER/listener.log")
}

listener_answers() {
  cat "$PROJECT_FOLDER/listener.log"
  [ "$(curl --silent --max-time 5 --unix-socket "$LISTENER_SOCKET" http://orch/healthz)" = ok ] &&
    grep -q 'listening at 127' "$PROJECT_FOLDER/listener.log"
}

listener_stop() {
  [ -n "${LISTENER_PID:-}" ] || return 0
  end_process "$LISTENER_PID"
  LISTENER_PID=
}

# api METHOD PATH [BODY] [CURL-OPTION…]: asks by the unix socket; prints the body, and the status on a line of its own
# before it.
api() {
  local method=$1 path=$2 body=${3:-}
  shift $(($# < 3 ? $# : 3))
  local -a options=(--silent --max-time 60 --path-as-is --unix-socket "$LISTENER_SOCKET" --request "$method")
  [ -z "$body" ] || options+=(--header 'Content-Type: application/json' --data-binary "$body")
  curl "${options[@]}" --write-out '\n%{http_code}' "$@" "http://orch$path" | awk '{ lines[NR] = $0 } END {
    print lines[NR]; for (line = 1; line < NR; line++) print lines[line] }'
}

# answer METHOD PATH [BODY]: the body alone, of an answer that says it went well.
answer() {
  local said
  said=$(api "$@")
  [[ $said == 2* ]] || { echo "$1 $2: $said" >&2 && return 1; }
  printf '%s\n' "${said#*$'\n'}"
}
