#!/usr/bin/env bats
# The API of the listener, as programs use it: looking, steering, streams, and who is refused.

# shellcheck disable=SC2016 # Backticks are part of what orch says.
bats_require_minimum_version 1.5.0
load helpers/project
load helpers/listener

setup() { project_start; }

teardown() {
  listener_stop
  project_stop
}

# A run that goes on until somebody ends it; returns once its agent has spoken.
start_long_run() {
  export ORCH_DEMO_SECONDS=600
  "$ORCH" task add "Take your time" --agent demo
  "$ORCH" tick
  eventually stream_says "Reading the task"
}

stream_says() { "$ORCH" task stream i1 --no-follow --from-start 2>/dev/null | grep -F "$1"; }

# follow PATH FILE [CURL-OPTION…]: writes the events of a stream there, for as long as it goes on; $! is the client.
follow() {
  local path=$1 file=$2
  shift 2
  : >"$file"
  curl --silent --no-buffer --max-time 300 --unix-socket "$LISTENER_SOCKET" "$@" "http://orch$path" >"$file" 3>&- &
}

has() { cat "$2" && grep -qF -- "$1" "$2"; }

# tcp STATUS PATH [CURL-OPTION…]: what TCP answers.
tcp() {
  local expected=$1 path=$2
  shift 2
  run curl --silent --max-time 60 --output /dev/null --write-out '%{http_code}' "$@" "$LISTENER_URL$path"
  [ "$output" = "$expected" ] || { echo "$path: $output, not $expected, with $*" && return 1; }
}

@test "a task goes from its words to done, told by the API alone" {
  listener_start
  run answer POST /api/tasks '{"title": "Write a haiku", "body": "About autumn", "project": "work", "agent": "demo"}'
  [ "$(jq -c . <<<"$output")" = '{"id":"i1","project":"work"}' ]
  [ "$(answer GET /api/tasks | jq -r '.[0] | [.id, .title, .status] | join(" ")')" = "i1 Write a haiku new" ]
  [[ $(answer GET /api/waiting | jq -r '.[0].reasons[0]') == *"nothing is in its way"* ]]
  [[ $(answer GET /api/tasks/work/i1/why | jq -r .next) == '`orch tick` starts it'* ]]
  "$ORCH" tick --wait
  [ "$(answer GET /api/tasks)" = "[]" ]
  [ "$(answer GET '/api/tasks?status=done' | jq -r '.[0].id')" = i1 ]
  [ "$(answer GET /api/tasks/work/i1 | jq -r '[.body, .runs[0].status] | join(" ")')" = "About autumn done" ]
  [ "$(answer GET /api/runs)" = "[]" ]
  [ "$(answer GET /api/runs/1 | jq -r '[.project, .task, .title, .live] | map(tostring) | join(" ")')" = \
    "work i1 Write a haiku false" ]
  [ "$(answer GET /api/cost | jq -r '.lines[0] | [.project, .agent, .runs] | map(tostring) | join(" ")')" = "work demo 1" ]
  [ "$(answer GET /api/status | jq -c '[.paused, .projects[0].name, .projects[0].tasks.done]')" = '[false,"work",1]' ]
  "$ORCH" job add '@daily' Backup
  [ "$(answer GET /api/jobs | jq -r '.[0].next_run')" != null ]
  # Who asked is in the audit.
  [[ $("$ORCH" task get i1 --audit --json | jq -r '.audit[] | select(.act == "add").actor') == api:* ]]
}

