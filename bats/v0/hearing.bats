#!/usr/bin/env bats
# shellcheck disable=SC2016 # what stands in single quotes is for other shells
# What the owner and others say on issues, by v0's functions and scripts; and what is left of merged tasks.

bats_require_minimum_version 1.5.0
load ../helpers/github
load ../helpers/project
load ../helpers/v0

setup() { v0_start; }
teardown() { v0_stop; }

# comment ISSUE TEXT [LOGIN]
comment() {
  github_admin POST comments "$(jq -cn --argjson n "$1" --arg body "$2" --arg login "${3:-octo}" \
    '{repository: "octo/demo", number: $n, body: $body, login: $login}')" >/dev/null
}

comments() { issue "$1" '.comments[].body'; }
fields() { # ID FIELD…
  local id=$1
  shift
  for field; do printf '%s/' "$(v0 db_task_field "$id" "$field")"; done
}

@test "the owner's words are told from others', and from orch's own" {
  github_real
  id=$(new_task Talk)
  comment "$id" "Fix this" octo
  comment "$id" "I disagree" mallory
  comment "$id" $'Result\n\n*via [Orchestrator](https://example.org)*' octo
  comment "$id" "[2026-01-02T03:04:05Z] routed: by hand" octo
  [ "$(v0 fetch_owner_feedback octo/demo "$id" octo '' | jq -c 'map([.login, .body])')" = '[["octo","Fix this"]]' ]
  [ "$(v0 fetch_owner_feedback octo/demo "$id" octo 2999-01-01T00:00:00Z)" = '[]' ]
  [ "$(v0 fetch_owner_feedback '' "$id" octo '')/$(v0 fetch_owner_feedback octo/demo 0 octo '')" = '[]/[]' ]
}

@test "plain words send a task back to the agent that had it, and are kept for it" {
  id=$(new_task Talk)
  v0 db_task_update "$id" status=needs_review agent=codex attempts=3
  comment "$id" "Please add a test"
  v0 process_owner_feedback_for_task octo/demo "$id" octo
  [ "$(fields "$id" status agent last_error)" = "routed/codex/Please add a test/" ]
  grep -q "Please add a test" "$ORCH_HOME/contexts/task-$id.md"
  [ -n "$(v0 db_task_field "$id" gh_last_feedback_at)" ]
  # Read once.
  v0 db_task_set "$id" status "done"
  v0 process_owner_feedback_for_task octo/demo "$id" octo
  [ "$(fields "$id" status)" = done/ ]
}

@test "each command puts the task where it says, in any case, and is answered once" {
  while read -r command expected; do
    id=$(new_task "Say $command")
    v0 db_task_update "$id" status=needs_review agent=claude attempts=3 'last_error=it broke' reason=why
    comment "$id" "${command//_/ }"
    v0 process_owner_feedback_for_task octo/demo "$id" octo
    seen=$(fields "$id" status agent complexity attempts last_error)
    echo "$command: $seen" >&2
    [ "$seen" = "$expected" ]
    [ "$(comments "$id" | grep -c 'Applied')" = 1 ]
  done <<'END'
/RETRY new///0//
/assign_codex routed/codex//0//
/unblock new/claude//0//
/priority_high routed/claude/complex/0//
/context_use_arrays routed/claude//0//
/reroute new///0//
/close done/claude//0//
END
  [ "$(gh api "repos/octo/demo/issues/$id" --jq .state)" = closed ]
  grep -rq "use arrays" "$ORCH_HOME/contexts"
}

@test "a command that makes no sense changes nothing and says what would" {
  id=$(new_task Talk)
  v0 db_task_update "$id" status=needs_review agent=claude
  for words in "/assign nobody" "/priority urgent" "/context" "/dance"; do
    comment "$id" "$words"
    v0 process_owner_comment "$id" octo/demo "$(jq -cn --arg b "$words" '{login:"octo",created_at:"2026-01-01T00:00:00Z",body:$b}')"
  done
  [ "$(fields "$id" status agent)" = needs_review/claude/ ]
  [ "$(comments "$id" | grep -c 'Not done')" = 4 ]
  comment "$id" "/help"
  v0 process_owner_feedback_for_task octo/demo "$id" octo
  comments "$id" | grep -q '^- `/retry`'
}

@test "a stranger's command is not heard" {
  id=$(new_task Talk)
  v0 db_task_update "$id" status=needs_review
  comment "$id" "/close" mallory
  v0 process_owner_feedback_for_task octo/demo "$id" octo
  [ "$(fields "$id" status)" = needs_review/ ]
  [ "$(comments "$id")" = /close ]
}

@test "a mention becomes an issue, once, and says where its result goes" {
  github_real
  id=$(new_task Talk)
  comment "$id" "hey @orchestrator please look"
  "$SCRIPTS/gh_mentions.sh"
  "$SCRIPTS/gh_mentions.sh"
  [ "$(gh api repos/octo/demo/issues --jq '[.[].title] | join("|")')" = "Respond to @orchestrator mention in #$id|Talk" ]
  [ "$(jq -r '[.mention_target_repo, .mention_target_issue, .mention_source_author] | join(" ")' "$STATE_DIR/tasks/2.json")" = \
    "octo/demo $id octo" ]
  [ "$(comments "$id" | grep -c 'task #2')" = 1 ]
  # The result goes there too.
  v0 db_task_set 2 agent codex
  v0 db_store_agent_response 2 "done" 'It is done' '' false '' 1 0 0 '' ''
  v0 db_store_agent_arrays 2 'looked' '' '' ''
  comments "$id" | grep -q 'Mention task: #2'
  comments "$id" | grep -q 'It is done'
}

