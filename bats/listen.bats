#!/usr/bin/env bats
# `orch listen` from outside: GitHub's webhooks by the stand-in, attacks by curl and raw sockets, the end by signals.

bats_require_minimum_version 1.5.0
load helpers/github
load helpers/project

setup() {
  project_start
  SECRET=sesame
  export ORCH_WEBHOOK_SECRET=$SECRET
  PORT=$(scratch_port)
  PAYLOADS=$BATS_TEST_DIRNAME/../Tests/Fixtures/webhooks
}

teardown() {
  listener_stop
  github_stop
  project_stop
}

# listener_start [VARIABLE=VALUE…]: starts it, and waits until it answers.
listener_start() {
  env "$@" "$ORCH" listen --address "127.0.0.1:$PORT" 2>>"$PROJECT_FOLDER/listener.log" 3>&- &
  LISTENER=$!
  eventually curl --silent --fail "http://127.0.0.1:$PORT/healthz" >/dev/null || {
    cat "$PROJECT_FOLDER/listener.log" >&2
    return 1
  }
}

listener_stop() {
  [ -n "${LISTENER:-}" ] || return 0
  end_process "$LISTENER"
  unset LISTENER
}

# post FILE EVENT ID [CURL-OPTION…]: a signed delivery; prints the status.
post() {
  local file=$1 event=$2 id=$3 signature
  shift 3
  signature=$(openssl dgst -sha256 -hmac "$SECRET" <"$file" | sed 's/.* //')
  curl --silent --output /dev/null --write-out '%{http_code}\n' --header "X-GitHub-Event: $event" \
    --header "X-GitHub-Delivery: $id" --header "X-Hub-Signature-256: sha256=$signature" \
    --header 'Content-Type: application/json' --data-binary "@$file" "$@" "http://127.0.0.1:$PORT/webhook/github"
}

rows() { store "SELECT $1 FROM inbox"; }
has_rows() { [ "$(rows 'count(*)')" = "$1" ]; }
metric() { curl --silent "http://127.0.0.1:$PORT/metrics" | sed -n "s/^$1 //p"; }

@test "without a secret it does not start, and says what to do" {
  run -3 env -u ORCH_WEBHOOK_SECRET "$ORCH" listen --address "127.0.0.1:$PORT"
  [[ $output == *"there is no secret to know GitHub by"* ]]
  [[ $output == *ORCH_WEBHOOK_SECRET*"$ORCH_HOME/service.env"* ]]
  # Who does what it says can go on, in this terminal too.
  (umask 077 && echo "ORCH_WEBHOOK_SECRET=$SECRET" >"$ORCH_HOME/service.env")
  listener_start -u ORCH_WEBHOOK_SECRET
  [ "$(post "$PAYLOADS/issues/opened.with-organization.payload.json" issues d-1)" = 202 ]
  listener_stop
  rm "$ORCH_HOME/service.env"
  printf 'listen:\n  webhooks: false\n' >"$ORCH_HOME/config.yml"
  listener_start -u ORCH_WEBHOOK_SECRET
  run -0 curl --silent --output /dev/null --write-out '%{http_code}' --data x "http://127.0.0.1:$PORT/webhook/github"
  [ "$output" = 404 ]
}

has_pull_request() { github_requests | grep -q 'POST /repos/octo/demo/pulls 201'; }

@test "an issue becomes a pull request with no tick but the listener's" {
  project_on_github
  listener_start
  jq -n --arg url "http://127.0.0.1:$PORT/webhook/github" --arg secret "$SECRET" \
    '{config: {url: $url, secret: $secret, content_type: "json"}, events: ["issues", "issue_comment", "pull_request", "push"]}' |
    gh api repos/octo/demo/hooks --input - >/dev/null
  # The ping that GitHub sends at once.
  eventually has_rows 1
  number=$(project_issue "Say hello" "Add a line to NOTES.md.")
  eventually has_pull_request
  [ "$(metric 'orch_errands_total{errand="tick"}')" -ge 1 ]
  # What came of it is drawn together by whatever tick comes next.
  eventually ticked_to "$number" in_review
}

