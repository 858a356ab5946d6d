#!/usr/bin/env bats
# `orch tidy`: what finished tasks have left goes, and never the only copy of work.

bats_require_minimum_version 1.5.0
load helpers/github_project

setup() {
  github_project_start
  github_lean
}

# squash NUMBER: its branch is squashed into the remote's main, as a person does it on GitHub, and its own branch deleted there.
squash() {
  local branch clone
  branch=$(task_field "$1" branch)
  clone=$(mktemp -d "$PROJECT_FOLDER/clone-XXXX")
  git clone --quiet "$REMOTE" "$clone"
  git -C "$clone" merge --quiet --squash "origin/$branch" >/dev/null
  git -C "$clone" commit --quiet -m "Squashed"
  git -C "$clone" push --quiet origin main
  git -C "$clone" push --quiet origin --delete "$branch"
}

# merged NUMBER: GitHub says that its pull request is.
merged() {
  github_admin POST change "{\"repository\":\"octo/demo\",\"number\":$(pull_of "$1"),\"merged\":true}" >/dev/null
}

local_branches() { git for-each-ref --format='%(refname:short)' refs/heads; }

@test "a squashed pull request leaves neither worktree nor branch behind" {
  number=$(in_review)
  worktree=$(task_field "$number" worktree)
  [ -d "$worktree" ]
  squash "$number"
  merged "$number"
  run -0 "$ORCH" sync
  [[ $output == *"tidy: task $number: removes $worktree, deletes the branch "* ]]
  [ ! -e "$worktree" ]
  [ "$(local_branches)" = main ]
  [ "$(jq -r .worktree_cleaned ".orchestrator/tasks/$number.json")" = 1 ]
  run -0 "$ORCH" tidy --dry-run
  [[ $output != *removes*"$worktree"* ]]
}

@test "a squash that git alone does not see, since the base has moved on, is known from GitHub" {
  number=$(in_review)
  worktree=$(task_field "$number" worktree)
  squash "$number"
  clone=$(mktemp -d "$PROJECT_FOLDER/later-XXXX")
  git clone --quiet "$REMOTE" "$clone"
  echo "Something else entirely" >"$clone/NOTES.md"
  git -C "$clone" commit --quiet -am "Rewrite" && git -C "$clone" push --quiet
  merged "$number"
  run -0 "$ORCH" sync
  [ ! -e "$worktree" ]
}

@test "work that is nowhere else stays, and is said once" {
  number=$(in_review)
  worktree=$(task_field "$number" worktree)
  merged "$number"
  echo precious >"$worktree/precious"
  git -C "$worktree" add precious
  git -C "$worktree" commit --quiet -m "Mine alone"
  run -0 "$ORCH" sync
  [[ $output == *"tidy: task $number: kept: commit "*"neither on the remote nor merged"* ]]
  run -0 "$ORCH" sync
  [[ $output != *kept* ]]
  [ -f "$worktree/precious" ]
  # Who asks hears it again.
  run -0 "$ORCH" tidy
  [[ $output == *kept* ]]
  git -C "$worktree" push --quiet origin HEAD
  run -0 "$ORCH" tidy
  [ ! -e "$worktree" ]
}

@test "uncommitted files, a process and a folder that is no worktree keep it" {
  number=$(in_review)
  worktree=$(task_field "$number" worktree)
  squash "$number"
  merged "$number"
  echo new >"$worktree/new"
  run -0 "$ORCH" sync
  [[ $output == *"has changes that are not committed"* ]]
  rm "$worktree/new"
  (cd "$worktree" && exec tail -f /dev/null) 3>&- &
  pid=$!
  works_there() { [ "$(readlink "/proc/$pid/cwd")" = "$worktree" ]; }
  eventually works_there
  run -0 "$ORCH" tidy
  kill "$pid"
  wait "$pid" || true
  [[ $output == *"process $pid works in $worktree"* ]]
  mv "$worktree/.git" "$PROJECT_FOLDER/dotgit"
  run -0 "$ORCH" tidy
  [[ $output == *"is no worktree of this repository any more, and not empty"* ]]
  [ -f "$worktree/NOTES.md" ]
  mv "$PROJECT_FOLDER/dotgit" "$worktree/.git"
  run -0 "$ORCH" tidy
  [ ! -e "$worktree" ]
}

@test "a dry run removes nothing" {
  number=$(in_review)
  worktree=$(task_field "$number" worktree)
  squash "$number"
  merged "$number"
  "$ORCH" sync --phase merged
  run -0 "$ORCH" tidy --dry-run
  [[ $output == *"tidy: task $number: removes $worktree"* ]]
  [ -d "$worktree" ]
}

@test "attempts go by their age, and live ones stay" {
  number=$(in_review)
  attempt=$(find .orchestrator/attempts -name message.md -path '*attempts*' | head -n 1)
  attempt=${attempt%/message.md}
  run -0 "$ORCH" tidy
  [ -d "$attempt" ]
  find "$attempt" -exec touch -d '40 days ago' {} +
  touch -d '40 days ago' ".orchestrator/$number-prompt-1.txt" ".orchestrator/notes.txt"
  # So do those of commands that are no project's.
  ours=$ORCH_HOME/.orchestrator/attempts/other
  mkdir -p "$ours/3" "$ours/4" && touch -d '40 days ago' "$ours/3"
  run -0 "$ORCH" tidy
  [[ $output == *"removes what is old: 1 attempt, 1 file"*"removes what is old: 1 attempt"* ]]
  [ ! -e "$attempt" ]
  [ ! -e "$ours/3" ] && [ -e "$ours/4" ]
  [ -e .orchestrator/notes.txt ]
  [ "$(task_field "$number" status)" = in_review ]
}
