#!/usr/bin/env bats
# The end of v0's loop (stop.sh), whether it runs, and v0's recipes.

# shellcheck disable=SC2016 # Programs are written as they stand.
bats_require_minimum_version 1.5.0
load ../helpers/github
load ../helpers/project
load ../helpers/v0

setup() {
  v0_start
  unset ORCH_BREW ORCH_VERSION
  export STATE_DIR=$PROJECT_FOLDER/state
  mkdir "$STATE_DIR"
}
teardown() { v0_stop; }

# Starts something that goes on until it is ended; LOOP is its process.
start_loop() {
  bash -c 'trap "exit 0" TERM; while :; do read -r -t 1 _ <> <(:) || true; done' </dev/null >/dev/null 2>&1 3>&- &
  LOOP=$!
}

is_gone() { ! kill -0 "$1" 2>/dev/null; }

recipe() { just --justfile "$SCRIPTS/../justfile" "$@"; }

# A `brew` that says what it was asked.
with_brew() {
  printf '#!/bin/sh\necho "brew $*"\n' >"$PROJECT_FOLDER/bin/brew"
  chmod +x "$PROJECT_FOLDER/bin/brew"
  export PATH="$PROJECT_FOLDER/bin:$PATH" ORCH_BREW=1
}

@test "the loop is ended by its file, and what lay beside it is gone" {
  start_loop
  echo "$LOOP" >"$STATE_DIR/orchestrator.pid"
  mkdir "$STATE_DIR/serve.lock"
  run "$SCRIPTS/stop.sh"
  [ "$status" -eq 0 ]
  [[ $output == *"Stopped orchestrator (pid $LOOP)."* ]]
  ended "$LOOP" || true
  is_gone "$LOOP"
  [ -z "$(ls "$STATE_DIR")" ]
  run "$SCRIPTS/stop.sh"
  [ "$status" -eq 0 ]
  [ "$output" = "Orchestrator not running (no pid file)." ]
}

@test "the loop that serve.sh starts is known, and ended by stop.sh" {
  "$SCRIPTS/serve.sh" >"$PROJECT_FOLDER/served" 2>&1 3>&- &
  LOOP=$!
  runs() { "$ORCH" v0 service_info | grep -F "Orchestrator running (pid $LOOP)"; }
  eventually runs
  run "$SCRIPTS/stop.sh"
  [ "$status" -eq 0 ]
  [[ $output == "Stopped orchestrator (pid $LOOP)." ]]
  ended "$LOOP"
  [ ! -e "$STATE_DIR/orchestrator.pid" ] && [ ! -e "$STATE_DIR/serve.lock" ]
}

@test "a process that only has the loop's number is left alone" {
  start_loop
  echo "$LOOP" >"$STATE_DIR/orchestrator.pid"
  touch -d '1 hour ago' "$STATE_DIR/orchestrator.pid"
  for option in "" --force; do
    echo "$LOOP" >"$STATE_DIR/tail.pid"
    touch -d '1 hour ago' "$STATE_DIR/tail.pid"
    # shellcheck disable=SC2086 # No option is none.
    run "$SCRIPTS/stop.sh" $option
    [ "$status" -eq 0 ]
    kill -0 "$LOOP"
    [ -z "$(ls "$STATE_DIR")" ]
    echo "$LOOP" >"$STATE_DIR/orchestrator.pid"
    touch -d '1 hour ago' "$STATE_DIR/orchestrator.pid"
  done
  kill -9 "$LOOP"
}

@test "by force everything is ended at once, what a killed loop left behind too" {
  for option in --force -f; do
    start_loop
    echo "$LOOP" >"$STATE_DIR/orchestrator.pid"
    # Beyond the largest number that a process can have.
    echo 999999999 >"$STATE_DIR/tail.pid"
    mkdir "$STATE_DIR/serve.lock"
    run "$SCRIPTS/stop.sh" "$option"
    [ "$status" -eq 0 ]
    [[ $output == *"Force-killed all orchestrator processes."* ]]
    ended "$LOOP" || true
    is_gone "$LOOP"
    [ -z "$(ls "$STATE_DIR")" ]
  done
}

@test "stopping ends the agents" {
  export ORCH_DEMO_SECONDS=600
  "$ORCH" task add "Take your time" --agent demo >/dev/null
  "$ORCH" tick >/dev/null
  works() { "$ORCH" task stream i1 --no-follow --from-start 2>/dev/null | grep -F "Reading the task"; }
  eventually works
  run "$SCRIPTS/stop.sh" --force
  [ "$status" -eq 0 ]
  [[ $output == *"ended demo of task i1"* ]]
  agents_here() { for pid in $(run_processes); do tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -F demo-agent || true; done; }
  gone() { [ -z "$(agents_here)" ]; }
  eventually gone
}

@test "whether the loop runs is told" {
  run "$ORCH" v0 service_info
  [ "$output" = "Orchestrator not running (no pid file)" ]
  start_loop
  echo "$LOOP" >"$STATE_DIR/orchestrator.pid"
  run "$ORCH" v0 service_info
  [ "$output" = "Orchestrator running (pid $LOOP)" ]
  kill -9 "$LOOP"
  ended "$LOOP" || true
  run "$ORCH" v0 service_info
  [ "$output" = "Orchestrator not running (stale pid $LOOP)" ]
}

@test "with Homebrew the service is Homebrew's" {
  needs_just
  with_brew
  for word in start stop restart info; do
    run recipe "$word"
    [ "$status" -eq 0 ]
    [ "$output" = "brew services $word orchestrator" ]
    run recipe service "$word"
    [ "$output" = "brew services $word orchestrator" ]
  done
  run recipe status
  [ "$output" = "brew services info orchestrator" ]
}

@test "what Homebrew's service runs is the loop, and no recipe that people see" {
  needs_just
  run recipe --list
  [[ $output == *"    service "* ]]
  [[ $output != *"    serve"* ]]
  run recipe --show _service_serve
  [[ $output == *"serve.sh"* && $output != *"brew services"* ]]
}

@test "recipes work where they are called" {
  needs_just
  run recipe task add "From a recipe" "its body" "bug"
  [ "$status" -eq 0 ]
  [ "$output" = "Added task 1: From a recipe" ]
  run recipe info
  [ "$output" = "Orchestrator not running (no pid file)" ]
  PLAN_INTERACTIVE=0 run recipe task plan "A plan; touch pwned" '$(touch pwned)' auth
  [ "$status" -eq 0 ]
  [ "$(gh api repos/octo/demo/issues/2 --jq '.labels | map(.name) | sort | join(",")')" = "auth,plan,status:new" ]
  [ ! -e pwned ]
  run recipe gh sync
  [[ $output == *"no sync needed"* ]]
}

@test "the version can be told by the package" {
  needs_just
  [ "$(ORCH_VERSION=9.8.7 recipe version)" = 9.8.7 ]
  [[ $(recipe version) == "orch "* ]]
}

@test "every script that a recipe calls is there" {
  needs_just
  local script
  while read -r script; do
    echo "$script"
    [ -x "$SCRIPTS/$script" ]
  done < <(grep -o '{{ scripts }}/[a-z_]*\.sh\|scripts/setup\.sh' "$SCRIPTS/../justfile" | sed 's/.*\///' | sort -u)
}
