#!/usr/bin/env bats
# Skills: repositories of documents that agents are told to follow.

bats_require_minimum_version 1.5.0
load helpers/project

setup() {
  project_start
  SKILLS=$PROJECT_FOLDER/skills-origin
  git init --quiet "$SKILLS"
  mkdir -p "$SKILLS/tools/deploy" "$SKILLS/review"
  printf -- '---\nname: Deploying\ndescription: "How we deploy."\n---\n\n# Deploy\nPress the red button.\n' >"$SKILLS/tools/deploy/SKILL.md"
  printf -- '---\nname: Review\ndescription: How we review.\n---\nRead twice.\n' >"$SKILLS/review/SKILL.md"
  git -C "$SKILLS" add .
  git -C "$SKILLS" commit --quiet -m One
  mkdir -p "$ORCH_HOME"
  printf 'repositories:\n  - name: ours\n    url: %s\n' "$SKILLS" >"$ORCH_HOME/skills.yml"
}

teardown() { project_stop; }

@test "skills are cloned, listed, and pulled" {
  run -0 "$ORCH" skills sync
  [[ $output == "ours: at "* ]]
  run -0 "$ORCH" skills list --json
  [ "$(jq -r '.[] | "\(.id) \(.name): \(.description)"' <<<"$output")" = "review Review: How we review.
deploy Deploying: How we deploy." ]
  echo More >>"$SKILLS/review/SKILL.md"
  git -C "$SKILLS" commit --quiet -am Two
  run -0 "$ORCH" skills sync
  grep -q More "$ORCH_HOME/skills/ours/review/SKILL.md"
}

@test "a pin is held to, and moves when it is moved" {
  first=$(git -C "$SKILLS" rev-parse HEAD)
  echo More >>"$SKILLS/review/SKILL.md"
  git -C "$SKILLS" commit --quiet -am Two
  printf '    pin: %s\n' "$first" >>"$ORCH_HOME/skills.yml"
  run -0 "$ORCH" sync --phase skills
  [[ $output$stderr == *"skills ours: is cloned"* ]]
  [ "$(git -C "$ORCH_HOME/skills/ours" rev-parse HEAD)" = "$first" ]
  run -0 --separate-stderr "$ORCH" sync --phase skills
  [ -z "$output$stderr" ]
  second=$(git -C "$SKILLS" rev-parse HEAD)
  sed -i "s/$first/$second/" "$ORCH_HOME/skills.yml"
  run -0 "$ORCH" sync --phase skills
  [ "$(git -C "$ORCH_HOME/skills/ours" rev-parse HEAD)" = "$second" ]
}

@test "a repository that cannot be had is said, and stops no other; its hooks never run" {
  printf '#!/bin/sh\ntouch %s/hooked\n' "$PROJECT_FOLDER" >"$SKILLS/.git/hooks/post-checkout"
  chmod +x "$SKILLS/.git/hooks/post-checkout"
  printf 'repositories:\n  - {name: gone, url: %s/gone}\n  - {name: ../evil, url: %s}\n  - {name: evil, url: "ext::sh -c id"}\n  - {name: ours, url: %s}\n' \
    "$PROJECT_FOLDER" "$SKILLS" "$SKILLS" >"$ORCH_HOME/skills.yml"
  run -1 "$ORCH" skills sync
  [[ $output == *gone*"ours: at "* ]]
  [ "$(ls "$ORCH_HOME/skills")" = ours ]
  [ ! -e "$PROJECT_FOLDER/hooked" ]
}

@test "an agent is given what its label and the configuration name, and told of the rest" {
  "$ORCH" skills sync
  printf 'workflow:\n  required_skills: [review]\n' >.orchestrator.yml
  "$ORCH" task add "Deploy it" "Now." --agent demo --label skill:deploy
  "$ORCH" tick --wait
  prompt=$(grep -rl --include=system.md "Press the red button" .orchestrator | head -n 1)
  grep -q "review (required)" "$prompt"
  grep -q "Read twice" "$prompt"
}
