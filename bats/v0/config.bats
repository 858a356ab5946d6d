#!/usr/bin/env bats
# shellcheck disable=SC2016 # what stands in single quotes is for other shells
# The configuration as v0's functions read it, and what follows from it.

bats_require_minimum_version 1.5.0
load ../helpers/github
load ../helpers/project
load ../helpers/v0

setup() {
  project_start
  export ORCH
  SCRIPTS=$(cd "$BATS_TEST_DIRNAME/../../scripts" && pwd)
  export CONFIG_PATH=$ORCH_HOME/config.yml
}
teardown() { project_stop; }

@test "a key is asked for as of yq" {
  printf 'gh:\n  repo: o/r\nlist: [a, b]\nwords: "x: y"\nempty:\nflag: false\nversion: 1.10\n' >"$CONFIG_PATH"
  ask() { v0 config_get "$1"; }
  [ "$(ask .gh.repo)/$(ask '.gh.none // "other"')/$(ask .none)/$(ask '.flag // "was false"')" = 'o/r/other/null/was false' ]
  [ "$(ask '.list | join(",")')/$(ask '.none // [] | join(",")')/$(ask '.list[1]')/$(ask '.list | length')" = a,b//b/2 ]
  [ "$(ask '.list // [] | .[]')" = $'a\nb' ]
  [ "$(ask .version)/$(ask '.["words"]')/$(ask '.empty // "none"')" = '1.10/x: y/none' ]
  run -1 ask 'map(select(.x))'
  rm "$CONFIG_PATH"
  [ -z "$(ask .gh.repo)" ]
}

@test "a project's file is laid over the global one, each time over that one" {
  printf 'gh:\n  repo: o/global\nworkflow:\n  auto_close: true\n' >"$CONFIG_PATH"
  printf 'gh:\n  repo: o/own\n' >orchestrator.yml
  run -0 bash -c 'source "$0/lib.sh"; PROJECT_DIR=$PWD; load_project_config; load_project_config
    echo "$CONFIG_PATH $STATE_DIR"; config_get .gh.repo; config_get .workflow.auto_close' "$SCRIPTS"
  [ "$output" = "$PWD/.orchestrator/config-merged.yml $PWD/.orchestrator
o/own
true" ]
  rm orchestrator.yml .orchestrator.yml
  run -0 bash -c 'source "$0/lib.sh"; PROJECT_DIR=$PWD; load_project_config; echo "$CONFIG_PATH"; config_get .gh.repo' "$SCRIPTS"
  [ "$output" = "$CONFIG_PATH
o/global" ]
}

@test "a task's time limit is its level's, else the common one, else half an hour" {
  [ "$(v0 task_timeout_seconds medium)" = 1800 ]
  printf 'workflow:\n  timeout_seconds: 1200\n  timeout_by_complexity:\n    complex: 2400\n  max_attempts: 3\n' >"$CONFIG_PATH"
  [ "$(v0 task_timeout_seconds)/$(v0 task_timeout_seconds complex)/$(v0 max_attempts)" = 1200/2400/3 ]
}

@test "a model is an agent's for a level, medium where there is none" {
  printf 'model_map:\n  medium:\n    claude: sonnet\n  complex:\n    claude: opus\n' >"$CONFIG_PATH"
  [ "$(v0 model_for_complexity claude complex)/$(v0 model_for_complexity claude null)/$(v0 model_for_complexity claude)" = \
    opus/sonnet/sonnet ]
  [ -z "$(v0 model_for_complexity codex medium)$(v0 model_for_complexity claude simple)" ]
}

@test "installed agents are told but those that are switched off, and another one is chosen" {
  for name in claude codex opencode; do printf '#!/bin/sh\n' >"$PROJECT_FOLDER/bin/$name" && chmod +x "$PROJECT_FOLDER/bin/$name"; done
  export PATH=$PROJECT_FOLDER/bin:/usr/bin:/bin
  [ "$(v0 available_agents)/$(v0 opposite_agent claude)/$(v0 opposite_agent codex)" = claude,codex,opencode/codex/claude ]
  [ "$(v0 pick_fallback_agent codex)/$(v0 pick_fallback_agent opencode)/$(v0 pick_fallback_agent codex opencode)" = \
    opencode/claude/claude ]
  run -1 v0 pick_fallback_agent codex claude,opencode
  printf 'router:\n  disabled_agents: [codex, opencode]\n' >"$CONFIG_PATH"
  [ "$(v0 available_agents)/$(v0 opposite_agent claude)" = claude/claude ]
}

@test "a hook is told by variables, and its words are the user's alone" {
  printf 'hooks:\n  on_x: |-\n    printf "%%s|" "$ORCH_HOOK" "$ORCH_TASK_TITLE" "$ORCH_BRANCH" >%s/told; printf "%%s|" >>%s/told\n' \
    "$PROJECT_FOLDER" "$PROJECT_FOLDER" >"$CONFIG_PATH"
  STATE_DIR=$PROJECT_FOLDER bash -c 'source "$0/lib.sh"; TASK_TITLE="\$(reboot)"; BRANCH_NAME=b; run_hook on_x "an argument"; run_hook on_y' \
    "$SCRIPTS"
  eventually grep -qx 'on_x|$(reboot)|b|an argument|' "$PROJECT_FOLDER/told"
}

@test "the logs carry the time, and the version where there is one" {
  run -0 v0 log words
  [[ $output =~ ^20[0-9-]+T[0-9:]+Z\ words$ ]]
  ORCH_VERSION=1.2 run -0 v0 log words
  [[ $output =~ Z\ \[v1.2\]\ words$ ]]
  ORCH_VERSION=1.2 run -0 --separate-stderr v0 log_err words
  [[ -z $output && $stderr == *' [v1.2] words' ]]
  [ "$(v0 duration_fmt 0) $(v0 duration_fmt 45) $(v0 duration_fmt 125) $(v0 duration_fmt 3661)" = '0s 45s 2m 5s 1h 1m' ]
  [ "$(v0 retry_delay_seconds 1) $(v0 retry_delay_seconds 3) $(v0 retry_delay_seconds 99)" = '60 240 3600' ]
}

@test "a lock without a living holder gets old, one of a living process does not" {
  lock=$PROJECT_FOLDER/locks.task.1
  [ "$(v0 lock_mtime "$lock")" = 0 ]
  run -1 v0 lock_is_stale "$lock"
  v0 acquire_task_lock "$lock" $$
  [ "$(cat "$lock/pid")" = $$ ]
  run -1 v0 acquire_task_lock "$lock" 1
  v0 lock_has_live_pid "$lock"
  touch -d '1 hour ago' "$lock"
  v0 lock_is_stale "$lock"
  run -1 v0 clear_stale_lock "$lock"
  run -1 v0 release_task_lock "$lock" 1
  v0 release_task_lock "$lock" $$
  [ ! -e "$lock" ]
  mkdir "$lock"
  echo 999999999 >"$lock/pid"
  v0 acquire_task_lock "$lock" $$
}

@test "without a home of orch's, v0's is used" {
  unset ORCH_HOME CONFIG_PATH
  home=$PROJECT_FOLDER/plain
  HOME=$home run -0 bash -c 'mkdir -p "$HOME"; source "$0/lib.sh"; echo "$ORCH_HOME"' "$SCRIPTS"
  [ "$output" = "$home/.orch" ]
  rm -rf "$home"
  HOME=$home run -0 bash -c 'mkdir -p "$HOME/.orchestrator"; source "$0/lib.sh"; echo "$ORCH_HOME $LOCK_PATH $STATE_DIR"' "$SCRIPTS"
  [ "$output" = "$home/.orchestrator $home/.orchestrator/.orchestrator/locks $home/.orchestrator/.orchestrator" ]
}

@test "a bare repository is told from a checkout" {
  v0 is_bare_repo "$REMOTE"
  run -1 v0 is_bare_repo "$PWD"
}