@test "every viewer sees the output from where it wants, and hears of the end" {
  listener_start
  start_long_run
  follow /api/runs/1/events "$PROJECT_FOLDER/first"
  local first=$!
  eventually has "Reading the task" "$PROJECT_FOLDER/first"
  answer POST /api/tasks/work/i1/say '{"text": "Use <b>postgres</b>"}'
  eventually has "You said: Use <b>postgres</b>" "$PROJECT_FOLDER/first"
  # Somebody comes back to where they were: behind the first line, whatever has come since.
  local place
  place=$(sed -n 's/^id: //p' "$PROJECT_FOLDER/first" | head -n 1)
  follow /api/runs/1/events "$PROJECT_FOLDER/second" --header "Last-Event-ID: $place"
  local second=$!
  eventually has "You said" "$PROJECT_FOLDER/second"
  run cat "$PROJECT_FOLDER/second"
  [[ $output != *"Reading the task"* ]]
  run api POST /api/tasks/work/i1/kill '{}'
  [[ $output == 409*'"confirm\": true'* ]]
  answer POST /api/tasks/work/i1/kill '{"confirm": true}'
  wait "$first" "$second"
  local file
  for file in first second; do
    [ "$(grep -c '^event: end$' "$PROJECT_FOLDER/$file")" = 1 ]
    [ "$(sed -n 's/^data: //p' "$PROJECT_FOLDER/$file" | tail -n 1 | jq -r .live)" = false ]
  done
  [ "$(grep '^data' "$PROJECT_FOLDER/first" | tail -n +2 | sort)" = "$(grep '^data' "$PROJECT_FOLDER/second" | sort)" ]
  # Long after, all of it again.
  follow '/api/runs/1/events?from=0' "$PROJECT_FOLDER/third"
  wait $!
  [ "$(grep '^data' "$PROJECT_FOLDER/first")" = "$(grep '^data' "$PROJECT_FOLDER/third")" ]
}

@test "changes are told as they happen, and what was missed is told again" {
  listener_start
  follow /api/events "$PROJECT_FOLDER/changes"
  local client=$!
  eventually has "event: reset" "$PROJECT_FOLDER/changes"
  "$ORCH" task add "Write a haiku" --agent demo
  eventually has '"tasks":["work/i1"]' "$PROJECT_FOLDER/changes"
  local last
  last=$(sed -n 's/^id: //p' "$PROJECT_FOLDER/changes" | tail -n 1)
  "$ORCH" task add "And another" --agent demo
  eventually has '"tasks":["work/i2"]' "$PROJECT_FOLDER/changes"
  follow /api/events "$PROJECT_FOLDER/again" --header "Last-Event-ID: $last"
  local second=$!
  eventually has '"tasks":["work/i2"]' "$PROJECT_FOLDER/again"
  run cat "$PROJECT_FOLDER/again"
  [[ $output != *reset* ]]
  [[ $output != *work/i1* ]]
  # Of another listener's numbers nothing is known.
  follow /api/events "$PROJECT_FOLDER/other" --header "Last-Event-ID: abc-7"
  local third=$!
  eventually has "event: reset" "$PROJECT_FOLDER/other"
  "$ORCH" pause
  eventually has '"everything":true' "$PROJECT_FOLDER/other"
  kill "$client" "$second" "$third"
}

@test "clients are let go when the listener ends, and the next one knows them" {
  listener_start
  start_long_run
  follow /api/runs/1/events "$PROJECT_FOLDER/seen"
  local client=$!
  eventually has "Reading the task" "$PROJECT_FOLDER/seen"
  listener_stop
  wait "$client"
  run cat "$PROJECT_FOLDER/seen"
  [[ $output != *"event: end"* ]]
  listener_run
  follow /api/runs/1/events "$PROJECT_FOLDER/more" --header "Last-Event-ID: $(sed -n 's/^id: //p' "$PROJECT_FOLDER/seen" | tail -n 1)"
  client=$!
  answer POST /api/tasks/work/i1/say '{"text": "Still there?"}'
  eventually has "You said: Still there?" "$PROJECT_FOLDER/more"
  run cat "$PROJECT_FOLDER/more"
  [[ $output != *"Reading the task"* ]]
  kill "$client"
}

@test "everything can be paused and go on" {
  listener_start
  "$ORCH" task add "Write a haiku" --agent demo
  answer POST /api/pause
  [ "$(answer GET /api/status | jq .paused)" = true ]
  "$ORCH" tick --wait
  [ "$(answer GET /api/tasks | jq -r '.[0].status')" != "done" ]
  answer POST /api/resume '{}'
  [ "$(answer GET /api/status | jq .paused)" = false ]
  answer POST /api/pause '{"project": "work"}'
  [ "$(answer GET /api/status | jq -c '[.paused, .projects[0].paused]')" = '[false,true]' ]
}

