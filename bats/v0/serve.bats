#!/usr/bin/env bats
# `serve.sh`: the loop of those without timers.

bats_require_minimum_version 1.5.0
load ../helpers/github
load ../helpers/project
load ../helpers/v0

setup() {
  v0_start
  export USE_TMUX=false INTERVAL=1
  LOG=$STATE_DIR/orchestrator.log
  # shellcheck disable=SC2016 # It is the hook's shell that expands them.
  printf 'hooks:\n  on_service_start: echo began >>"$ORCH_PROJECT_DIR/../hooks"\n  on_service_stop: echo ended >>"$ORCH_PROJECT_DIR/../hooks"\n' \
    >>"$CONFIG_PATH"
}
teardown() {
  "$SCRIPTS/stop.sh" >/dev/null || true
  v0_stop
}

# Starts the loop, and waits until it ticks.
serve() {
  ORCH_RUN=serve "$SCRIPTS/serve.sh" >"$PROJECT_FOLDER/served" 2>&1 3>&- &
  eventually grep -q '\[serve\] tick' "$LOG"
}

ticks() { grep -c '\[serve\] tick' "$LOG"; }
has_ticked() { [ "$(ticks)" -ge "$1" ]; }
is_gone() { ! kill -0 "$1" 2>/dev/null; }

@test "it ticks until it is stopped, at once and with nothing left behind, and its hooks run" {
  serve
  grep -q "Orchestrator v.* started, listening to tasks and delegating agents. (pid $(<"$STATE_DIR/orchestrator.pid"), interval 1s)" \
    "$PROJECT_FOLDER/served"
  grep -q '\[v[0-9.]*\] \[serve\] starting' "$LOG"
  pid=$(<"$STATE_DIR/orchestrator.pid")
  eventually has_ticked 2
  run -0 "$SCRIPTS/stop.sh"
  [[ $output == *"Stopped orchestrator (pid $pid)."* ]]
  eventually is_gone "$pid"
  grep -q 'shutting down gracefully' "$LOG"
  [ ! -e "$STATE_DIR/orchestrator.pid" ] && [ ! -e "$STATE_DIR/serve.lock" ]
  eventually grep -qx ended "$PROJECT_FOLDER/hooks"
  [ "$(head -n 1 "$PROJECT_FOLDER/hooks")" = began ]
}

@test "there is one loop; what a dead one has left keeps nobody out" {
  mkdir -p "$STATE_DIR/serve.lock"
  echo 999999999 >"$STATE_DIR/orchestrator.pid"
  serve
  run -0 "$SCRIPTS/serve.sh"
  [ "${lines[0]}" = "Orchestrator already running (pid $(<"$STATE_DIR/orchestrator.pid"))." ]
  [ "${lines[1]}" = "Tip: use 'orchestrator restart' to stop and start again." ]
}

@test "a round starts what is due, and the rounds go on while it is worked on" {
  printf 'router:\n  mode: round_robin\n' >>"$CONFIG_PATH"
  # It is not done before the loop has ticked twice more.
  agent codex <<AGENT
begin=\$(grep -c 'serve. tick' "$LOG")
until [ "\$(grep -c 'serve. tick' "$LOG")" -ge \$((begin + 2)) ]; do read -r -t 0.1 <> <(:) || true; done
echo '{"status":"done","summary":"ok"}'
AGENT
  id=$(new_task One)
  serve
  eventually task_is "$id" "done"
  # Its lock is nobody's: signed over to the loop it would keep a v0 off that is no longer there.
  eventually test ! -e "$LOCK_PATH.task.$id"
}

task_is() { [ "$(v0 db_task_field "$1" status)" = "$2" ]; }

@test "a sync comes with the first round and then every GH_PULL_INTERVAL, but not while GitHub asks to wait" {
  mkdir -p "$STATE_DIR"
  printf 'until=%s\ndelay=600\nreason=rate_limit\n' "$(($(date +%s) + 600))" >"$STATE_DIR/gh_backoff"
  GH_PULL_INTERVAL=1 serve
  eventually grep -q 'gh backoff active (.*s remaining), skipping' "$LOG"
}

@test "the log of the last time goes to the archive" {
  mkdir -p "$STATE_DIR"
  echo 'of the last time' >"$LOG"
  serve
  [ "$(<"$STATE_DIR/orchestrator.archive.log")" = 'of the last time' ]
  run ! grep -q 'of the last time' "$LOG"
}

@test "watch.sh takes no pause that it cannot keep" {
  for pause in --help 10s 1..5; do
    run timeout 60 "$SCRIPTS/watch.sh" "$pause"
    [ "$status" -eq 1 ]
    [ "$output" = "usage: watch.sh [SECONDS]" ]
  done
}
