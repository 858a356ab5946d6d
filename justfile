# `just` lists what there is. The first group is for who works on orch; the others are v0's recipes, each handing over to the
# program or to one of v0's scripts, which do so themselves. They work where they are called: `[no-cd]`.

set shell := ["bash", "-euo", "pipefail", "-c"]
set positional-arguments

# The program built here, else the installed one.
built := justfile_directory() / ".build/release/orch"
orch := env("ORCH", if path_exists(built) == "true" { built } else { "orch" })
scripts := justfile_directory() / "scripts"
# A recipe of this file, from wherever we are.
recipe := quote(just_executable()) + " --justfile " + quote(justfile()) + " --working-directory ."

_default:
    @just --list --unsorted

# Build the release program: .build/release/orch
[group('develop')]
build *args:
    @scripts/build "$@"

# Run everything that has to pass, or the parts named: setup, lint, swift, build, bats, readme
[group('develop')]
test *parts:
    @scripts/test "$@"

# Run the Swift tests whose names match, such as `SHA2Tests` or `SHA256Tests/vectors`
[group('develop')]
unit filter:
    swift test --filter "$1"

# Check the formatting of Swift and the shell scripts
[group('develop')]
lint:
    @scripts/test lint

# Format the Swift sources in place
[group('develop')]
format:
    swift format --in-place --parallel --recursive Package.swift Sources Tests

# Lint, and hold the tree to STYLE.md: before every commit
[group('develop')]
check: lint
    swift test --filter HouseStyleTests

# Measure what the README says of speed
[group('develop')]
bench *args:
    @scripts/bench "$@"

# Show one task from words to a pushed commit, in a scratch folder
[group('develop')]
demo *args:
    @scripts/demo "$@"

# Look at the world once, do what is due, exit
[group('tasks')]
[no-cd]
tick *args:
    @"{{ orch }}" tick "$@"

# Tasks: status, report, list, tree, add, plan, route, run, next, poll, retry, unblock, agent, stream, rejoin, watch, unlock, review, attach, live, kill
[group('tasks')]
[no-cd]
task target *args:
    #!/usr/bin/env bash
    set -euo pipefail
    case "$1" in
      # What v0 has no word for.
      get | why | say | publish) exec "{{ orch }}" task "$@" ;;
      *) exec {{ recipe }} "_task_$1" "${@:2}" ;;
    esac

[private]
[no-cd]
_task_status *args:
    @"{{ scripts }}/status.sh" "$@"

[private]
[no-cd]
_task_report *args:
    @"{{ scripts }}/progress_report.sh" "$@"

[private]
[no-cd]
_task_list:
    @"{{ scripts }}/list_tasks.sh"

[private]
[no-cd]
_task_tree:
    @"{{ scripts }}/tree.sh"

[private]
[no-cd]
_task_add *args:
    @"{{ scripts }}/add_task.sh" "$@"

# PLAN_INTERACTIVE=0 records the task for an agent to split, without a conversation
[private]
[no-cd]
_task_plan title body="" labels="":
    #!/usr/bin/env bash
    set -euo pipefail
    if [ "${PLAN_INTERACTIVE:-1}" = 0 ]; then exec "{{ scripts }}/add_task.sh" "$1" "$2" "plan,$3"; fi
    exec "{{ scripts }}/plan_chat.sh" "$@"

[private]
[no-cd]
_task_route id="":
    @"{{ scripts }}/route_task.sh" ${1:+"$1"}

[private]
[no-cd]
_task_run id="":
    @"{{ scripts }}/run_task.sh" ${1:+"$1"}

[private]
[no-cd]
_task_next:
    @"{{ scripts }}/next.sh"

[private]
[no-cd]
_task_poll jobs="4":
    @POLL_JOBS="$1" "{{ scripts }}/poll.sh"

[private]
[no-cd]
_task_retry id:
    @"{{ scripts }}/retry_task.sh" "$1"

[private]
[no-cd]
_task_unblock id:
    #!/usr/bin/env bash
    set -euo pipefail
    if [ "$1" = all ]; then exec "{{ scripts }}/unblock_all.sh"; fi
    exec "{{ scripts }}/retry_task.sh" "$1"

