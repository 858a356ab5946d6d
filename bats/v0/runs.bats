#!/usr/bin/env bats
# `run_task.sh`: one task, from its issue to what became of it.

bats_require_minimum_version 1.5.0
load ../helpers/github
load ../helpers/project
load ../helpers/v0

setup() {
  v0_start
  export USE_TMUX=false
}
teardown() { v0_stop; }

DONE='{"status":"done","summary":"Swept it","accomplished":["swept"],"files_changed":["yard"],"delegations":[]}'

# task_for AGENT TITLE [LABELS]: a new task that is the agent's.
task_for() {
  local id
  id=$(new_task "$2" '' "${3:-}")
  v0 db_task_set "$id" agent "$1"
  echo "$id"
}

@test "a task is done on its agent's word, and its issue, labels and sidecar say so" {
  github_real
  answers codex "$DONE"
  id=$(task_for codex 'Sweep the yard')
  run -0 --separate-stderr "$SCRIPTS/run_task.sh" "$id"
  [[ $stderr == *"[run] task=$id starting"* ]]
  [[ $stderr == *"[run] task=$id DONE status=done agent=codex model=default attempt=1 duration="*" tokens="* ]]
  [ "$(labels "$id")" = agent:codex,status:done ]
  [ "$(v0 db_task_field "$id" status)/$(v0 db_task_field "$id" summary)" = 'done/Swept it' ]
  [ "$(v0 db_task_field "$id" agent_model)/$(v0 db_task_field "$id" attempts)" = default/1 ]
  [ "$(jq -c .files_changed "$STATE_DIR/tasks/$id.json")" = '["yard"]' ]
  [[ $(issue "$id" '.comments[-1].body') == *'orch:agent-response'*'Swept it'* ]]
  [ ! -e "$LOCK_PATH.task.$id" ]
}

@test "ORCH_VERIFY_DONE asks for a commit before it believes" {
  answers codex "$DONE"
  id=$(task_for codex 'Sweep the yard')
  ORCH_VERIFY_DONE=true run -0 "$SCRIPTS/run_task.sh" "$id"
  [ "$(v0 db_task_field "$id" status)" = needs_review ]
  [[ $(v0 db_task_field "$id" reason) == *'no commit'* ]]
}

@test "work goes to a branch of the issue's, is committed and pushed, and gets its pull request" {
  github_real
  github_admin POST seed "{\"viewer\":\"octo\",\"repositories\":[{\"full_name\":\"octo/demo\",\"git_dir\":\"$REMOTE\"}]}" >/dev/null
  agent codex <<'AGENT'
echo work >work.txt
mkdir -p "${OUTPUT_FILE%/*}"
echo '{"status":"done","summary":"Worked","files_changed":["work.txt"]}' >"$OUTPUT_FILE"
AGENT
  id=$(task_for codex 'Do work')
  run -0 "$SCRIPTS/run_task.sh" "$id"
  [ "$(remote_branches)" = "gh-task-$id-do-work" ]
  [ "$(git --git-dir="$REMOTE" log -1 --format=%s%an "gh-task-$id-do-work")" = 'feat: Do workcodex[bot]' ]
  [ -d "$PROJECT_DIR/.orchestrator/worktrees/gh-task-$id-do-work" ]
  [ "$(github_admin GET state | jq -r '.repositories[0].pulls[0].title')" = Worked ]
  [ "$(v0 db_task_field "$id" status)" = in_review ]
}

