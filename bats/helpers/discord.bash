# The Discord stand-in for a story: a server of its own for each test.
#
#   setup()    { discord_start; discord_control write '{"text":"hello"}'; }
#   teardown() { discord_stop; }

_discord="${BASH_SOURCE[0]%/*}/../fakes/discord"

# Starts the server; arguments go to `discord start`. Sets DISCORD_ADDRESS, and DISCORD_AUTHORITY, the certificate to trust.
discord_start() {
  local facts
  mkdir -p "$BATS_TEST_TMPDIR/discord"
  facts=$("$_discord" start --folder "$BATS_TEST_TMPDIR/discord" "$@" 3>&-) || return 1
  DISCORD_PID=$(jq -r .pid <<<"$facts")
  DISCORD_ADDRESS=$(jq -r .address <<<"$facts")
  DISCORD_AUTHORITY=$(jq -r '.authority // "-"' <<<"$facts")
}

# Ends the server that `discord_start` started; nothing happens where there is none.
discord_stop() {
  [ -n "${DISCORD_PID:-}" ] || return 0
  kill "$DISCORD_PID" 2>/dev/null || true
  unset DISCORD_PID
}

# discord_control NAME JSON: one of the controls of fakes/discord_standin/control.py; prints its answer.
discord_control() { _discord_ask "$1" --data-raw "$2"; }

_discord_ask() {
  local name=$1
  shift
  curl --silent --show-error --fail-with-body --max-time 60 --cacert "$DISCORD_AUTHORITY" "$@" \
    "${DISCORD_ADDRESS%/api/*}/control/$name"
}

# What is known there of messages, commands, requests and connections, as JSON.
discord_state() { _discord_ask state; }

# discord_shown [CHANNEL]: what the bot has said there (in private by default), a JSON text a line.
discord_shown() {
  _discord_ask "shown?channel=${1:-900}" | jq -c '.[]'
}