[private]
[no-cd]
_task_agent id agent:
    @"{{ scripts }}/set_agent.sh" "$1" "$2"

[private]
[no-cd]
_task_stream id:
    @"{{ scripts }}/stream_task.sh" "$1"

[private]
[no-cd]
_task_rejoin jobs="4":
    @POLL_JOBS="$1" "{{ scripts }}/rejoin.sh"

[private]
[no-cd]
_task_watch interval="10":
    @"{{ scripts }}/watch.sh" "$1"

[private]
[no-cd]
_task_unlock:
    @"{{ scripts }}/unlock.sh"

[private]
[no-cd]
_task_review:
    @"{{ scripts }}/review_prs.sh"

[private]
[no-cd]
_task_attach id:
    @"{{ scripts }}/task_attach.sh" "$1"

[private]
[no-cd]
_task_live:
    @"{{ scripts }}/task_live.sh"

[private]
[no-cd]
_task_kill id:
    @"{{ scripts }}/task_kill.sh" "$1"

# Scheduled jobs: add, list, info, remove, enable, disable, tick
[group('tasks')]
[no-cd]
job target *args:
    @{{ recipe }} "_job_$1" "${@:2}"

[private]
[no-cd]
_job_add *args:
    @"{{ scripts }}/jobs_add.sh" "$@"

[private]
[no-cd]
_job_info id:
    @"{{ scripts }}/jobs_info.sh" "$1"

[private]
[no-cd]
_job_list:
    @"{{ scripts }}/jobs_list.sh"

[private]
[no-cd]
_job_remove id:
    @"{{ scripts }}/jobs_remove.sh" "$1"

[private]
[no-cd]
_job_enable id:
    @"{{ scripts }}/jobs_enable.sh" "$1"

[private]
[no-cd]
_job_disable id:
    @"{{ scripts }}/jobs_disable.sh" "$1"

[private]
[no-cd]
_job_tick:
    @"{{ scripts }}/jobs_tick.sh"

# Talk with an agent about the tasks here
[group('agents')]
[no-cd]
chat:
    @"{{ scripts }}/chat.sh"

# Tasks, cost, projects and worktrees on one page
[group('agents')]
[no-cd]
dashboard:
    @"{{ scripts }}/dashboard.sh"

# The agents that are installed
[group('agents')]
[no-cd]
agents:
    @"{{ scripts }}/agents.sh"

# Skills: list, sync
[group('agents')]
[no-cd]
skills target *args:
    @{{ recipe }} "_skills_$1" "${@:2}"

[private]
[no-cd]
_skills_list:
    @"{{ scripts }}/skills_list.sh"

[private]
[no-cd]
_skills_sync:
    @"{{ scripts }}/skills_sync.sh"

# Make the folder here a project
[group('setting up')]
[no-cd]
init *args:
    @"{{ scripts }}/init.sh" "$@"

# Boards and clones: info, create, add, list
[group('setting up')]
[no-cd]
project target *args:
    @{{ recipe }} "_project_$1" "${@:2}"

[private]
[no-cd]
_project_info *args:
    @"{{ scripts }}/gh_project_info.sh" "$@"

[private]
[no-cd]
_project_create title="":
    @"{{ scripts }}/gh_project_create.sh" "$1"

[private]
[no-cd]
_project_add *args:
    @"{{ scripts }}/project_add.sh" "$@"

[private]
[no-cd]
_project_list org="" user="":
    @"{{ scripts }}/gh_project_list.sh" "$1" "$2"

# The configuration: check, get, set, unset
[group('setting up')]
[no-cd]
config target *args:
    @"{{ orch }}" config "$@"

# What is missing, each with its fix
[group('setting up')]
[no-cd]
doctor *args:
    @"{{ orch }}" doctor "$@"

# GitHub is asked by every tick: pull, push, sync
[group('setting up')]
[no-cd]
gh target *args:
    @{{ recipe }} "_gh_$1" "${@:2}"

[private]
_gh_pull:
    @echo "GitHub is the native backend — no pull needed."

[private]
_gh_push:
    @echo "GitHub is the native backend — no push needed."