@test "agents are called as v0 called them" {
  answers codex "$DONE"
  run -0 "$SCRIPTS/run_task.sh" "$(task_for codex One)"
  [[ $(<"$PROJECT_FOLDER/codex.calls") == '--ask-for-approval never --sandbox workspace-write '*' exec --json -' ]]
  [[ $(<"$PROJECT_FOLDER/codex.input") == *'# Task 1: One'* ]]
  answers claude "{\"type\":\"result\",\"subtype\":\"success\",\"result\":$(jq -Rn --arg a "$DONE" '$a')}"
  run -0 "$SCRIPTS/run_task.sh" "$(task_for claude Two)"
  calls=$(<"$PROJECT_FOLDER/claude.calls")
  [[ $calls == *'--output-format stream-json'* && $calls == *'--permission-mode bypassPermissions'* ]]
  [[ $calls == *'--disallowedTools Bash(rm *)'* && $calls == *"--disallowedTools Read(/$PROJECT_DIR/"* ]]
  answers opencode "$DONE"
  run -0 "$SCRIPTS/run_task.sh" "$(task_for opencode Three)"
  [[ $(<"$PROJECT_FOLDER/opencode.calls") == 'run --format json'* ]]
  [ "$(v0 db_task_field 2 status)/$(v0 db_task_field 3 status)" = 'done/done' ]
}

@test "the model comes from the task's complexity" {
  printf 'model_map:\n  simple:\n    codex: small\n  medium:\n    codex: middle\n' >>"$CONFIG_PATH"
  answers codex "$DONE"
  id=$(task_for codex Small)
  v0 db_task_set "$id" complexity simple
  run -0 "$SCRIPTS/run_task.sh" "$id"
  [[ $(<"$PROJECT_FOLDER/codex.calls") == *'--model small'* ]]
  [ "$(v0 db_task_field "$id" agent_model)" = small ]
}

@test "a plan is asked for parts, which become its children; any other task has none" {
  github_real
  plan='{"status":"done","summary":"Two parts","delegations":[{"title":"One","labels":["a"],"suggested_agent":"codex"},{"title":"Two"}]}'
  answers codex "$plan"
  id=$(task_for codex Plan plan)
  run -0 --separate-stderr "$SCRIPTS/run_task.sh" "$id"
  [ "$output" = "Spawned children: 2 3" ]
  grep -q 'planning agent' "$PROJECT_FOLDER/codex.input"
  [ "$(v0 db_task_field "$id" status)" = blocked ]
  [ "$(issue 2 .title)/$(issue 3 .title)/$(labels 2)" = 'One/Two/a,agent:codex' ]
  id=$(task_for codex 'No plan')
  run -0 "$SCRIPTS/run_task.sh" "$id"
  [ "$(v0 db_task_field "$id" status)" = "done" ]
  [ "$(github_admin GET state | jq '.repositories[0].issues | length')" = 4 ]
}

@test "what needs a person's eyes, or is another process's, is left alone" {
  answers codex "$DONE"
  id=$(task_for codex One)
  v0 db_task_set "$id" status needs_review
  run -0 --separate-stderr "$SCRIPTS/run_task.sh" "$id"
  [[ $stderr == *'requires human review before retry'* ]]
  v0 db_task_set "$id" status routed
  mkdir -p "$LOCK_PATH.task.$id"
  echo $$ >"$LOCK_PATH.task.$id/pid"
  run -0 "$SCRIPTS/run_task.sh" "$id"
  [ ! -e "$PROJECT_FOLDER/codex.calls" ]
  echo 999999999 >"$LOCK_PATH.task.$id/pid"
  run -0 "$SCRIPTS/run_task.sh" "$id"
  [ "$(v0 db_task_field "$id" status)" = "done" ]
}

@test "a task of nobody's, and one whose folder is gone, are said" {
  run -1 --separate-stderr "$SCRIPTS/run_task.sh" 77
  [[ $stderr == *'Task 77 not found'* ]]
  id=$(task_for codex One)
  v0 db_task_set "$id" dir /no/such/folder
  run "$SCRIPTS/run_task.sh" "$id"
  [ "$(v0 db_task_field "$id" status)" = blocked ]
  [[ $(v0 db_task_field "$id" last_error) == *'task dir does not exist: /no/such/folder'* ]]
}

