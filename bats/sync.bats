#!/usr/bin/env bats
# `orch sync`: what happens to pull requests, worktrees and words, by the real gh, git and SQLite.

bats_require_minimum_version 1.5.0
load helpers/github_project

setup() {
  github_project_start
  github_lean
}

# end_pull NUMBER JSON: what a person does to a pull request.
end_pull() { github_admin POST change "$(jq -cn --argjson n "$1" "$2 + {repository: \"octo/demo\", number: \$n}")" >/dev/null; }

@test "a merged pull request ends its task, and a second sync has nothing to do" {
  github_real
  number=$(in_review)
  [ "$(task_field "$number" status)" = in_review ]
  end_pull "$(pull_of "$number")" '{merged: true}'
  run -0 "$ORCH" sync
  [[ $output == *"merged: task $number: pull request "*" is merged; now done"* ]]
  [ "$(task_field "$number" status)" = "done" ]
  labels "$number" | grep -qx status:done
  [ "$(state | jq -r --argjson n "$number" '.repositories[0].issues[] | select(.number == $n) | .state')" = closed ]
  before=$(github_requests | wc -l)
  run -0 --separate-stderr "$ORCH" sync --phase merged
  [ -z "$output" ]
  [ "$(github_requests | wc -l)" = "$before" ]
}

@test "a pull request that is closed unmerged puts its task before a person, once" {
  number=$(in_review)
  end_pull "$(pull_of "$number")" '{state: "closed"}'
  run -0 "$ORCH" sync
  [[ $output == *"closed unmerged"* ]]
  [ "$(task_field "$number" status)" = needs_review ]
  run -0 "$ORCH" sync
  [[ $output != *"closed unmerged"* ]]
  [ "$(comments "$number" | grep -c "was closed without being merged")" = 1 ]
}

@test "a task that stays in review costs one call a sync, answered from memory" {
  github_real
  in_review >/dev/null
  "$ORCH" sync
  before=$(github_requests | wc -l)
  run -0 --separate-stderr "$ORCH" sync --phase merged
  [ -z "$output" ]
  [ "$(github_requests | wc -l)" = "$((before + 1))" ]
  [ "$(github_requests | tail -n 1)" = "GET /repos/octo/demo/pulls 304" ]
}

@test "a dry run says what would be done, and does nothing" {
  number=$(in_review)
  end_pull "$(pull_of "$number")" '{merged: true}'
  run -0 "$ORCH" sync --dry-run
  [[ $output == *"now done"* ]]
  [ "$(task_field "$number" status)" = in_review ]
  run -0 "$ORCH" sync --dry-run --json
  [ "$(jq -r '.decisions[0].phase' <<<"$output")" = merged ]
}

# comment NUMBER TEXT [LOGIN]: what a person says in a thread.
comment() {
  github_admin POST comments "$(jq -cn --argjson n "$1" --arg body "$2" --arg login "${3:-octo}" \
    '{repository: "octo/demo", number: $n, body: $body, login: $login}')" >/dev/null
}

# An issue that is no task: agents are kept from it.
talk() {
  github_admin POST issues "$(jq -cn --arg title "$1" \
    '{repository: "octo/demo", title: $title, body: "A talk.", login: "octo", labels: ["no-agent"]}')" | jq -r .number
}

internal_tasks() { "$ORCH" task list --json | jq -r '.[] | select(.backend == "internal") | .id'; }

@test "a mention becomes a task, is acknowledged once, and its result is shown where it was asked for" {
  github_real
  number=$(talk "Which way?")
  comment "$number" "Dear @Orch, please add a line to NOTES.md."
  run -0 "$ORCH" sync
  [[ $output == *"mentions: comment "*" on #$number: “octo” calls; becomes a task"* ]]
  run -0 "$ORCH" sync
  [[ $output != *becomes* ]]
  task=$(internal_tasks)
  [ "$task" = i1 ]
  [ "$(comments "$number" | grep -c "task i1")" = 1 ]
  "$ORCH" task route "$task" demo >/dev/null
  "$ORCH" tick --wait 2>/dev/null
  run -0 "$ORCH" sync
  [[ $output == *"its result is shown on #$number"* ]]
  run -0 "$ORCH" sync
  [ "$(comments "$number" | grep -c "Mention task: i1")" = 1 ]
}

@test "names in quotes, code, words of others and closed threads are no mentions" {
  number=$(talk "Quiet")
  comment "$number" $'> @orchestrator do it\n\nNo.'
  comment "$number" $'```\n@orchestrator do it\n```'
  comment "$number" 'I saw "@orch do it" and `@orch do it`, and <!-- @orch do it -->'
  comment "$number" "mail me@orch.dev or @orch-dev, @orch/team"
  comment "$number" "@orch do it" mallory
  comment "$number" "@orch do it" "helper[bot]"
  closed=$(talk "Over")
  comment "$closed" "@orch do it"
  github_admin POST change "{\"repository\":\"octo/demo\",\"number\":$closed,\"state\":\"closed\"}" >/dev/null
  run -0 "$ORCH" sync
  [[ $output == *"“mallory” may not drive orch here"* ]]
  [[ $output == *"its thread is closed"* ]]
  [ -z "$(internal_tasks)" ]
  [ "$(github_requests | grep -c POST)" = 0 ]
}

@test "two bots that answer each other come to an end" {
  number=$(talk "Loop")
  github_admin POST seed '{"repositories":[{"full_name":"octo/demo","collaborators":{"parrot":"write"}}]}' >/dev/null
  for _ in $(seq 1 12); do
    comment "$number" "@orch I say: $RANDOM" parrot
    comment "$number" "@orch and I say: $RANDOM" "echo[bot]"
    "$ORCH" sync 2>/dev/null
  done
  [ "$(internal_tasks | wc -l)" = 5 ]
  [ "$(comments "$number" | grep -c "On it: task")" = 5 ]
}

@test "a comment of 60,000 characters is read as any other" {
  number=$(talk "Long")
  comment "$number" "@orch read this: $(head -c 60000 /dev/zero | tr '\0' '`')"
  run -0 "$ORCH" sync
  [ "$(internal_tasks)" = i1 ]
}

@test "the owner's commands are obeyed once and answered; a stranger's are not" {
  number=$(in_review)
  comment "$number" "/retry" mallory
  run -0 "$ORCH" sync
  [[ $output == *"“mallory” may not drive orch here"* ]]
  [ "$(task_field "$number" status)" = in_review ]
  comment "$number" $'/ASSIGN demo\nand be quick'
  run -0 "$ORCH" sync
  [[ $output == *"commands: task $number: \`/assign\` by “octo”"* ]]
  [ "$(task_field "$number" status)" = routed ]
  run -0 "$ORCH" sync
  [[ $output != *assign* ]]
  [ "$(comments "$number" | grep -c "Applied")" = 1 ]
  comment "$number" "/nonsense"
  comment "$number" "/help"
  comment "$number" "/pause"
  run -0 "$ORCH" sync
  [ "$(comments "$number" | grep -c "unknown command: \`/nonsense\`")" = 1 ]
  [ "$(comments "$number" | grep -c "Supported commands:")" = 1 ]
  run -0 "$ORCH" tick
  [[ $output != *dispatch* ]]
  comment "$number" "/close"
  run -0 "$ORCH" sync
  [ "$(task_field "$number" status)" = "done" ]
  [ "$(state | jq -r --argjson n "$number" '.repositories[0].issues[] | select(.number == $n) | .state')" = closed ]
}

@test "plain words of the owner send a task back to its agent; /retry opens a closed one" {
  number=$(in_review)
  comment "$number" "Please add a second line."
  run -0 "$ORCH" sync
  [[ $output == *"goes on with what “octo” says"* ]]
  "$ORCH" tick --wait 2>/dev/null
  [ "$(task_field "$number" status)" = in_review ]
  run -0 "$ORCH" sync
  [[ $output != *"goes on"* ]]
  end_pull "$(pull_of "$number")" '{merged: true}'
  "$ORCH" sync
  [ "$(task_field "$number" status)" = "done" ]
  "$ORCH" tick 2>/dev/null
  comment "$number" "Thank you!"
  comment "$number" "/retry"
  run -0 "$ORCH" sync
  [[ $output != *"goes on"* ]]
  [ "$(task_field "$number" status)" = new ]
}

# Whether a sync asks anything that GitHub does not answer from memory. What checks say has no ETag.
is_quiet() {
  : >"$GITHUB_LOG"
  "$ORCH" sync
  [ "$(github_requests | grep -v ':Checks 200$' | grep -vc ' 304$')" = 0 ]
}

@test "quiet syncs post nothing and start no agent, also with a pull request in review" {
  github_real
  in_review >/dev/null
  # In the seconds after a change there may be more of it.
  eventually is_quiet
  runs=$(find . "$ORCH_HOME" -path '*attempts*' -name message.md | wc -l)
  for _ in $(seq 1 10); do is_quiet; done
  [ "$(find . "$ORCH_HOME" -path '*attempts*' -name message.md | wc -l)" = "$runs" ]
}
