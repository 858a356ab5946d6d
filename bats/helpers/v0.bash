# What a user of v0 has: its scripts, its variables, a project on GitHub. After helpers/github and helpers/project.
#
#   setup()    { v0_start; }
#   teardown() { v0_stop; }

v0_start() {
  project_start
  export ORCH
  rm -f "$ORCH_HOME/projects.yml"
  github_start
  github_lean
  github_admin POST seed '{"viewer":"octo","repositories":[{"full_name":"octo/demo"}]}' >/dev/null
  SCRIPTS=$(cd "${BASH_SOURCE[0]%/*}/../../scripts" && pwd)
  export PROJECT_DIR=$PWD STATE_DIR=$PWD/.orchestrator CONFIG_PATH=$ORCH_HOME/config.yml JOBS_FILE=$ORCH_HOME/jobs.yml
  export LOCK_PATH=$STATE_DIR/locks GH_BACKOFF_MODE=skip
  printf 'gh:\n  repo: octo/demo\n' >"$CONFIG_PATH"
}

v0_stop() {
  github_stop
  project_stop
}

# v0 FUNCTION ARGUMENTS…: a function of lib.sh, in a shell of its own.
v0() { bash -c 'source "$0/lib.sh"; "$@"' "$SCRIPTS" "$@"; }

# The issue as GitHub has it, by a filter of jq.
issue() { github_admin GET state | jq -r --argjson n "$1" ".repositories[0].issues[] | select(.number == \$n) | $2"; }

# new_task TITLE [BODY] [LABELS]: by v0's script; prints its number.
new_task() { "$SCRIPTS/add_task.sh" "$@" | sed -n 's/^Added task \([0-9]*\): .*/\1/p'; }

# agent NAME: an agent of that name, a program whose body is read from standard input. Its arguments are a line of
# NAME.calls in $PROJECT_FOLDER each time, what it reads is NAME.input.
agent() {
  # Claude's input stays open until it has answered; the others' ends with the prompt.
  local program=$PROJECT_FOLDER/bin/$1 read=cat
  [ "$1" != claude ] || read='head -n 1'
  {
    echo '#!/usr/bin/env bash'
    # shellcheck disable=SC2016 # It is the agent's shell that expands them.
    printf 'echo "$*" >>%q\n%s >%q\n' "$PROJECT_FOLDER/$1.calls" "$read" "$PROJECT_FOLDER/$1.input"
    cat
  } >"$program"
  chmod +x "$program"
  case ":$PATH:" in *":$PROJECT_FOLDER/bin:"*) ;; *) export PATH="$PROJECT_FOLDER/bin:$PATH" ;; esac
}

# answers NAME JSON: an agent that only prints that.
answers() { agent "$1" < <(printf "cat <<'JSON'\n%s\nJSON\n" "$2"); }

# The task's labels, sorted, with commas between.
labels() { issue "$1" '.labels | map(.name) | sort | join(",")'; }

# Skips a story about recipes where nobody can run them.
needs_just() {
  command -v just >/dev/null && return
  [ "${CI:-}" != true ] || { echo "just is missing: scripts/setup-wheels fetches it" && return 1; }
  skip "just is not installed"
}