@test "what is not GitHub's is refused, what comes again is known, and nothing is lost by a kill" {
  listener_start
  file=$PAYLOADS/issues/opened.with-organization.payload.json
  [ "$(curl --silent --output /dev/null --write-out '%{http_code}' --data-binary "@$file" "http://127.0.0.1:$PORT/webhook/github")" = 401 ]
  [ "$(SECRET=other post "$file" issues a-0)" = 401 ]
  # A SHA-1 alone counts for nothing, however right it is.
  sha1=$(openssl dgst -sha1 -hmac "$SECRET" <"$file" | sed 's/.* //')
  [ "$(curl --silent --output /dev/null --write-out '%{http_code}' --header "X-Hub-Signature: sha1=$sha1" \
    --header 'X-GitHub-Event: issues' --header 'X-GitHub-Delivery: a-0' --header 'Content-Type: application/json' \
    --data-binary "@$file" "http://127.0.0.1:$PORT/webhook/github")" = 401 ]
  [ "$(rows 'count(*)')" = 0 ]
  # Who looks for why nothing arrives finds it in the log.
  [ "$(grep -c 'the secrets differ' "$PROJECT_FOLDER/listener.log")" = 1 ]
  [ "$(post "$file" issues a-1)" = 202 ]
  [ "$(post "$file" issues a-1)" = 200 ]
  end_process "$LISTENER" KILL
  [ "$(rows delivery)" = a-1 ]
  listener_start
  [ "$(post "$file" issues a-1)" = 200 ]
  [ "$(rows 'count(*)')" = 1 ]
}

@test "every kind of event that GitHub sends is taken in" {
  listener_start
  number=0
  for file in "$PAYLOADS"/*/*.json; do
    number=$((number + 1))
    event=$(basename "$(dirname "$file")")
    [ "$(post "$file" "$event" "event-$number")" = 202 ] || { echo "$file" >&2 && return 1; }
  done
  # What orch does not follow is answered, and not kept.
  [ "$(rows 'count(*)')" = $((number - $(find "$PAYLOADS/check_run" -name '*.json' | wc -l))) ]
  [ "$(rows "count(*) - count(DISTINCT delivery)")" = 0 ]
}

@test "no body is too large to be refused, no client too slow to be cut off, no head too long" {
  listener_start
  before=$(metric process_resident_memory_bytes)
  # A gigabyte, said so; and one that goes on without saying.
  run -0 curl --silent --output /dev/null --write-out '%{http_code}' --header 'Content-Length: 1073741824' --header 'Expect:' \
    --data x --max-time 60 "http://127.0.0.1:$PORT/webhook/github"
  [ "$output" = 413 ]
  run python3 - "$PORT" <<'PY'
import select, socket, sys
client = socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=60)
client.sendall(b"POST /webhook/github HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
chunk, sent, answer = b"100000\r\n" + b"x" * (1 << 20) + b"\r\n", 0, b""
try:
    while sent < 1 << 30:
        if not answer and select.select([client], [], [], 0)[0]:
            answer = client.recv(100)
        client.sendall(chunk)
        sent += 1 << 20
except OSError:
    # It may have come while we were sending.
    answer = answer or client.recv(100)
print(answer.decode().split("\r\n")[0], sent >> 20)
PY
  [ "$status" -eq 0 ]
  [[ $output == "HTTP/1.1 413 Content Too Large "* ]]
  [ "${output##* }" -lt 64 ]
  run -0 python3 - "$PORT" <<'PY'
import socket, sys, time
def head(text, patience=60):
    client = socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=patience)
    client.sendall(text)
    return client.recv(100).decode().split("\r\n")[0]
print(head(b"GET / HTTP/1.1\r\n" + b"x: " + b"y" * 100000))
print(head(b"GET / HTTP/1.1\r\n" + b"x: y\r\n" * 1000))
print(head(b"GET /" + b"x" * 100000))
start = time.monotonic()
print(head(b"GET / HTTP/1.1\r\nHost: x\r\nX: never to be ended"), time.monotonic() - start < 45)
PY
  [ "${lines[0]}" = "HTTP/1.1 431 Request Header Fields Too Large" ]
  [ "${lines[1]}" = "HTTP/1.1 431 Request Header Fields Too Large" ]
  [ "${lines[2]}" = "HTTP/1.1 414 URI Too Long" ]
  [ "${lines[3]}" = "HTTP/1.1 408 Request Timeout True" ]
  after=$(metric process_resident_memory_bytes)
  echo "$before before, $after after" >&2
  [ $((after - before)) -lt $((64 << 20)) ]
}

@test "a crowd of slow clients does not keep GitHub out" {
  listener_start
  python3 - "$PORT" >"$PROJECT_FOLDER/crowd" 3>&- <<'PY' &
import socket, sys, time
crowd = []
for _ in range(300):
    client = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
    client.sendall(b"POST /webhook/github HTTP/1.1\r\nHost: x\r\n")
    crowd.append(client)
print("here", flush=True)
time.sleep(300)
PY
  crowd=$!
  eventually grep -q here "$PROJECT_FOLDER/crowd"
  # Less than the ten seconds after which they are cut off.
  answer=$(post "$PAYLOADS/issues/opened.with-organization.payload.json" issues through --max-time 9)
  kill "$crowd"
  [ "$answer" = 202 ]
}

@test "paths lead nowhere, and what is this machine's own is shown to no other" {
  listener_start
  for path in /../etc/passwd /webhook/../../etc/passwd /webhook/%2e%2e/x '/%00' /webhook//github /Webhook/github /webhook/github/; do
    code=$(curl --silent --path-as-is --output /dev/null --write-out '%{http_code}' "http://127.0.0.1:$PORT$path")
    [[ $code == 40[04] ]] || { echo "$path: $code" >&2 && return 1; }
  done
  for field in 'Host: evil.example' 'Origin: http://evil.example' 'X-Forwarded-For: 192.0.2.1' 'Sec-Fetch-Site: cross-site'; do
    code=$(curl --silent --output /dev/null --write-out '%{http_code}' --header "$field" "http://127.0.0.1:$PORT/metrics")
    [ "$code" = 403 ] || { echo "$field: $code" >&2 && return 1; }
  done
  [ "$(stat -c %a "$ORCH_HOME/listen.sock")" = 600 ]
  curl --silent --fail --unix-socket "$ORCH_HOME/listen.sock" http://orch/readyz
}

@test "it is alone in its home, serves what is under way when it is told to end, and leaves nothing behind" {
  listener_start
  run -1 "$ORCH" listen --address "127.0.0.1:$(scratch_port)"
  [[ $output == *"another listener runs"* ]]
  file=$PAYLOADS/issues/opened.with-organization.payload.json
  # Half a request is there when the signal comes.
  python3 - "$PORT" "$file" "$SECRET" "$LISTENER" >"$PROJECT_FOLDER/answer" <<'PY'
import hashlib, hmac, os, signal, socket, sys
port, path, secret, pid = sys.argv[1:]
body = open(path, "rb").read()
signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
client = socket.create_connection(("127.0.0.1", int(port)), timeout=60)
client.sendall((f"POST /webhook/github HTTP/1.1\r\nHost: x\r\nX-GitHub-Event: issues\r\nX-GitHub-Delivery: late\r\n"
                f"Content-Type: application/json\r\nX-Hub-Signature-256: sha256={signature}\r\n"
                f"Content-Length: {len(body)}\r\n\r\n").encode() + body[:1000])
os.kill(int(pid), signal.SIGTERM)
try:
    while True:
        socket.create_connection(("127.0.0.1", int(port)), timeout=60).close()
except OSError:
    pass
client.sendall(body[1000:])
print(client.recv(100).decode().split("\r\n")[0])
PY
  [ "$(cat "$PROJECT_FOLDER/answer")" = "HTTP/1.1 202 Accepted" ]
  ended "$LISTENER"
  unset LISTENER
  [ "$(rows delivery)" = late ]
  [ ! -e "$ORCH_HOME/listen.sock" ]
}

# hearing_hangups HOW: `orch` as it is started where SIGHUP has its default effect, or none: SIG_DFL, SIG_IGN. A shell cannot
# give a signal back that it was started without.
hearing_hangups() {
  printf '#!/usr/bin/env python3\nimport os, signal, sys\nsignal.signal(signal.SIGHUP, signal.%s)\nos.execv("%s", sys.argv)\n' \
    "$1" "$ORCH" >"$PROJECT_FOLDER/bin/$1"
  chmod +x "$PROJECT_FOLDER/bin/$1"
  ORCH=$PROJECT_FOLDER/bin/$1
}

@test "a terminal that is closed ends it in order, and nohup keeps it" {
  local installed=$ORCH
  hearing_hangups SIG_DFL
  listener_start
  kill -HUP "$LISTENER"
  wait "$LISTENER"
  grep -q stopping "$PROJECT_FOLDER/listener.log"
  [ ! -e "$ORCH_HOME/listen.sock" ]
  ORCH=$installed
  hearing_hangups SIG_IGN
  listener_start
  kill -HUP "$LISTENER"
  [ "$(curl --silent "http://127.0.0.1:$PORT/healthz")" = ok ]
}

@test "what stands in its socket's place is left there, and named" {
  echo precious >"$PROJECT_FOLDER/file"
  run -1 "$ORCH" listen --address "127.0.0.1:$PORT" --socket "$PROJECT_FOLDER/file"
  [[ $output == *"$PROJECT_FOLDER/file"*"move what is there out of the way"* ]]
  [ "$(cat "$PROJECT_FOLDER/file")" = precious ]
}

@test "doctor tells whether a listener is here" {
  run "$ORCH" doctor
  [[ $output == *"nothing listens"* ]]
  listener_start
  run "$ORCH" doctor
  [[ $output == *"a listener is here since"* ]]
  end_process "$LISTENER" KILL
  unset LISTENER
  run "$ORCH" doctor
  [[ $output == *"and is gone: ticks ask GitHub again"* ]]
}