@test "missing tools, too many attempts and a loop of the same error stop a task before its agent starts" {
  answers codex "$DONE"
  first=$(task_for codex Tools)
  printf 'required_tools: [no-such-tool]\n' >.orchestrator.yml
  run -0 "$SCRIPTS/run_task.sh" "$first"
  rm .orchestrator.yml
  [ "$(v0 db_task_field "$first" status)" = blocked ]
  [[ $(v0 db_task_field "$first" reason) == *no-such-tool* ]]
  second=$(task_for codex Attempts)
  v0 db_task_set "$second" attempts 10
  run -0 "$SCRIPTS/run_task.sh" "$second"
  [ "$(v0 db_task_field "$second" status)" = needs_review ]
  [[ $(v0 db_task_field "$second" reason) == *'max attempts'* ]]
  third=$(task_for codex Loop)
  v0 db_task_set "$third" attempts 3
  for _ in 1 2 3; do v0 db_append_history "$third" blocked 'the same'; done
  run -0 "$SCRIPTS/run_task.sh" "$third"
  [[ $(v0 db_task_field "$third" last_error) == *'retry loop'* ]]
  [ ! -e "$PROJECT_FOLDER/codex.calls" ]
}

@test "a tool that is missing needs a person, whether the agent says so or dies of it" {
  answers codex '{"status":"done","summary":"x","reason":"zsh: command not found: bun"}'
  id=$(task_for codex Says)
  run -0 "$SCRIPTS/run_task.sh" "$id"
  [ "$(v0 db_task_field "$id" status)" = needs_review ]
  [[ $(v0 db_task_field "$id" reason) == *'env/tooling failure: missing bun'* ]]
  agent codex <<<'echo "bash: line 1: cargo: command not found" >&2; exit 127'
  id=$(task_for codex Dies)
  run -0 "$SCRIPTS/run_task.sh" "$id"
  [ "$(v0 db_task_field "$id" status)" = needs_review ]
  [[ $(v0 db_task_field "$id" last_error) == *'env/tooling failure: missing cargo'* ]]
}

@test "a pull request is reviewed at once by another agent, whose decision counts" {
  github_real
  github_admin POST seed "{\"viewer\":\"octo\",\"repositories\":[{\"full_name\":\"octo/demo\",\"git_dir\":\"$REMOTE\"}]}" >/dev/null
  printf 'workflow:\n  enable_review_agent: true\n' >>"$CONFIG_PATH"
  agent codex <<<"date +%N >work.txt; echo '$DONE'"
  answers claude '{"decision":"approve","notes":"looks right"}'
  id=$(task_for codex One)
  run -0 "$SCRIPTS/run_task.sh" "$id"
  [ "$(v0 db_task_field "$id" status)/$(v0 db_task_field "$id" review_decision)" = in_review/approve ]
  # Who reviews them all finds nothing left to do.
  run -0 "$SCRIPTS/review_prs.sh"
  run -0 "$ORCH" sync --phase reviews
  [[ $output != *"reviews it"* ]]
  [ "$(github_admin GET state | jq '.repositories[0].pulls[0].reviews | length')" = 1 ]
  answers claude '{"decision":"reject","notes":"made up"}'
  id=$(task_for codex Two)
  run -0 "$SCRIPTS/run_task.sh" "$id"
  [ "$(v0 db_task_field "$id" status)" = needs_review ]
  [[ $(v0 db_task_field "$id" last_error) == 'review rejected: made up' ]]
  [ "$(github_admin GET state | jq -r '.repositories[0].pulls | map(.state) | join(",")')" = open,closed ]
}

