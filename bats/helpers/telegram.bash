# Telegram's stand-in for a story, and a person who writes to the bot; after helpers/project.
#
#   setup()    { project_start; telegram_start; listen_start; }
#   teardown() { listen_stop; telegram_stop; project_stop; }

_telegram_server="${BASH_SOURCE[0]%/*}/../fakes/telegram-server"

# Starts the stand-in and configures orch for it; the person 4711 is the owner, 4712 may look.
telegram_start() {
  local started
  # It prints its pid and port once it listens, so there is nothing to wait for.
  started=$("$_telegram_server" start "$@") || return 1
  TELEGRAM_PID=${started% *} TELEGRAM_PORT=${started#* }
  cat >"$ORCH_HOME/config.yml" <<YAML
listen: {address: "", webhooks: false}
telegram: {token: "4242:stand-in", api_url: "http://127.0.0.1:$TELEGRAM_PORT"}
people: {telegram: {4711: owner, 4712: viewer}}
YAML
}

telegram_stop() {
  [ -n "${TELEGRAM_PID:-}" ] || return 0
  kill "$TELEGRAM_PID" 2>/dev/null || true
  unset TELEGRAM_PID
}

# telegram_admin METHOD NAME [JSON]: one of the controls of fakes/telegram_standin/admin.py; prints its answer.
telegram_admin() {
  curl --silent --show-error --fail-with-body --max-time 60 --request "$1" ${3:+--data-raw "$3"} \
    "http://127.0.0.1:$TELEGRAM_PORT/__admin/$2"
}

# writes TEXT [FROM] [REPLY_TO]: a person writes to the bot, in their own chat.
# shellcheck disable=SC2016 # jq expands them.
writes() {
  telegram_admin POST write "$(jq -cn --arg text "$1" --argjson from "${2:-4711}" --arg reply "${3:-}" \
    '{chat: $from, text: $text} + if $reply == "" then {} else {reply_to: ($reply | tonumber)} end')" >/dev/null
}

# What the bot has said, to one person where one is named: a JSON line a message.
bot_said() { telegram_admin GET "said?chat=${1:-4711}" | jq -c '.[]'; }

# bot_says PATTERN [FROM]: whether it has said something that matches.
bot_says() { bot_said "${2:-4711}" | jq -r .text | grep -E "$1"; }

# The number of the newest message of the bot that matches.
said_in() { bot_said "${2:-4711}" | jq -r --arg p "$1" 'select(.text | test($p)) | .message_id' | tail -n 1; }

# Starts `orch listen` in the background; what it says goes to $PROJECT_FOLDER/listen.log.
listen_start() {
  # Bats waits for whoever holds its descriptor 3.
  "$ORCH" listen >>"$PROJECT_FOLDER/listen.log" 2>&1 3>&- &
  LISTEN_PID=$!
}

# listen_stop [SIGNAL]: ends it, and waits until it has ended.
listen_stop() {
  [ -n "${LISTEN_PID:-}" ] || return 0
  end_process "$LISTEN_PID" "${1:-TERM}"
  unset LISTEN_PID
}
