#!/usr/bin/env bats
# What orch costs while there is nothing to do: no agent, nothing written, and of what is asked GitHub only what has to be.

load helpers/project

setup() {
  project_start
  export QUICK_GH=$PROJECT_FOLDER/github PATH=$PROJECT_FOLDER/bin:$PATH
  cp "$BATS_TEST_DIRNAME/fakes/quick-gh" "$PROJECT_FOLDER/bin/gh"
  printf '#!/bin/sh\necho "$@" >>"%s/agent-ran"\n' "$PROJECT_FOLDER" >"$PROJECT_FOLDER/bin/codex"
  chmod +x "$PROJECT_FOLDER/bin/codex"
  printf 'gh:\n  repo: octo/demo\nworkflow:\n  enable_review_agent: true\n' >.orchestrator.yml
  local number
  for number in 1 2 3; do
    gh api repos/octo/demo/issues -f title="Waits $number" -f body="" -f 'labels[]=status:needs_review' >/dev/null
  done
  "$ORCH" tick
  : >"$QUICK_GH/calls"
}

teardown() { project_stop; }

# What was sent to GitHub that is no question.
writes() { grep -v -e '^api -i -X GET ' -e '^api -i -X POST graphql ' "$QUICK_GH/calls" || true; }

# times COUNT COMMAND…: quietly, that often.
times() {
  local number count=$1
  shift
  for ((number = 0; number < count; number++)); do "$@" >>"$PROJECT_FOLDER/said" 2>&1; done
}

@test "a thousand quiet ticks and a hundred quiet syncs start no agent, write nothing, and say nothing" {
  times 1000 "$ORCH" tick
  times 100 "$ORCH" sync
  cat "$PROJECT_FOLDER/said"
  [ ! -s "$PROJECT_FOLDER/said" ]
  [ ! -e "$PROJECT_FOLDER/agent-ran" ]
  writes
  [ -z "$(writes)" ]
  [ "$(grep -c . "$QUICK_GH/calls")" -ge 1000 ]
  [ "$("$ORCH" task list --json | jq -r 'map(.status) | unique | join(" ")')" = needs_review ]
}