@test "a reviewer that fails is followed by one other, the author's own agent where nobody else is there" {
  github_admin POST seed "{\"viewer\":\"octo\",\"repositories\":[{\"full_name\":\"octo/demo\",\"git_dir\":\"$REMOTE\"}]}" >/dev/null
  printf 'workflow:\n  enable_review_agent: true\n' >>"$CONFIG_PATH"
  agent codex <<SH
if grep -q '^You review' "$PROJECT_FOLDER/codex.input"; then echo '{"decision":"approve","notes":"my own"}' && exit; fi
date +%N >work.txt
echo '$DONE'
SH
  agent claude <<<'exit 1'
  id=$(task_for codex One)
  run -0 --separate-stderr "$SCRIPTS/run_task.sh" "$id"
  [[ $stderr == *"review by claude failed; retrying once with codex"* ]]
  [ "$(v0 db_task_field "$id" status)/$(v0 db_task_field "$id" review_notes)" = "in_review/my own" ]
  # Praise of oneself is no review: a sync has it reviewed by another.
  run -0 "$ORCH" sync --phase reviews --dry-run
  [[ $output == *"claude reviews it"* ]]
  agent codex <<<"grep -q '^You review' '$PROJECT_FOLDER/codex.input' && exit 1; date +%N >work.txt; echo '$DONE'"
  id=$(task_for codex Two)
  run -0 "$SCRIPTS/run_task.sh" "$id"
  [ "$(v0 db_task_field "$id" status)" = needs_review ]
  [[ $(v0 db_task_field "$id" last_error) == "review agent failed: "* ]]
}

@test "an agent at its limit hands the task on, and none is asked twice" {
  agent codex <<<"echo '429 Too Many Requests: rate limit'"
  agent claude <<<"echo '{\"status\":\"in_progress\",\"summary\":\"Half of it\"}'"
  id=$(task_for codex One)
  state() { echo "$(v0 db_task_field "$id" status)/$(v0 db_task_field "$id" agent)/$(v0 db_task_field "$id" limit_reroute_chain)"; }
  run -0 "$SCRIPTS/run_task.sh" "$id"
  [ "$(state)" = new/claude/codex ]
  run -0 "$SCRIPTS/run_task.sh" "$id"
  [ "$(state)" = in_progress/claude/codex ]
  agent claude <<<"echo 'rate limit exceeded: temporarily unavailable'"
  run -0 "$SCRIPTS/run_task.sh" "$id"
  [ "$(state)" = needs_review/claude/codex,claude ]
}

@test "an agent that hands in its limit and nothing else is taken at its word, for that task alone" {
  answers codex '{"status":"needs_review","summary":"","reason":"Rate limit exceeded (429)"}'
  answers claude "$DONE"
  id=$(task_for codex One)
  run -0 "$SCRIPTS/run_task.sh" "$id"
  [ "$(v0 db_task_field "$id" status)/$(v0 db_task_field "$id" agent)" = new/claude ]
  answers codex '{"status":"needs_review","summary":"","reason":"The rate limit of the registry broke the build"}'
  id=$(task_for codex Two)
  run -0 "$SCRIPTS/run_task.sh" "$id"
  [ "$(v0 db_task_field "$id" status)/$(v0 db_task_field "$id" agent)" = needs_review/codex ]
}

@test "a poll runs what is new, as many at a time as it may, waits for it, and leaves the others alone" {
  printf 'workflow:\n  allowed_authors: [octo]\nrouter:\n  mode: round_robin\n' >>"$CONFIG_PATH"
  answers codex "$DONE"
  first=$(new_task One) && second=$(new_task Two) && third=$(new_task Three '' no-agent)
  github_admin POST issues '{"repository":"octo/demo","title":"Mine","login":"mallory","labels":["status:new"]}' >/dev/null
  POLL_JOBS=2 run -0 "$SCRIPTS/poll.sh"
  [ "$(v0 db_task_field "$first" status)/$(v0 db_task_field "$second" status)" = 'done/done' ]
  [ "$(v0 db_task_field "$third" status)/$(v0 db_task_field 4 status)" = new/new ]
  [ "$(wc -l <"$PROJECT_FOLDER/codex.calls")" = 2 ]
}

