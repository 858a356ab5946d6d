#!/usr/bin/env bats
# Work that comes again by the clock: from an entry in jobs.yml to a task, or to a command's end.

bats_require_minimum_version 1.5.0
load helpers/github
load helpers/project

setup() {
  project_start
  JOBS=$ORCH_HOME/jobs.yml
  # Every hour, last due half an hour ago: no story meets the next moment, whenever it is run.
  HOURLY="$((($(date +%-M) + 30) % 60)) * * * *"
}

teardown() {
  github_stop
  project_stop
}

# job_field ID FIELD
job_field() { "$ORCH" job list --json | jq -r --arg id "$1" ".[] | select(.id == \$id) | .$2"; }

open_tasks() { "$ORCH" task list --json | jq length; }

# A tick for jobs, then whether the job's last fire ended so: for `eventually`.
ended_as() {
  "$ORCH" job tick || true
  local status
  status=$(job_field "$1" last_task_status)
  echo "status: $status"
  [ "$status" = "$2" ]
}

@test "a job becomes a task, an agent does it, and its file tells the story with its comments kept" {
  cat >"$JOBS" <<YAML
# What comes again.
jobs:
  - id: haiku # every hour
    schedule: "$HOURLY"
    task: { title: Write a haiku, body: About autumn, labels: [poetry], agent: demo }
YAML
  run --separate-stderr "$ORCH" tick --dry-run
  [[ $output == "schedule: job haiku: becomes a task, due at "* ]]
  [ "$(open_tasks)" = 0 ]
  "$ORCH" tick
  [ "$(job_field haiku active_task_id)" = i1 ]
  [ "$("$ORCH" task get i1 --json | jq -c .labels)" = '["poetry","scheduled","job:haiku","agent:demo"]' ]
  "$ORCH" tick --wait
  "$ORCH" tick
  [ "$(remote_branches)" = task-i1-write-a-haiku ]
  [ "$(job_field haiku last_task_status)" = "done" ]
  [ "$(job_field haiku active_task_id)" = null ]
  grep -q '^# What comes again.$' "$JOBS"
  grep -q 'id: haiku # every hour' "$JOBS"
  "$ORCH" tick
  [ "$("$ORCH" task list --all --json | jq length)" = 1 ]
}

@test "on GitHub a job becomes an issue, and a doubled tick doubles nothing" {
  project_on_github
  printf 'jobs:\n  - {id: sync, schedule: "%s", title: Sync, labels: [bug], agent: demo}\n' "$HOURLY" >"$JOBS"
  "$ORCH" job tick
  "$ORCH" job tick
  run github_admin GET issues
  [ "$("$ORCH" job info sync --json | jq -r '.fires | length')" = 1 ]
  local issue
  issue=$(job_field sync active_task_id)
  eventually ticked_to "$issue" in_review
  [ "$(remote_branches | wc -l)" = 1 ]
}

@test "a command runs outside of the tick, and its output and its end are kept" {
  "$ORCH" job add --type bash --command "echo hello; echo oops >&2; exit 3" "$HOURLY" "Ping"
  "$ORCH" job tick
  eventually ended_as ping failed
  run "$ORCH" job info ping
  [[ $output == *"run 1: failed: exit status 3: oops"* ]]
  local folder
  folder=$("$ORCH" job info ping | grep -o '/[^ ]*output.ndjson')
  [ "$(cat "$folder")" = $'hello\noops' ]
}

@test "a command is neither lost nor run twice when its host is killed" {
  "$ORCH" job add --command "echo ran >>\"\$ORCH_PROJECT_DIR/../ran\"; until [ -e \"\$ORCH_PROJECT_DIR/../go\" ]; do read -r -t 0.1 <> <(:); done; true" \
    "$HOURLY" "Slow"
  "$ORCH" job tick
  eventually test -s "$PROJECT_FOLDER/ran"
  local host
  host=$(tmux -L bats list-panes -a -F '#{pane_pid}')
  kill -9 "$host"
  "$ORCH" job tick
  touch "$PROJECT_FOLDER/go"
  eventually ended_as slow "done"
  [ "$(cat "$PROJECT_FOLDER/ran")" = ran ]
}

@test "the time limit ends a command" {
  "$ORCH" job add --command "until false; do read -r -t 1 <> <(:); done" --timeout 1s "$HOURLY" "Endless"
  "$ORCH" job tick
  eventually ended_as endless failed
  run "$ORCH" job info endless
  [[ $output == *"took longer than its time limit"* ]]
}

@test "a bad entry is told with its line, and stops no other" {
  cat >"$JOBS" <<'YAML'
jobs:
  - {id: bad, schedule: "61 * * * *", title: Never}
  - {id: unsafe, schedule: "@hourly", type: bash, command: "echo $(id)"}
  - {id: lost, schedule: "@hourly", type: bash, command: ls, dir: /nowhere}
  - {id: good, schedule: "@hourly", title: Good, active_task_id: ""}
  - {id: stale, schedule: "@hourly", title: Stale, active_task_id: "99"}
YAML
  run "$ORCH" config check
  [ "$status" -eq 3 ]
  [[ $output == *"jobs.yml:2:25: error: bad.schedule: 61 is no minute"* ]]
  run "$ORCH" job tick
  [ "$status" -eq 1 ]
  [[ $output == *"bad.schedule: 61 is no minute"* ]]
  [ "$(open_tasks)" = 2 ]
  [ "$(job_field unsafe enabled)/$(job_field unsafe last_task_status)" = false/failed ]
  [ "$(job_field lost enabled)/$(job_field lost last_task_status)" = false/failed ]
  # Whoever looks for it hears of it, too.
  run --separate-stderr "$ORCH" job list
  [ "$status" -eq 0 ]
  [[ $stderr == *"bad.schedule: 61 is no minute"* ]]
  run "$ORCH" job info bad
  [ "$status" -eq 3 ]
  [[ $output == *"61 is no minute"* ]]
  run "$ORCH" job tick
  [ "$(open_tasks)" = 2 ]
}

