# A real `systemd --user`, without booting: a manager of the test's own, in a mount and cgroup namespace of its own.
#
#   setup()    { systemd_start; }
#   teardown() { systemd_stop; }
#
# `systemctl --user` and `systemd-run --user` then talk to it. Limits on memory, CPU and tasks are not enforced there.

# shellcheck source=scripts/scratch.sh
. "${BASH_SOURCE[0]%/*}/../../scripts/scratch.sh"

# Skips the test, with the reason, where a manager cannot be had; in CI it fails instead.
systemd_require() {
  local reason=""
  if [ "$(uname -s)" != Linux ]; then
    reason="systemd is Linux's"
  elif ! command -v systemctl >/dev/null || [ -z "$(_systemd_program)" ]; then
    reason="systemd is not installed"
  elif ! unshare --mount --cgroup true 2>/dev/null; then
    reason="namespaces are not permitted here"
  fi
  [ -n "$reason" ] || return 0
  if [ "${CI:-}" = true ]; then
    echo "$reason" >&2
    return 1
  fi
  skip "$reason"
}

_systemd_program() {
  local program
  for program in /usr/lib/systemd/systemd /lib/systemd/systemd; do
    if [ -x "$program" ]; then echo "$program" && return; fi
  done
}

# Starts the manager with a bare environment, as a login gets it: HOME, PATH, nothing of the caller's.
systemd_start() {
  systemd_require || return 1
  # Not below a long TMPDIR: a socket's path has about a hundred bytes (unix(7)).
  SYSTEMD_FOLDER=$(mktemp -d /tmp/orch-sd-XXXXXX)
  scratch_home "$SYSTEMD_FOLDER/home"
  export XDG_RUNTIME_DIR=$SYSTEMD_FOLDER/run
  unset DBUS_SESSION_BUS_ADDRESS XDG_CONFIG_DIRS XDG_DATA_DIRS
  mkdir -p "$HOME/.config/systemd/user"
  mkdir -m 0700 "$XDG_RUNTIME_DIR"
  # Bats waits for whoever holds its descriptor 3.
  env -i HOME="$HOME" PATH=/usr/local/bin:/usr/bin:/bin XDG_RUNTIME_DIR="$XDG_RUNTIME_DIR" USER="$(id -un)" \
    unshare --mount --cgroup bash -c "$_systemd_begin" systemd "$(_systemd_program)" "orch-test-$$-$RANDOM" \
    >"$SYSTEMD_FOLDER/log" 2>&1 3>&- &
  SYSTEMD_PID=$!
  local deadline=$((SECONDS + 60))
  # Its socket answers as soon as it is up.
  until systemctl --user show --property=Version >/dev/null 2>&1; do
    if [ $SECONDS -ge $deadline ] || ! kill -0 "$SYSTEMD_PID" 2>/dev/null; then
      echo "the user manager does not come up:" >&2
      cat "$SYSTEMD_FOLDER/log" >&2
      return 1
    fi
    scratch_pause
  done
}

# shellcheck disable=SC2016 # Expanded by the shell in there.
# Runs in the new namespaces; every mount is gone with the last process in them.
_systemd_begin='
  set -eu
  mount -t cgroup2 none /sys/fs/cgroup
  # With this folder libsystemd takes the machine for one that systemd has booted (sd_booted(3)).
  mount -t tmpfs -o mode=755 none /run/systemd
  mkdir /run/systemd/system
  mkdir "/sys/fs/cgroup/$2"
  echo $$ >"/sys/fs/cgroup/$2/cgroup.procs"
  exec "$1" --user
'

# Ends the manager with everything that runs in it, and takes its files away.
systemd_stop() {
  [ -n "${SYSTEMD_PID:-}" ] || return 0
  kill "$SYSTEMD_PID" 2>/dev/null || true
  local deadline=$((SECONDS + 60))
  while kill -0 "$SYSTEMD_PID" 2>/dev/null; do
    [ $SECONDS -lt $deadline ] || { kill -KILL "$SYSTEMD_PID" && break; }
    scratch_pause
  done
  wait "$SYSTEMD_PID" 2>/dev/null || true
  rm -rf "$SYSTEMD_FOLDER"
  unset SYSTEMD_PID SYSTEMD_FOLDER
}

# systemd_unit NAME: writes a unit of the manager's from standard input, and has it read.
systemd_unit() {
  cat >"$HOME/.config/systemd/user/$1"
  systemctl --user daemon-reload
}

# systemd_until COMMAND...: waits until the command succeeds; else says what the manager has logged.
systemd_until() {
  local deadline=$((SECONDS + 120))
  until "$@"; do
    if [ $SECONDS -ge $deadline ]; then
      echo "in vain: $*" >&2
      cat "$SYSTEMD_FOLDER/log" >&2
      return 1
    fi
    scratch_pause
  done
}