@test "a poll tells who is to hear of it what it has begun, and how that ended" {
  printf '#!/bin/sh\necho "$%s" >>%s\n' ORCH_NOTICE_KIND "$PROJECT_FOLDER/told" >"$PROJECT_FOLDER/bin/tell"
  chmod +x "$PROJECT_FOLDER/bin/tell"
  printf 'workflow:\n  allowed_authors: [octo]\nrouter:\n  mode: round_robin\n' >>"$CONFIG_PATH"
  printf 'notify:\n  phone:\n    level: info\n    command: ["%s"]\n' "$PROJECT_FOLDER/bin/tell" >>"$CONFIG_PATH"
  # It ends when the beginning was told, so that it is told by itself.
  agent codex <<AGENT
until [ -s "$PROJECT_FOLDER/told" ]; do read -r -t 0.1 <> <(:) || true; done
echo '$DONE'
AGENT
  new_task One
  timeout 120 "$SCRIPTS/poll.sh"
  told() { sort "$PROJECT_FOLDER/told" && [ "$(sort "$PROJECT_FOLDER/told" | tr '\n' ' ')" = "$1 " ]; }
  eventually told "run_started task_done"
}

@test "a parent goes on when its children are done, and a task in progress without an agent waits for a person" {
  answers codex "$DONE"
  parent=$(task_for codex Parent) && child=$(task_for codex Child) && lost=$(new_task Lost)
  v0 _sidecar_write "$child" parent_id "$parent"
  v0 db_task_set "$parent" status blocked
  v0 db_task_set "$child" status "done"
  v0 db_task_set "$lost" status in_progress
  run -0 "$SCRIPTS/poll.sh"
  [ "$(v0 db_task_field "$parent" status)/$(v0 db_task_field "$lost" status)" = done/needs_review ]
}

@test "with tmux the agent has a session of its own, and the script stays until it is over" {
  agent codex <<AGENT
TMUX_TMPDIR=$PROJECT_FOLDER tmux -L bats list-sessions -F '#S' >"$PROJECT_FOLDER/sessions"
echo '$DONE'
AGENT
  id=$(task_for codex One)
  USE_TMUX=true run -0 "$SCRIPTS/run_task.sh" "$id"
  [ "$(<"$PROJECT_FOLDER/sessions")" = "orch-work-$id" ]
  [ "$(v0 db_task_field "$id" status)" = "done" ]
}

@test "a jobs_tick in the minute of a poll starts nothing, unless the jobs are newer" {
  [ -e "$JOBS_FILE" ] || echo 'jobs: []' >"$JOBS_FILE"
  # Not across the end of a minute: another try is in one of its own.
  in_one_minute() { "$SCRIPTS/poll.sh" && ORCH=/bin/false "$SCRIPTS/jobs_tick.sh"; }
  touch -d '-1 hour' "$JOBS_FILE"
  eventually in_one_minute
  touch -d '+1 minute' "$JOBS_FILE"
  ORCH=/bin/false run -1 "$SCRIPTS/jobs_tick.sh"
}

@test "a run_task.sh that is killed loses nothing: the next poll stays with its agent" {
  agent codex <<AGENT
until [ -e "$PROJECT_FOLDER/go" ]; do read -r -t 0.1 <> <(:) || true; done
echo '$DONE'
AGENT
  id=$(task_for codex One)
  "$SCRIPTS/run_task.sh" "$id" >/dev/null 2>&1 3>&- &
  local host=$!
  eventually test -s "$PROJECT_FOLDER/codex.calls"
  kill -9 "$host"
  : >"$PROJECT_FOLDER/go"
  run -0 "$SCRIPTS/poll.sh"
  [ "$(v0 db_task_field "$id" status)" = "done" ]
  [ "$(wc -l <"$PROJECT_FOLDER/codex.calls")" = 1 ]
  [ "$(issue "$id" '.comments | length')" = 1 ]
}