@test "moments that were missed: once makes up for them, skip leaves them out, all fires for each" {
  local hours_ago
  hours_ago=$(date -u -d '3 hours ago' +%Y-%m-%dT%H:%M:%SZ)
  cat >"$JOBS" <<YAML
jobs:
  - {id: once, schedule: "$HOURLY", type: bash, command: "true", last_run: "$hours_ago"}
  - {id: all, schedule: "$HOURLY", type: bash, command: "true", catch_up: all, last_run: "$hours_ago"}
  - {id: skip, schedule: "30 $(date -u -d '12 hours ago' +%H) * * *", timezone: UTC, type: bash, command: "true", catch_up: skip}
YAML
  for _ in 1 2 3 4 5; do "$ORCH" job tick --wait; done
  [ "$("$ORCH" job info once --json | jq '.fires | length')" = 1 ]
  [ "$("$ORCH" job info all --json | jq '.fires | length')" = 3 ]
  [ "$("$ORCH" job info skip --json | jq '.fires | length')" = 0 ]
}

@test "jobs are added, looked at, switched, run and removed by hand" {
  run "$ORCH" job list
  [[ $output == "No jobs configured."* ]]
  run --separate-stderr "$ORCH" job add "0 9 * * *" "Daily Sync" "Run sync" "sync" demo
  [ "$output" = "Added job 'daily-sync' (schedule: 0 9 * * *)" ]
  # It looks back a day, and says so.
  [[ $stderr == "Its moment of 2"*"counts as missed"*"--catch-up skip"* ]]
  run --separate-stderr "$ORCH" job add @daily "Later" --catch-up skip
  [ -z "$stderr" ]
  "$ORCH" job remove later
  [ -f .orchestrator/jobs.yml ]
  run "$ORCH" job add "0 10 * * *" "Daily sync"
  [ "$status" -eq 1 ]
  [[ $output == *"Job 'daily-sync' already exists."* ]]
  run "$ORCH" job add "0 25 * * *" "Other"
  [ "$status" -eq 2 ]
  [[ $output == *"Invalid cron expression: 0 25 * * *"* ]]
  run "$ORCH" job add "@daily" "Other" --type bash
  [ "$status" -eq 2 ]
  [[ $output == *"--command is required for --type bash"* ]]

  run "$ORCH" job disable daily-sync
  [ "$output" = "Disabled job 'daily-sync'" ]
  run "$ORCH" job list
  [[ ${lines[0]} == "ID "*"TYPE"*"SCHEDULE"*"ENABLED"*"STATUS"*"LAST RUN"*"NEXT" ]]
  [[ ${lines[1]} == "daily-sync  task  0 9 * * *  false "* ]]
  "$ORCH" job tick
  [ "$(open_tasks)" = 0 ]
  run "$ORCH" job run daily-sync
  [ "$output" = "Job 'daily-sync' created task i1" ]
  run "$ORCH" job run daily-sync
  [ "$status" -eq 1 ]
  [[ $output == *"task i1 is not done"* ]]
  run "$ORCH" job enable daily-sync
  [ "$output" = "Enabled job 'daily-sync'" ]
  [ "$("$ORCH" job next daily-sync -n 3 | wc -l)" = 3 ]
  run "$ORCH" job info daily-sync
  [[ $output == "ID:             daily-sync"*"Title:          Daily Sync"*"task i1: new"* ]]

  "$ORCH" job add --command "echo hi" "$HOURLY" "Ping"
  # Due by now, which is a tick's business: one job is run by hand, not all.
  "$ORCH" job add --command "touch '$PROJECT_FOLDER/other-ran'" "* * * * *" "Other"
  run "$ORCH" job run ping
  [ "$status" -eq 0 ]
  [[ $output == *"hi"*"Job 'ping' is done" ]]
  [ "$("$ORCH" job list --json | jq -r '.[] | select(.id == "ping").last_task_status')" = "done" ]
  [ "$("$ORCH" job info other --json | jq '.fires | length')" = 0 ]
  "$ORCH" job remove other
  run "$ORCH" job info pong
  [ "$status" -eq 1 ]
  # shellcheck disable=SC2016 # Backticks as they are printed.
  [[ $output == *"Job 'pong' not found."*'did you mean `ping`?'* ]]
  [ "$("$ORCH" __complete jobs | cut -f 1 | tr '\n' ' ')" = "daily-sync ping " ]
  run "$ORCH" job remove ping
  [ "$output" = "Removed job 'ping'" ]
  [ "$("$ORCH" job list --json | jq -c 'map(.id)')" = '["daily-sync"]' ]
}