@test "what came of a mention is said where it was asked for, too, when orch runs it" {
  id=$(new_task Talk)
  comment "$id" "hey @orchestrator please look"
  "$SCRIPTS/gh_mentions.sh"
  answers codex '{"status":"done","summary":"Looked at it","accomplished":[],"files_changed":[]}'
  v0 db_task_set 2 agent codex
  USE_TMUX=false run -0 "$SCRIPTS/run_task.sh" 2
  [ "$(comments "$id" | grep -c 'Mention task: #2')" = 1 ]
  comments "$id" | grep -q 'Looked at it'
  comments 2 | grep -q 'Looked at it'
  # A sidecar that an agent has written leads to no other repository.
  comment "$id" "@orchestrator once more"
  "$SCRIPTS/gh_mentions.sh"
  v0 db_task_set 3 agent codex
  v0 _sidecar_write 3 mention_target_repo else/where
  USE_TMUX=false run -0 "$SCRIPTS/run_task.sh" 3
  comments 3 | grep -q 'Looked at it'
  run ! grep -q 'Mention task: #3' <<<"$(comments "$id")"
}

@test "what v0 has dealt with is no news, neither to the script nor to a sync" {
  id=$(new_task Talk)
  comment "$id" "@orchestrator do it"
  number=$(gh api "repos/octo/demo/issues/$id/comments" --jq '.[0].id')
  mkdir -p "$ORCH_HOME/.orchestrator/mentions"
  echo "{\"since\":\"1970-01-01T00:00:00Z\",\"processed\":{\"$number\":{\"task_id\":9,\"issue_number\":$id}}}" \
    >"$ORCH_HOME/.orchestrator/mentions/octo_demo.json"
  "$SCRIPTS/gh_mentions.sh"
  "$ORCH" sync --phase mentions
  [ "$(gh api repos/octo/demo/issues --jq length)" = 1 ]
  [ "$("$ORCH" task list --json | jq '[.[] | select(.backend == "internal")] | length')" = 0 ]
}

@test "quotes, code, strangers and closed issues call nobody" {
  id=$(new_task Talk)
  comment "$id" $'> @orchestrator no\n\nthanks'
  comment "$id" $'```\n@orchestrator no\n```'
  comment "$id" 'I saw "@orchestrator no" and `@orchestrator no`'
  comment "$id" "@orchestrator no" mallory
  other=$(new_task Over)
  comment "$other" "@orchestrator no"
  gh api -X PATCH "repos/octo/demo/issues/$other" -f state=closed >/dev/null
  "$SCRIPTS/gh_mentions.sh"
  [ "$(gh api 'repos/octo/demo/issues?state=all' --jq length)" = 2 ]
}

# A worktree of a task that is done, with a commit; prints its path.
worktree_of() {
  local path=$PROJECT_FOLDER/wt-$1
  git worktree add --quiet -b "gh-task-$1-x" "$path" main
  git -C "$path" commit --quiet --allow-empty -m "Work"
  v0 db_task_update "$1" status=done "branch=gh-task-$1-x" "worktree=$path" "dir=$PROJECT_DIR"
  gh api -X PATCH "repos/octo/demo/issues/$1" -f state=closed >/dev/null
  echo "$path"
}

# gh_prs JSON: what `gh pr list` finds; everything else is the real gh's.
gh_prs() {
  printf '%s' "$1" >"$PROJECT_FOLDER/prs"
  # The second time, the real one would be the first time's.
  [ ! -e "$PROJECT_FOLDER/bin/gh" ] || return 0
  # shellcheck disable=SC2154 # set by the shim
  shim gh <<'SHIM'
if [ "$1 $2" = "pr list" ]; then exec cat "$folder/prs"; fi
exec "$real" "$@"
SHIM
}

@test "a merged task's worktree and branch go, and the sidecar says so" {
  github_real
  id=$(new_task Done)
  path=$(worktree_of "$id")
  gh_prs "[{\"number\":9,\"headRefOid\":\"$(git -C "$path" rev-parse HEAD)\"}]"
  run -0 "$SCRIPTS/cleanup_worktrees.sh"
  [[ $output == *"removing worktree=$path"*"marked worktree_cleaned=true"* ]]
  [ ! -e "$path" ]
  run git rev-parse --verify --quiet "refs/heads/gh-task-$id-x"
  [ "$status" -ne 0 ]
  [ "$(jq -r .worktree_cleaned "$STATE_DIR/tasks/$id.json")" = 1 ]
}

@test "without a merged pull request, or with work of its own, a worktree stays" {
  id=$(new_task Open)
  path=$(worktree_of "$id")
  gh_prs '[]'
  run -0 "$SCRIPTS/cleanup_worktrees.sh"
  [ -d "$path" ]
  git -C "$path" commit --quiet --allow-empty -m "More"
  gh_prs '[{"number":9,"headRefOid":"0000"}]'
  echo precious >"$path/precious"
  run -0 "$SCRIPTS/cleanup_worktrees.sh"
  [ -f "$path/precious" ]
  [ "$(jq -r .worktree_cleaned "$STATE_DIR/tasks/$id.json")" != 1 ]
}