@test "a request that is sent twice is done once" {
  listener_start
  local _
  for _ in 1 2; do
    [ "$(answer POST /api/tasks '{"title": "Once"}' --header 'Idempotency-Key: k-1' | jq -r .id)" = i1 ]
  done
  [ "$(answer GET /api/tasks | jq length)" = 1 ]
}

@test "what cannot be is refused with a reason, and nothing is started" {
  listener_start
  local wanted method path body
  while IFS='|' read -r wanted method path body; do
    run api "$method" "$path" "$body"
    [[ ${lines[0]} == "$wanted" ]] || { echo "$method $path $body: $output" && return 1; }
    if [[ $wanted != 405 && $path != */none && $path != *passwd* ]]; then
      [ "$(jq -r 'has("error") and has("fix")' <<<"${lines[1]}")" = true ]
    fi
  done <<'TABLE'
404|GET|/api/none|
404|GET|/api/tasks/none/1|
404|GET|/api/tasks/work/99|
404|GET|/api/tasks/work/--help|
404|GET|/api/tasks?project=--help|
400|GET|/api/tasks?limit=0|
400|GET|/api/tasks?limit=1e3|
400|GET|/api/tasks?status=gone|
404|GET|/api/runs/7|
404|GET|/api/runs/x|
404|GET|/api/runs/7/events|
400|GET|/api/runs/1/events?from=-1|
405|DELETE|/api/tasks|
400|POST|/api/tasks|{}
400|POST|/api/tasks|{"title": ""}
400|POST|/api/tasks|{"title": 7}
400|POST|/api/tasks|{"title": "x", "body": ["y"]}
400|POST|/api/tasks|["x"]
400|POST|/api/tasks|{"title": "x"
404|POST|/api/tasks|{"title": "x", "project": "--help"}
404|POST|/api/tasks|{"title": "x", "agent": "nobody"}
404|POST|/api/tasks/work/i1/say|{"text": "x"}
404|POST|/api/pause|{"project": "none"}
400|GET|/api/tasks/../../etc/passwd%00|
TABLE
  [ "$(answer GET /api/tasks)" = "[]" ]
  run api POST /api/tasks '{"title": "x"}' --header 'Content-Type: text/plain'
  [[ ${lines[0]} == 415 ]]
  "$ORCH" task add "Nothing runs here" --agent demo
  run api POST /api/tasks/work/i1/say '{"text": "x"}'
  [[ ${lines[0]} == 409 ]]
  run api POST /api/tasks/work/i1/merge '{"confirm": false}'
  [[ ${lines[0]} == 409 ]]
  # What looks like an option is words.
  [ "$(answer POST /api/tasks '{"title": "--help", "body": "-"}' | jq -r .id)" = i2 ]
  [ "$(answer GET /api/tasks/work/i2 | jq -r '.title + .body')" = "--help-" ]
}

@test "by TCP nobody is let in without the token, nor by another's name or page" {
  listener_start
  [ "$(stat -c %a "$LISTENER_SOCKET")" = 600 ]
  local known="Authorization: Bearer $LISTENER_TOKEN"
  tcp 401 /api/tasks
  tcp 401 /api/events
  tcp 401 /api/tasks --header "Authorization: Bearer ${LISTENER_TOKEN}x"
  tcp 401 /api/tasks --header "Authorization: Basic $LISTENER_TOKEN"
  tcp 401 "/api/tasks?token=$LISTENER_TOKEN"
  tcp 200 /api/tasks --header "$known"
  tcp 200 /api/tasks --header "$known" --header "Host: localhost:8787"
  # A name that leads here: DNS rebinding.
  tcp 403 /api/tasks --header "$known" --header "Host: evil.example"
  tcp 403 /api/tasks --header "$known" --header "Host: 127.0.0.1.evil.example"
  # Another site's page.
  tcp 403 /api/tasks --header "$known" --header "Origin: https://evil.example"
  tcp 403 /api/tasks --header "$known" --header "Origin: null"
  tcp 403 /api/events --header "$known" --header "Sec-Fetch-Site: cross-site"
  tcp 200 /api/tasks --header "$known" --header "Origin: $LISTENER_URL" --header "Sec-Fetch-Site: same-origin"
  # And no site is told that it may ask: there is no CORS.
  run curl --silent --include --request OPTIONS --header "Origin: https://evil.example" \
    --header "Access-Control-Request-Method: POST" "$LISTENER_URL/api/tasks"
  [[ $output == *" 405 "* ]]
  [[ ${output,,} != *access-control-allow* ]]
}

@test "a proxy's name is ours where it is said, and without a token there is nothing by TCP" {
  listener_start <<<$'  webhooks: false\n  hosts: [agents.example.net]'
  tcp 200 /api/tasks --header "Authorization: Bearer $LISTENER_TOKEN" --header "Host: agents.example.net" \
    --header "Origin: https://agents.example.net"
  listener_stop
  sed -i '/token:/d' "$ORCH_HOME/config.yml"
  listener_run
  run curl --silent --header "Authorization: Bearer " "$LISTENER_URL/api/tasks"
  [[ $output == *"not open by TCP"*"listen.token"* ]]
  [ "$(answer GET /api/tasks)" = "[]" ]
  listener_stop
  printf '  token: short\n' >>"$ORCH_HOME/config.yml"
  run --separate-stderr "$ORCH" listen
  [ "$status" -eq 3 ]
  # shellcheck disable=SC2154 # `run --separate-stderr` sets it.
  [[ $stderr == *"\`listen.token\` has 5 bytes"*"openssl rand"* ]]
  sed -i '/token:/d' "$ORCH_HOME/config.yml"
  printf '%s\n' "$LISTENER_TOKEN" >"$ORCH_HOME/token"
  printf '  token_file: %s\n' "$ORCH_HOME/token" >>"$ORCH_HOME/config.yml"
  listener_run
  tcp 200 /api/tasks --header "Authorization: Bearer $LISTENER_TOKEN"
  tcp 401 /api/tasks --header "Authorization: Bearer $ORCH_HOME/token"
}

@test "no secret leaves: not in a task, nor torn between two lines of output" {
  export SHOP_API_KEY=correct-horse-battery
  listener_start
  "$ORCH" task add "Find correct-horse-battery" "It is correct-horse-battery" --agent demo
  run answer GET /api/tasks/work/i1
  [[ $output == *REDACTED* && $output != *correct-horse* ]]
  run answer GET /api/tasks
  [[ $output != *correct-horse* ]]
  "$ORCH" tick --wait
  local log
  log=$(answer GET /api/runs/1 | jq -r .folder)/events.ndjson
  printf '{"kind":"text","text":"the key: correct-ho"}\n{"kind":"text","text":"rse-\\u001b[1mbattery!"}\n' >>"$log"
  follow '/api/runs/1/events?from=0' "$PROJECT_FOLDER/seen"
  wait $!
  run cat "$PROJECT_FOLDER/seen"
  [[ $output == *'"the key: [REDACTED]"'*'"[REDACTED]!"'* ]]
  run "$ORCH" task stream i1 --from-start
  [[ $output == *$'the key: [REDACTED]\n[REDACTED]!'* ]]
}

@test "what the document says is what the listener does, as schemathesis finds" {
  if [ -z "${ORCH_TEST_SCHEMATHESIS:-}" ]; then
    [ "${CI:-}" != true ] || { echo "schemathesis is missing: scripts/setup-wheels fetches it" && return 1; }
    skip "schemathesis is missing: eval \"\$(scripts/setup-wheels)\" fetches it"
  fi
  listener_start
  "$ORCH" task add "One" --agent demo
  "$ORCH" tick --wait
  "$ORCH" task add "Two" --agent demo
  cd "$PROJECT_FOLDER"
  # What it works out about Unicode, half of its time, is kept for the next run.
  export HYPOTHESIS_STORAGE_DIRECTORY=$BATS_TEST_DIRNAME/../.build/hypothesis
  # Streams do not end; and what is drawn by lot is drawn alike each time.
  PYTHONPATH=$ORCH_TEST_SCHEMATHESIS run python3 -m schemathesis.cli run "$BATS_TEST_DIRNAME/../docs/api.yml" \
    --url "$LISTENER_URL" --header "Authorization: Bearer $LISTENER_TOKEN" --exclude-path-regex 'events$' \
    --max-examples 10 --seed 1 --request-timeout 60
  [ "$status" -eq 0 ]
  # It is none the worse for it.
  listener_answers
}
