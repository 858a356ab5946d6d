# A project of a test's own: home, repository, bare remote, tmux socket; with `project_on_github` also an issue tracker.
#
#   setup()    { project_start; }
#   teardown() { project_stop; }

# shellcheck source=scripts/scratch.sh
. "${BASH_SOURCE[0]%/*}/../../scripts/scratch.sh"

# Makes the repository, its remote and a home, makes it a project, and enters it.
project_start() {
  ORCH=${ORCH:-${BASH_SOURCE[0]%/*}/../../.build/release/orch}
  # Not below a long TMPDIR: a tmux socket's path has about a hundred bytes (unix(7)).
  PROJECT_FOLDER=$(mktemp -d "${ORCH_BATS_FOLDER:-/tmp}/orch-bats-XXXXXX")
  scratch_home "$PROJECT_FOLDER/home"
  export ORCH_HOME=$PROJECT_FOLDER/orch TMUX_TMPDIR=$PROJECT_FOLDER ORCH_TMUX_SOCKET=bats ORCH_DEMO_SECONDS=0
  mkdir -p "$PROJECT_FOLDER/bin"
  printf '[user]\n\tname = Ada\n\temail = ada@example.org\n[init]\n\tdefaultBranch = main\n' >"$GIT_CONFIG_GLOBAL"
  REMOTE=$PROJECT_FOLDER/remote.git
  local repositories=$BATS_RUN_TMPDIR/repositories
  [ -d "$repositories" ] || project_repositories "$repositories"
  cp -R "$repositories/work" "$repositories/remote.git" "$PROJECT_FOLDER"
  cd "$PROJECT_FOLDER/work" || return 1
  git remote set-url origin "$REMOTE"
  "$ORCH" init >/dev/null
}

# project_repositories FOLDER: makes there, once for all stories, the repository and its remote, which each copies.
project_repositories() {
  local made
  made=$(mktemp -d "$1-XXXXXX")
  git init --quiet --bare "$made/remote.git"
  git init --quiet "$made/work"
  echo "# Work" >"$made/work/README.md"
  git -C "$made/work" add README.md
  git -C "$made/work" commit --quiet -m Begin
  git -C "$made/work" remote add origin "$made/remote.git"
  git -C "$made/work" push --quiet --set-upstream origin main
  # They appear as a whole. Where another story was first, ours lie in there, and nobody looks at them.
  mv "$made" "$1"
}

# Puts the project on GitHub: the stand-in's octo/demo, whose branches are those of the remote.
project_on_github() {
  github_start
  github_admin POST seed "{\"viewer\":\"octo\",\"repositories\":[{\"full_name\":\"octo/demo\",\"git_dir\":\"$REMOTE\"}]}" \
    >/dev/null
  printf 'gh:\n  repo: octo/demo\n' >.orchestrator.yml
}

# project_issue TITLE [BODY] [LOGIN]: an open issue for the demo agent; prints its number.
project_issue() {
  github_admin POST issues "$(jq -cn --arg title "$1" --arg body "${2:-}" --arg login "${3:-octo}" \
    '{repository: "octo/demo", title: $title, body: $body, login: $login, labels: ["agent:demo"]}')" | jq -r .number
}

# Ends what the test started, proven by its own socket and folder.
project_stop() {
  tmux -L bats kill-server 2>/dev/null || true
  cd / || true
  eventually project_ended
}

# Ends what is left, and removes the folder once there is nothing: what is killed may just have started another program,
# and that one may write into a folder that is being removed.
project_ended() {
  local pid left=0
  for pid in $(project_processes); do
    if kill -9 "$pid" 2>/dev/null; then left=1; fi
  done
  [ "$left" -eq 0 ] && rm -rf "$PROJECT_FOLDER"
}

# ended PID: waits until a process that the test started is over, and gives its exit status.
ended() { eventually is_over "$1" && wait "$1"; }

# end_process PID [SIGNAL]: ends one that the test started.
end_process() {
  kill "-${2:-TERM}" "$1" 2>/dev/null || true
  eventually is_over "$1" || return 1
  # It is a child of this shell's; with what status it ended is not asked for.
  wait "$1" 2>/dev/null || true
}

is_over() { ! kill -0 "$1" 2>/dev/null; }

# store SQL: asks orch's database itself, and waits like everybody else while another writes.
store() { sqlite3 -cmd '.timeout 60000' "$ORCH_HOME/orch.db" "$1"; }

# The processes that carry this test's folder in their environment, this shell's own family left out.
project_processes() {
  local file pid
  # One look for all: there are hundreds of processes, and this is done after each story.
  grep --files-with-matches --null-data --fixed-strings "=$PROJECT_FOLDER/" /proc/[0-9]*/environ 2>/dev/null |
    while IFS= read -r file; do
      pid=${file#/proc/}
      pid=${pid%/environ}
      # That grep, and whatever else has ended since, is none of them.
      [ -e "/proc/$pid" ] || continue
      case " $$ $BASHPID $PPID ${BATS_ROOT_PID:-} " in *" $pid "*) ;; *) echo "$pid" ;; esac
    done
  return 0
}

# Those of them that work for a run, the agent and what it started.
run_processes() {
  local pid
  for pid in $(project_processes); do
    if grep --quiet --null-data '^ORCH_RUN=' "/proc/$pid/environ" 2>/dev/null; then echo "$pid"; fi
  done
}

# task_field TASK FIELD: of `orch task get`.
task_field() { "$ORCH" task get "$1" --json | jq -r ".$2"; }

# eventually COMMAND…: until the command succeeds; prints what was seen last when the time is over. There is one deadline for
# all, far beyond what a busy machine needs: what comes at all costs nothing of it.
eventually() {
  local deadline=$((SECONDS + 120)) seen
  until seen=$("$@" 2>&1); do
    if [ "$SECONDS" -ge "$deadline" ]; then
      printf 'not within the time: %s\n%s\n' "$*" "$seen" >&2
      return 1
    fi
    scratch_pause
  done
}

# A tick, then whether the task has this status: for `eventually`. While a run is live it mostly works by itself: a tick is
# dear, since it asks GitHub, and looking is cheap.
ticked_to() {
  "$ORCH" tick || true
  local status live
  for _ in 1 2 3; do
    read -r status live < <("$ORCH" task get "$1" --json | jq -r '"\(.status) \(any(.runs[]; .live))"')
    echo "status: $status"
    [ "$status" = "$2" ] && return
    [ "$live" = true ] || return 1
    scratch_pause
  done
  return 1
}

# What is on the remote beside main, one branch a line.
remote_branches() { git --git-dir="$REMOTE" for-each-ref --format='%(refname:short)' refs/heads | grep -vx main || true; }

# shim PROGRAM: puts a program of that name first on PATH, whose body is read from standard input. `$real` in it is the
# program that it stands before.
shim() {
  local real
  real=$(command -v "$1")
  {
    echo '#!/usr/bin/env bash'
    printf 'real=%q folder=%q\n' "$real" "$PROJECT_FOLDER"
    cat
  } >"$PROJECT_FOLDER/bin/$1"
  chmod +x "$PROJECT_FOLDER/bin/$1"
  case ":$PATH:" in *":$PROJECT_FOLDER/bin:"*) ;; *) export PATH="$PROJECT_FOLDER/bin:$PATH" ;; esac
}
