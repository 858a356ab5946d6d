#!/usr/bin/env bats
# shellcheck disable=SC2016 # what stands in single quotes is for other shells
# Jobs by v0's scripts, on v0's file.

bats_require_minimum_version 1.5.0
load ../helpers/github
load ../helpers/project
load ../helpers/v0

setup() {
  v0_start
  printf '# mine\njobs: []\n' >"$JOBS_FILE"
}
teardown() { v0_stop; }

job() { v0 db_job_field "$1" "$2"; }
issues() { github_admin GET state | jq '.repositories[0].issues | length'; }

@test "a job is added in v0's form, named after its title, and not twice" {
  run -0 "$SCRIPTS/jobs_add.sh" '0 9 * * *' 'Daily  Sync!' 'Pull all' 'sync,chores' codex
  [ "$output" = "Added job 'daily-sync' (schedule: 0 9 * * *)" ]
  [ "$(v0 _read_jobs | jq -c '.[0] | [.type, .title, .body, .labels, .agent, .dir, .enabled, .last_run]')" = \
    "[\"task\",\"Daily  Sync!\",\"Pull all\",\"sync,chores\",\"codex\",\"$PROJECT_DIR\",true,null]" ]
  run -1 "$SCRIPTS/jobs_add.sh" '0 9 * * *' 'daily sync'
  [[ $output == *'already exists'* ]]
  grep -qx '# mine' "$JOBS_FILE"
}

@test "what is no schedule, no title or no command is refused" {
  run -1 "$SCRIPTS/jobs_add.sh" '99 9 * * *' Title
  [[ $output == 'Invalid cron expression: 99 9 * * *'* ]]
  run -1 "$SCRIPTS/jobs_add.sh" '0 9 * *' Title
  run -1 "$SCRIPTS/jobs_add.sh" @daily
  [[ $output == usage:* ]]
  run -1 "$SCRIPTS/jobs_add.sh" --type bash @daily Title
  [ "$(v0 _read_jobs | jq length)" = 0 ]
}

@test "jobs are listed, shown, switched and removed" {
  run -0 "$SCRIPTS/jobs_list.sh"
  [[ $output == 'No jobs configured.'* ]]
  "$SCRIPTS/jobs_add.sh" --type bash --command 'echo hi' @hourly Ping
  "$SCRIPTS/jobs_add.sh" '0 9 * * *' Check 'Look around'
  run -0 "$SCRIPTS/jobs_list.sh"
  [[ ${lines[1]} =~ ^ping\ +bash\ +@hourly\ +true\ +-\ +-$ && ${lines[2]} =~ ^check\ +task ]]
  run -0 "$SCRIPTS/jobs_info.sh" ping
  [[ $output =~ Type:\ +bash && $output == *$'Command\necho hi' ]]
  run -0 "$SCRIPTS/jobs_info.sh" check
  [[ $output =~ Agent:\ +\(router\ decides\) && $output == *$'Body\nLook around' ]]
  "$SCRIPTS/jobs_disable.sh" ping
  [ "$(job ping enabled)/$(v0 db_enabled_job_count)/$(v0 db_enabled_job_ids)" = false/1/check ]
  "$SCRIPTS/jobs_enable.sh" ping
  [ "$(job ping enabled)" = true ]
  run -0 "$SCRIPTS/jobs_remove.sh" ping
  [ "$output" = "Removed job 'ping'" ]
  for script in remove info enable disable; do run -1 "$SCRIPTS/jobs_$script.sh" ping; done
}

@test "a due job becomes an issue once, with the labels that tell of it" {
  "$SCRIPTS/jobs_add.sh" '* * * * *' Always 'The text' extra
  for _ in 1 2; do run -0 "$SCRIPTS/jobs_tick.sh"; done
  [ "$(issues)" = 1 ]
  [ "$(issue 1 '.labels | map(.name) | sort | join(",")')" = extra,job:always,scheduled,status:new ]
  [ "$(job always active_task_id)" = 1 ]
  [ -n "$(job always last_run)" ]
}