[private]
_gh_sync:
    @echo "GitHub is the native backend — no sync needed."

# The version
[group('setting up')]
[no-cd]
version:
    @if [ -n "${ORCH_VERSION:-}" ]; then echo "$ORCH_VERSION"; else "{{ orch }}" version; fi

# The logs, or `watch` to follow them
[group('service')]
[no-cd]
log tail="50":
    #!/usr/bin/env bash
    set -euo pipefail
    home=${ORCH_HOME:-$HOME/.orch}
    [ -d "$home" ] || home=$HOME/.orchestrator
    brew=${HOMEBREW_PREFIX:-/opt/homebrew}/var/log
    files=()
    for file in "$home"/.orchestrator/orchestrator{,.error}.log "$brew"/orchestrator{,.error}.log; do
      [ ! -s "$file" ] || files+=("$file")
    done
    if [ ${#files[@]} -eq 0 ]; then
      echo "No log files found"
      exit 1
    fi
    if [ "$1" = watch ]; then exec tail -f "${files[@]}"; fi
    for file in "${files[@]}"; do printf '=== %s ===\n%s\n\n' "${file##*/}" "$(tail -n "$1" "$file")"; done

# The loop of those without timers: start, serve, stop, restart, info; the timers: install, uninstall, status
[group('service')]
[no-cd]
service target *args:
    #!/usr/bin/env bash
    set -euo pipefail
    if [ "$1" = status ]; then exec "{{ orch }}" service "$@"; fi
    exec {{ recipe }} "_service_$1" "${@:2}"

[private]
[no-cd]
_service_start interval="10":
    #!/usr/bin/env bash
    set -euo pipefail
    if [ "${ORCH_BREW:-}" = 1 ]; then exec brew services start orchestrator; fi
    INTERVAL="$1" TAIL_LOG=1 exec "{{ scripts }}/serve.sh"

# What Homebrew's service runs: `start` would call it again.
[private]
[no-cd]
_service_serve interval="10":
    @INTERVAL="$1" "{{ scripts }}/serve.sh"

[private]
[no-cd]
_service_stop:
    #!/usr/bin/env bash
    set -euo pipefail
    if [ "${ORCH_BREW:-}" = 1 ]; then exec brew services stop orchestrator; fi
    exec "{{ scripts }}/stop.sh"

[private]
[no-cd]
_service_restart:
    #!/usr/bin/env bash
    set -euo pipefail
    if [ "${ORCH_BREW:-}" = 1 ]; then exec brew services restart orchestrator; fi
    exec "{{ scripts }}/restart.sh"

[private]
[no-cd]
_service_info:
    #!/usr/bin/env bash
    set -euo pipefail
    if [ "${ORCH_BREW:-}" = 1 ]; then exec brew services info orchestrator; fi
    exec "{{ orch }}" v0 service_info

[private]
[no-cd]
_service_killall:
    @"{{ scripts }}/stop.sh" --force

[private]
[no-cd]
_service_install *args:
    @"{{ scripts }}/service_install.sh" "$@"

[private]
[no-cd]
_service_uninstall *args:
    @"{{ scripts }}/service_uninstall.sh" "$@"

# Start the loop, or Homebrew's service
[group('service')]
[no-cd]
start:
    @{{ recipe }} _service_start

# Stop it
[group('service')]
[no-cd]
stop:
    @{{ recipe }} _service_stop

# Stop it and start it again
[group('service')]
[no-cd]
restart:
    @{{ recipe }} _service_restart

# Whether it runs
[group('service')]
[no-cd]
status:
    @{{ recipe }} _service_info

# End the loop, the agents and their hosts at once
[group('service')]
[no-cd]
killall:
    @"{{ scripts }}/stop.sh" --force

[private]
[no-cd]
info:
    @{{ recipe }} _service_info

[private]
[no-cd]
serve interval="10":
    @{{ recipe }} _service_serve "$1"

# v0's names of further recipes
[private]
install:
    @scripts/setup.sh

[private]
[no-cd]
service-install:
    @{{ recipe }} _service_install

[private]
[no-cd]
service-uninstall:
    @{{ recipe }} _service_uninstall
