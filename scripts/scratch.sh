# shellcheck shell=bash
# For scripts and stories that play in a folder of their own: nothing of the caller's is read or written.

# scratch_home FOLDER: makes it the home of all that is started from here.
#
# `git config --global` writes to GIT_CONFIG_GLOBAL, or below XDG_CONFIG_HOME where a file of git's is there already; and
# orch, like v0, lets variables move each of its files elsewhere.
scratch_home() {
  export HOME=$1 GIT_CONFIG_GLOBAL=$1/.gitconfig GIT_CONFIG_NOSYSTEM=1
  unset XDG_CONFIG_HOME XDG_CACHE_HOME XDG_DATA_HOME XDG_STATE_HOME
  unset ORCH_HOME CONFIG_PATH STATE_DIR LOCK_PATH PROJECT_DIR JOBS_FILE JOBS_PATH ORCH_BACKEND ORCH_GH_REPO USE_TMUX
  unset POLL_JOBS AGENT_TIMEOUT_SECONDS STUCK_TIMEOUT GH_BACKOFF_MODE GH_TOKEN GITHUB_TOKEN
  mkdir -p "$HOME"
}

# scratch_port: a port of 127.0.0.1 where nothing listens. It is below those that systems give out by themselves (from 32768),
# so nobody is given it before it is used, nor while what uses it is started anew.
scratch_port() {
  local port
  while port=$((20000 + RANDOM % 12000)) && (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
  echo "$port"
}

# The pause of a poll, a tenth of a second; what is waited for decides when it ends.
scratch_pause() { read -r -t 0.1 <> <(:) || true; }
