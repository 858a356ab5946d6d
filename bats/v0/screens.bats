#!/usr/bin/env bats
# What v0's scripts print, and those that put a task somewhere else.

bats_require_minimum_version 1.5.0
load ../helpers/github
load ../helpers/project
load ../helpers/v0

setup() { v0_start; }
teardown() { v0_stop; }

@test "an empty project says so" {
  run -0 "$SCRIPTS/list_tasks.sh"
  [ "$output" = 'No tasks.' ]
  run -0 "$SCRIPTS/status.sh"
  [[ $output == 'No tasks. Add one with'* ]]
  run -0 "$SCRIPTS/tree.sh"
  [ "$output" = 'No tasks.' ]
  run -0 "$SCRIPTS/unblock_all.sh"
  [ "$output" = 'No blocked tasks.' ]
}

@test "the list has a row a task, the newest first" {
  new_task First
  v0 db_task_set "$(new_task Second)" agent codex
  run -0 "$SCRIPTS/list_tasks.sh"
  [[ ${lines[0]} =~ ^ID\ +STATUS\ +AGENT\ +ISSUE\ +TITLE$ ]]
  [[ ${lines[1]} =~ ^2\ +new\ +codex\ +#2\ +Second$ ]]
  [[ ${lines[2]} =~ ^1\ +new\ +-\ +#1\ +First$ ]]
}

@test "a list of a hundred and twenty tasks costs two calls" {
  github_admin POST issues '{"repository":"octo/demo","title":"Many","login":"octo","count":120}' >/dev/null
  : >"$GITHUB_LOG"
  run -0 "$SCRIPTS/list_tasks.sh"
  [ "${#lines[@]}" = 121 ]
  [ "$(github_requests | wc -l)" = 2 ]
}

@test "the status counts each, the open ones and all" {
  for status in new new routed in_progress in_review blocked needs_review; do
    v0 db_task_set "$(new_task "Is $status")" status "$status"
  done
  run -0 "$SCRIPTS/status.sh"
  [[ $output =~ new\ +2 && $output =~ routed\ +1 && $output =~ open\ +7 && $output =~ total\ +7 ]]
  [[ $output == *'Recent tasks:'* ]]
  run -0 "$SCRIPTS/status.sh" --global
  [[ $output =~ ID\ +STATUS\ +AGENT\ +ISSUE\ +PROJECT\ +TITLE ]]
  run -0 "$SCRIPTS/status.sh" --json
  [ "$(jq -c '[.total, .open, .counts.new, .counts.done, (.recent | length)]' <<<"$output")" = '[7,7,2,0,7]' ]
}

@test "a retry begins anew, whoever had the task" {
  id=$(new_task Again)
  v0 db_task_update "$id" status=blocked agent=codex limit_reroute_chain=claude,codex
  run -0 "$SCRIPTS/retry_task.sh" "$id"
  [[ $output == *"task=$id reset from blocked to new" ]]
  [ "$(v0 db_task_field "$id" status)/$(v0 db_task_field "$id" agent)/$(v0 _sidecar_read "$id" limit_reroute_chain)" = new// ]
  [ "$(v0 db_task_history "$id" | grep -c 'retried from blocked')" = 1 ]
  run -0 "$SCRIPTS/retry_task.sh" "$id"
  [[ $output == *'already new' ]]
  run -1 "$SCRIPTS/retry_task.sh"
  run -1 "$SCRIPTS/retry_task.sh" 404
  [[ $output == *'not found' ]]
}

@test "every blocked task is retried at once" {
  for title in One Two; do v0 db_task_set "$(new_task "$title")" status blocked; done
  run -0 "$SCRIPTS/unblock_all.sh"
  [ "$(v0 db_task_count new)/$(v0 db_task_count blocked)" = 2/0 ]
}

@test "an agent is given by hand, and needs both words" {
  id=$(new_task Given)
  run -0 "$SCRIPTS/set_agent.sh" "$id" codex
  [ "$(v0 db_task_field "$id" agent)" = codex ]
  run -1 "$SCRIPTS/set_agent.sh" "$id"
  run -1 "$SCRIPTS/set_agent.sh"
  run -1 "$SCRIPTS/set_agent.sh" "$id" nobody
}

@test "the agents that are installed are told, each with its version" {
  printf '#!/bin/sh\necho claude 9.9\n' >"$PROJECT_FOLDER/bin/claude"
  chmod +x "$PROJECT_FOLDER/bin/claude"
  PATH=$PROJECT_FOLDER/bin:/usr/bin:/bin run -0 "$SCRIPTS/agents.sh"
  [[ $output =~ claude\ +✓\ +claude\ 9.9 && $output =~ codex\ +✗\ +not\ installed ]]
}

@test "unlocking takes the locks of tasks away and nothing else" {
  mkdir -p "$LOCK_PATH.task.1" "$LOCK_PATH.task.2" "$LOCK_PATH" "$STATE_DIR/locks-other"
  echo 1 >"$LOCK_PATH.task.1/pid"
  run -0 "$SCRIPTS/unlock.sh"
  [ "$output" = 'Removed task locks.' ]
  [ "$(cd "$STATE_DIR" && echo locks*)" = locks-other ]
}

@test "scripts are found wherever they are called from, and say how they are used" {
  cd /
  run -0 "$SCRIPTS/agents.sh"
  cd "$SCRIPTS"
  run -0 bash agents.sh
  ln -s "$SCRIPTS" "$PROJECT_FOLDER/linked"
  run -0 env -u ORCH PATH="$(dirname "$ORCH"):$PATH" "$PROJECT_FOLDER/linked/agents.sh"
  for script in task_kill.sh task_attach.sh stream_task.sh; do
    run -1 "$SCRIPTS/$script"
    [[ $output == Usage:* ]]
  done
  run -0 "$SCRIPTS/task_live.sh"
  [ "$output" = 'No active agent sessions.' ]
}

@test "an answer for people is formatted by output.sh" {
  # shellcheck source=scripts/output.sh
  source "$SCRIPTS/output.sh"
  [ "$(status_icon 'done')$(status_icon blocked)$(status_icon what)" = '✓✗-' ]
  [ "$(fmt_issue 7)/$(fmt_issue null)/$(fmt_issue '')" = '#7/-/-' ]
  [ "$(printf 'a\tb\n' | table_with_header 'ONE\tTWO')" = $'ONE  TWO\na    b' ]
}
