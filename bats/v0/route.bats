#!/usr/bin/env bats
# `route_task.sh`: who does a task.

bats_require_minimum_version 1.5.0
load ../helpers/github
load ../helpers/project
load ../helpers/v0

setup() {
  v0_start
  export USE_TMUX=false
  printf 'router:\n  agent: claude\n  model: haiku\n  fallback_executor: codex\n' >>"$CONFIG_PATH"
}
teardown() { v0_stop; }

# chooses JSON: a router that answers this, in Claude Code's own envelope.
chooses() { answers claude "{\"type\":\"result\",\"subtype\":\"success\",\"result\":$(jq -n --arg a "$1" '$a')}"; }

@test "the router's choice is printed last, and stands in labels and sidecar, the complexity there alone" {
  answers codex x
  chooses '{"executor":"codex","complexity":"simple","reason":"plain","profile":{"role":"sweeper","skills":["yards"],"tools":["broom"]},"selected_skills":["gh"]}'
  id=$(new_task 'Sweep the yard' 'All of it')
  run -0 --separate-stderr "$SCRIPTS/route_task.sh" "$id"
  [ "${lines[-1]}" = codex ]
  [[ $stderr == *"[route] task=$id starting"*"routed to codex"* ]]
  [ "$(labels "$id")" = agent:codex,status:routed ]
  [ "$(v0 db_task_field "$id" complexity)/$(v0 db_task_field "$id" route_reason)" = simple/plain ]
  [ "$(v0 db_task_field "$id" agent_profile | jq -c '[.role, .skills, .tools]')" = '["sweeper",["yards"],["broom"]]' ]
  [ "$(v0 db_task_field "$id" selected_skills)" = gh ]
  [[ $(<"$PROJECT_FOLDER/claude.calls") == *'--model haiku'* ]]
  [[ $(<"$PROJECT_FOLDER/claude.input") == *'Sweep the yard'*'All of it'* ]]
}

@test "a router that fails leaves the task to the fallback, at medium complexity" {
  answers codex x
  agent claude <<<'exit 1'
  id=$(new_task One)
  run -0 --separate-stderr "$SCRIPTS/route_task.sh" "$id"
  [ "${lines[-1]}" = codex ]
  [[ $(v0 db_task_field "$id" route_reason) == *'router failed'*'fallback to codex'* ]]
  [ "$(v0 db_task_field "$id" complexity)/$(v0 db_task_field "$id" status)" = medium/routed ]
}

@test "an answer that names nobody is asked for once more, not for ever" {
  answers codex x
  chooses 'I would take codex.'
  id=$(new_task One)
  run -0 --separate-stderr "$SCRIPTS/route_task.sh" "$id"
  [ "${lines[-1]}" = codex ]
  [ "$(wc -l <"$PROJECT_FOLDER/claude.calls")" = 2 ]
}

@test "an executor that is not installed gives way to one that is, and an odd choice is doubted" {
  chooses '{"executor":"opencode","profile":{"role":"x","skills":["sql"]}}'
  id=$(new_task One '' backend)
  run -0 --separate-stderr "$SCRIPTS/route_task.sh" "$id"
  [ "${lines[-1]}" = claude ]
  [[ $(v0 db_task_field "$id" route_reason) == *'router picked opencode'* ]]
  [ "$(v0 db_task_field "$id" route_warning)" = 'backend-labeled task routed to claude' ]
}

@test "by turns nobody is asked" {
  answers codex x
  answers claude x
  first=$(new_task One) && second=$(new_task Two)
  ROUTING_MODE=round_robin run -0 --separate-stderr "$SCRIPTS/route_task.sh" "$first"
  [ "${lines[-1]}" = claude ]
  ROUTING_MODE=round_robin run -0 --separate-stderr "$SCRIPTS/route_task.sh" "$second"
  [ "${lines[-1]}" = codex ]
  [ ! -e "$PROJECT_FOLDER/claude.calls" ]
}

@test "a run routes first where nobody is chosen, and a poll does both" {
  answers codex '{"status":"done","summary":"ok"}'
  chooses '{"executor":"codex","profile":{"skills":["x"]}}'
  first=$(new_task One) && second=$(new_task Two)
  run -0 "$SCRIPTS/run_task.sh" "$first"
  [ "$(v0 db_task_field "$first" status)/$(v0 db_task_field "$first" agent)" = done/codex ]
  run -0 "$SCRIPTS/poll.sh"
  [ "$(v0 db_task_field "$second" status)/$(v0 db_task_field "$second" agent)" = done/codex ]
  [ "$(wc -l <"$PROJECT_FOLDER/codex.calls")" = 2 ]
}

@test "without a task to route, or an agent, it says so" {
  run -1 --separate-stderr "$SCRIPTS/route_task.sh"
  [[ $stderr == *'No new tasks to route'* ]]
}