@test "a job waits for the issue that v0 made, and goes on when that is done" {
  id=$(new_task "Made by v0")
  "$SCRIPTS/jobs_add.sh" '* * * * *' Waits
  v0 db_job_set waits active_task_id "$id"
  run -0 "$SCRIPTS/jobs_tick.sh"
  [ "$(issues)/$(job waits active_task_id)" = "1/$id" ]
  v0 db_task_set "$id" status 'done'
  run -0 "$SCRIPTS/jobs_tick.sh"
  [ "$(issues)/$(job waits last_task_status)" = 2/done ]
}

@test "a disabled job does nothing; a command says how it ended" {
  "$SCRIPTS/jobs_add.sh" '* * * * *' Off
  "$SCRIPTS/jobs_disable.sh" off
  "$SCRIPTS/jobs_add.sh" --type bash --command "echo ran >>$PROJECT_FOLDER/ran" '* * * * *' Good
  "$SCRIPTS/jobs_add.sh" --type bash --command 'exit 3' '* * * * *' Bad
  PROJECT_DIR=$PROJECT_FOLDER/gone "$SCRIPTS/jobs_add.sh" --type bash --command true '* * * * *' Lost
  run -0 "$SCRIPTS/jobs_tick.sh"
  [ "$(issues)/$(cat "$PROJECT_FOLDER/ran")" = 0/ran ]
  [ "$(job good last_task_status)/$(job bad last_task_status)" = done/failed ]
  [ "$(job lost enabled)/$(job lost last_task_status)" = false/failed ]
}

@test "what was missed is made up for, and what is done is not" {
  # Last due half an hour ago: the next moment is not met, whenever this is run.
  local hourly="$((($(date +%-M) + 30) % 60)) * * * *"
  "$SCRIPTS/jobs_add.sh" "$hourly" Missed
  "$SCRIPTS/jobs_add.sh" "$hourly" Fresh
  v0 db_job_set missed last_run "$(date -u -d '3 hours ago' +%FT%TZ)"
  v0 db_job_set fresh last_run "$(date -u +%FT%TZ)"
  run -0 "$SCRIPTS/jobs_tick.sh"
  [ "$(issues)/$(issue 1 .title)" = 1/Missed ]
}

@test "a bare list of jobs gets the key under which v0 reads it" {
  echo '[]' >"$JOBS_FILE"
  "$SCRIPTS/jobs_add.sh" @daily One
  [ "$(head -1 "$JOBS_FILE")" = jobs: ]
  [ "$(job one schedule)" = @daily ]
}

@test "a file that is no YAML is said, and left as it is" {
  printf 'jobs:\n  - id: [\n' >"$JOBS_FILE"
  for act in '_read_jobs' 'db_job_set x enabled 0' 'db_create_job x X @daily'; do
    # shellcheck disable=SC2086
    run -1 v0 $act
    [[ $output == *"$JOBS_FILE"* ]]
  done
  [ "$(cat "$JOBS_FILE")" = $'jobs:\n  - id: [' ]
}

@test "changes at the same time are all made" {
  for name in 1 2 3 4 5 6; do "$SCRIPTS/jobs_add.sh" @daily "Job $name" & done
  wait
  [ "$(v0 _read_jobs | jq -r 'map(.id) | sort | join(",")')" = job-1,job-2,job-3,job-4,job-5,job-6 ]
}

@test "a shell loads a job's fields, whatever stands in them" {
  v0 db_create_job odd "It's \$(false)" '@daily' task 'The body' a,b codex /somewhere
  run -0 bash -c 'source "$0/lib.sh"; db_load_job odd; printf "%s|" "$JOB_TITLE" "$JOB_SCHEDULE" "$JOB_LABELS" "$JOB_AGENT" "$JOB_DIR"' \
    "$SCRIPTS"
  [ "$output" = "It's \$(false)|@daily|a,b|codex|/somewhere|" ]
  v0 db_job_set odd enabled 0
  run -1 v0 db_load_job odd
  run -1 v0 validate_job_command 'rm $(x)'
  run -0 v0 validate_job_command 'make && ls *.txt | wc -l'
}

@test "cron_match.py tells whether a minute matches, and whether one has since then" {
  cd /
  match() { python3 "$SCRIPTS/cron_match.py" "$@"; }
  match '* * * * *'
  run -1 match '0 0 31 2 *'
  run -1 match 'no schedule'
  match @hourly --since "$(date -u -d '2 hours ago' +%FT%TZ)"
  run -1 match @yearly --since "$(date -u +%FT%TZ)"
  run -2 match
}
