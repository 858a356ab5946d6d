#!/usr/bin/env bats
# v0's scripts about pull requests, boards and skills: `review_prs.sh`, `gh_project_*.sh`, `skills_*.sh`, `make-pr-body.sh`.

bats_require_minimum_version 1.5.0
load ../helpers/github
load ../helpers/project
load ../helpers/v0

setup() {
  v0_start
  cat >"$PROJECT_FOLDER/critic" <<CRITIC
#!/usr/bin/env bash
cat >>"$PROJECT_FOLDER/prompts"
cat "$PROJECT_FOLDER/review.json"
CRITIC
  chmod +x "$PROJECT_FOLDER/critic"
  cat >"$CONFIG_PATH" <<YAML
gh:
  repo: octo/demo
workflow:
  enable_review_agent: true
  review_agent: critic
agents:
  critic:
    command: [$PROJECT_FOLDER/critic]
YAML
  : >"$PROJECT_FOLDER/prompts"
  LEDGER=$STATE_DIR/pr_reviews_octo_demo.tsv
}
teardown() { v0_stop; }

verdict() { printf '{"decision":"%s","notes":"%s"}\n' "$1" "$2" >"$PROJECT_FOLDER/review.json"; }
prompts() { grep -c '^You review pull request' "$PROJECT_FOLDER/prompts" || true; }
pull() { github_admin GET state | jq -r --argjson n "$1" ".repositories[0].pulls[] | select(.number == \$n) | $2"; }

# open_pull [LOGIN] [MORE]: one that a person made; prints its number.
open_pull() {
  github_admin POST issues "$(jq -cn --arg login "${1:-dev}" --argjson more "${2:-{\}}" '{repository: "octo/demo", title: "Add a feature",
    body: "Implements it", login: $login, pull: ({head: "feat/x", base: "main", sha: ("a" * 40),
    files: [{filename: "test.sh", status: "added", patch: "@@ -0,0 +1 @@\n+echo hello"}]} + $more)}')" | jq -r .number
}

@test "without the switch nothing is asked and nobody reviews" {
  sed -i 's/enable_review_agent: true/enable_review_agent: false/' "$CONFIG_PATH"
  open_pull
  run -0 "$SCRIPTS/review_prs.sh"
  [ -z "$output$(github_requests)" ]
}

@test "no open pull request is no work" {
  run -0 "$SCRIPTS/review_prs.sh"
  [ ! -s "$LEDGER" ]
}

@test "a new pull request is reviewed there and then, whoever wrote it, and noted" {
  github_real
  verdict approve "Clean."
  number=$(open_pull)
  run -0 "$SCRIPTS/review_prs.sh"
  [ "$(pull "$number" '.reviews[0].state')" = APPROVED ]
  [[ $(pull "$number" '.reviews[0].body') == *"Automated Review — Approve"*Clean.* ]]
  grep -q '+echo hello' "$PROJECT_FOLDER/prompts"
  [[ $(cat "$LEDGER") == "$number	aaaaaaaa"*"	approve	2"*"	Add a feature" ]]
  run -0 "$SCRIPTS/review_prs.sh"
  [ "$(prompts)" = 1 ]
}

@test "where every agent is switched off, the router's fallback reviews" {
  sed -i 's/review_agent: critic/review_agent: round_robin/' "$CONFIG_PATH"
  printf 'router:\n  fallback_executor: claude\n  disabled_agents: [claude, codex, critic]\n' >>"$CONFIG_PATH"
  answers claude '{"decision":"approve","notes":"Clean."}'
  number=$(open_pull)
  run -0 "$SCRIPTS/review_prs.sh"
  [[ $(cat "$LEDGER") == "$number	"*"	approve	"* ]]
  [ "$(wc -l <"$PROJECT_FOLDER/claude.calls")" = 1 ]
}

@test "a new commit is reviewed anew; one that v0 has noted is not" {
  verdict request_changes "Tests are missing."
  number=$(open_pull)
  mkdir -p "$STATE_DIR"
  printf '%s\t%s\tapprove\t2026-01-01T00:00:00Z\tEarlier\n' "$number" "$(printf 'a%.0s' {1..40})" >"$LEDGER"
  run -0 "$SCRIPTS/review_prs.sh"
  [ "$(prompts)" = 0 ]
  github_admin POST pull "{\"repository\":\"octo/demo\",\"number\":$number,\"sha\":\"$(printf 'b%.0s' {1..40})\"}" >/dev/null
  run -0 "$SCRIPTS/review_prs.sh"
  [ "$(wc -l <"$LEDGER")" = 2 ]
  grep -q "^$number	bbbb.*	request_changes	" "$LEDGER"
  [ "$(pull "$number" '.reviews[0].state')" = CHANGES_REQUESTED ]
}

@test "drafts wait, unless they are asked for" {
  verdict approve "x"
  open_pull dev '{"draft":true}'
  run -0 "$SCRIPTS/review_prs.sh"
  [ "$(prompts)" = 0 ]
  REVIEW_DRAFTS=true run -0 "$SCRIPTS/review_prs.sh"
  [ "$(prompts)" = 1 ]
}

