#!/usr/bin/env bats
# Moving from v0: its home is looked at before, and both work side by side meanwhile.

# shellcheck disable=SC2154 # `run --separate-stderr` sets $stderr.
bats_require_minimum_version 1.5.0
load helpers/github
load helpers/project

setup() {
  project_start
  V0=$PROJECT_FOLDER/v0
  mkdir -p "$V0/.orchestrator/tasks"
  printf 'workflow:\n  auto_close: true\nproject_dir: %s\n' "$PROJECT_FOLDER/work" >"$V0/config.yml"
  printf 'jobs:\n  - {id: daily, schedule: "0 9 * * *", title: Daily, enabled: true}\n' >"$V0/jobs.yml"
  echo '{"branch":"gh-task-4-x","attempts":"1"}' >"$V0/.orchestrator/tasks/4.json"
}

teardown() {
  github_stop
  project_stop
}

check() { run --separate-stderr "$ORCH" migrate --check "$V0" "$@"; }

# Every file of v0's home with its content's digest.
image() { find "$V0" -type f -exec cksum {} + | sort; }

@test "a sound home is used as it is, and nothing in it changes" {
  local before
  before=$(image)
  check
  [ "$status" -eq 0 ]
  [[ $output == *"used     config: $V0/config.yml"* ]]
  [[ $output == *"used     project: work: $PROJECT_FOLDER/work"* ]]
  [[ $output == *"used     jobs: $V0/jobs.yml: 1 job"* ]]
  [[ $output == *"used     tasks: $V0/.orchestrator/tasks: 1 sidecar"* ]]
  [[ $output == *"Next:"*"orch service install"* ]]
  [ "$(image)" = "$before" ]
}

@test "what somebody has to mend is named with its line, and by the exit status" {
  printf 'workflow:\n  auto_close: perhaps\n' >"$V0/config.yml"
  check
  [ "$status" -eq 1 ]
  [[ $output == *"mend     config: $V0/config.yml:2:"*"perhaps"* ]]
}

@test "what means something else to orch is told with what to do" {
  cat >"$V0/jobs.yml" <<'YAML'
jobs:
  - {id: never, schedule: "0 9 * * *", title: Never}
  - {id: both, schedule: "0 9 1 * 1", title: Both, enabled: true}
YAML
  echo '{"branch": "torn' >"$V0/.orchestrator/tasks/5.json"
  check
  [ "$status" -eq 0 ]
  [[ $output == *"differs  jobs: without \`enabled\` v0 never ran them, orch does: never"* ]]
  [[ $output == *"differs  jobs: with a day of the month"*": both"* ]]
  [[ $output == *"differs  tasks: cannot be read"*"/tasks/5.json"* ]]
}

@test "a v0 that is at work is seen: its loop, its locks, its limit, its line of cron" {
  echo "$$" >"$V0/.orchestrator/orchestrator.pid"
  mkdir "$V0/.orchestrator/locks.task.4" "$V0/.orchestrator/locks.task.7"
  echo "$$" >"$V0/.orchestrator/locks.task.4/pid"
  echo 999999999 >"$V0/.orchestrator/locks.task.7/pid"
  printf 'until=%s\ndelay=300\nreason=rate_limit\n' $(($(date +%s) + 300)) >"$V0/.orchestrator/gh_backoff"
  printf '#!/bin/sh\necho "# a comment: serve.sh"\necho "* * * * * orchestrator job tick"\n' >"$PROJECT_FOLDER/bin/crontab"
  chmod +x "$PROJECT_FOLDER/bin/crontab"
  PATH=$PROJECT_FOLDER/bin:$PATH check --json
  [ "$status" -eq 0 ]
  [ "$(jq -r '.notes[] | select(.about == "service") | .text' <<<"$output")" = \
    "v0 is serving now (process $$); beside orch no task runs twice
starts v0 by itself: crontab: * * * * * orchestrator job tick" ]
  [ "$(jq -r '.notes[] | select(.about == "locks") | .text' <<<"$output")" = \
    "v0 works on 4 now; orch leaves them alone until it has ended
left behind, and taken over when their task's turn comes: 7" ]
  jq -e '.notes[] | select(.about == "limit")' <<<"$output"
  jq -e '.next | any(contains("crontab -e"))' <<<"$output"
}

@test "a folder without anything of v0's is no home" {
  mkdir "$PROJECT_FOLDER/empty"
  run --separate-stderr "$ORCH" migrate --check "$PROJECT_FOLDER/empty"
  [ "$status" -eq 1 ]
  [[ $output == *"mend     home: there is nothing of v0's in $PROJECT_FOLDER/empty"* ]]
}

@test "a home that is not there is told" {
  V0=$PROJECT_FOLDER/nowhere check
  [ "$status" -eq 1 ]
  [[ $output == *"mend     home: there is no folder $PROJECT_FOLDER/nowhere"* ]]
}

# v0_works ID: what v0 does with a task of its list: the lock, or nothing; then the work.
v0_works() {
  local lock=$ORCH_HOME/.orchestrator/locks.task.$1
  if ! mkdir "$lock" 2>/dev/null; then
    kill -0 "$(cat "$lock/pid")" && return
    rm -rf "$lock" && mkdir "$lock"
  fi
  echo "$BASHPID" >"$lock/pid"
  echo "$1" >>"$PROJECT_FOLDER/v0-ran"
  rm -rf "$lock"
}

@test "v0, working through the list that it made before, does nothing again that orch has done meanwhile" {
  project_on_github
  local list number loop
  list=$(project_issue "One")\ $(project_issue "Two")
  mkdir -p .orchestrator
  tail -f /dev/null 3>&- &
  loop=$!
  echo "$loop" >.orchestrator/orchestrator.pid
  "$ORCH" tick --wait
  for number in $list; do v0_works "$number"; done
  [ ! -e "$PROJECT_FOLDER/v0-ran" ]
  [ "$(remote_branches | wc -l)" = 2 ]

  # orch itself is not kept off, and v0 no longer once its loop is a new one.
  number=${list%% *}
  "$ORCH" task retry "$number"
  "$ORCH" task route "$number" demo
  run "$ORCH" tick --wait
  [[ $output == *"dispatch: task $number: demo starts, attempt "* ]]
  kill "$loop"
  wait "$loop" || true
  v0_works "$number"
  [ "$(cat "$PROJECT_FOLDER/v0-ran")" = "$number" ]
}
