# A project on GitHub, which most stories begin with: in place of helpers/github and helpers/project.
#
# A file that needs more defines a setup of its own, and begins it with `github_project_start`.

# shellcheck source=bats/helpers/github.bash
. "${BASH_SOURCE[0]%/*}/github.bash"
# shellcheck source=bats/helpers/project.bash
. "${BASH_SOURCE[0]%/*}/project.bash"

github_project_start() {
  project_start
  project_on_github
}

setup() { github_project_start; }

teardown() {
  github_stop
  project_stop
}

# All that the stand-in knows, as JSON.
state() { github_admin GET state; }

# labels ISSUE: sorted, a line each.
labels() { state | jq -r --argjson n "$1" '.repositories[0].issues[] | select(.number == $n) | .labels[].name' | sort; }

# comments ISSUE: their texts.
comments() { state | jq -r --argjson n "$1" '.repositories[0].issues[] | select(.number == $n) | .comments[].body'; }

# pull NUMBER: a pull request as JSON.
pull() { state | jq -c --argjson n "$1" '.repositories[0].pulls[] | select(.number == $n)'; }

# pull_of TASK: the number of its pull request.
pull_of() { task_field "$1" pull_request | sed 's|.*/||'; }

# A task of the demo agent's whose pull request is open; prints its number.
in_review() {
  local number
  number=$(project_issue "Say hello" "Add a line to NOTES.md.")
  "$ORCH" tick --wait 2>/dev/null
  echo "$number"
}