@test "the owner's comment merges, once, and is noted" {
  github_real
  verdict approve "x"
  number=$(open_pull)
  "$SCRIPTS/review_prs.sh"
  github_admin POST comments "{\"repository\":\"octo/demo\",\"number\":$number,\"login\":\"dev\",\"body\":\"merge\"}" >/dev/null
  run -0 "$SCRIPTS/review_prs.sh"
  [ "$(pull "$number" .state)" = open ]
  github_admin POST comments "{\"repository\":\"octo/demo\",\"number\":$number,\"login\":\"octo\",\"body\":\"Ship it\"}" >/dev/null
  MERGE_STRATEGY=rebase run -0 "$SCRIPTS/review_prs.sh"
  [ "$(pull "$number" .merged_at)" != null ]
  grep -q "^merge	$number	" "$LEDGER"
}

@test "a rejected one is closed; an agent that answers nonsense leaves no trace" {
  verdict reject "Made up."
  number=$(open_pull)
  run -0 "$SCRIPTS/review_prs.sh"
  [ "$(pull "$number" .state)" = closed ]
  echo "LGTM!" >"$PROJECT_FOLDER/review.json"
  other=$(open_pull)
  run -0 "$SCRIPTS/review_prs.sh"
  [ "$(pull "$other" '.reviews | length')" = 0 ]
  run ! grep -q "^$other	" "$LEDGER"
}

@test "a board's columns are found by name, shown, and put into the configuration" {
  github_real
  board=$(github_admin POST boards '{"title":"Work","columns":["backlog","In Progress","Review","Done"]}')
  export GITHUB_PROJECT_ID
  GITHUB_PROJECT_ID=$(jq -r .id <<<"$board")
  run -0 "$SCRIPTS/gh_project_info.sh"
  [[ $output == "Project:"*Work*"Status options:"*"In Progress  $(jq -r '.options[1].id' <<<"$board")"* ]]
  run -0 "$SCRIPTS/gh_project_info.sh" --fix
  [[ $output == *"Applied Status field and option IDs to config.yml"* ]]
  [ "$("$ORCH" config get gh.project_status_map.backlog)" = "$(jq -r '.options[0].id' <<<"$board")" ]
  [ "$("$ORCH" config get gh.project_status_field_id)" = "$(jq -r .field <<<"$board")" ]
  unset GITHUB_PROJECT_ID
  run -1 "$SCRIPTS/gh_project_apply.sh"
  [[ $output == *"Missing gh.project_id"* ]]
}

@test "the bare clones of a home are listed, by their remote or their folder" {
  run -0 "$SCRIPTS/gh_project_list.sh"
  [[ $output == "No managed bare-clone projects found"* ]]
  git init --quiet --bare "$ORCH_HOME/projects/acme/widget.git"
  git -C "$ORCH_HOME/projects/acme/widget.git" config remote.origin.url git@github.com:Acme/Widget.git
  git init --quiet --bare "$ORCH_HOME/projects/foo/bar.git"
  run -0 "$SCRIPTS/gh_project_list.sh"
  [[ $output == REPO*PATH*"Acme/Widget  $ORCH_HOME/projects/acme/widget.git"*"foo/bar"*"$ORCH_HOME/projects/foo/bar.git"* ]]
}

@test "skills are synced, catalogued and put into a prompt, below the home" {
  origin=$PROJECT_FOLDER/origin
  git init --quiet "$origin"
  mkdir "$origin/deploy"
  printf -- '---\nname: Deploying\ndescription: How.\n---\nPress it.\n' >"$origin/deploy/SKILL.md"
  git -C "$origin" add . && git -C "$origin" commit --quiet -m One
  run -0 "$SCRIPTS/skills_sync.sh"
  [[ $output == *"[skills_sync] no skills.yml found"* ]]
  printf 'repositories:\n  - name: ours\n    url: %s\nskills: []\n' "$origin" >"$ORCH_HOME/skills.yml"
  run -0 "$SCRIPTS/skills_sync.sh"
  [[ $output == *"cloning ours"*"done (dir=$ORCH_HOME/skills)"* ]]
  [ "$(v0 build_skills_catalog "$ORCH_HOME/skills" | jq -c .)" = '[{"id":"deploy","name":"Deploying","description":"How."}]' ]
  [ "$(v0 build_skills_catalog "$PROJECT_FOLDER/nowhere")" = '[]' ]
  [[ $(v0 build_skills_docs deploy,none) == *deploy*"Press it."* ]]
  [ -z "$(v0 build_skills_docs '')" ]
  run -0 "$SCRIPTS/skills_list.sh"
  [[ $output == "No skills in catalog"* ]]
}

@test "a pull request's text is made of its commits" {
  tree=$PROJECT_FOLDER/tree
  mkdir -p "$tree" && cp -r "$SCRIPTS" "$tree/scripts"
  git -C "$tree" init --quiet && git -C "$tree" commit --quiet --allow-empty -m Begin
  git -C "$tree" checkout --quiet -b gh-task-12-x && git -C "$tree" commit --quiet --allow-empty -m "Add a thing"
  run -0 "$tree/scripts/make-pr-body.sh"
  [ "$(cat "$tree/.orchestrator/pr-title.txt")" = "Add a thing" ]
  [[ $(cat "$tree/.orchestrator/pr-body.md") == "## Summary"*"- Add a thing"*"Closes #12" ]]
}
