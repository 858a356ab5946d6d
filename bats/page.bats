#!/usr/bin/env bats
# The page of the listener, in a real browser: what a person sees and does there, with a mouse, a keyboard, a phone and a
# screen reader, and what those find who would rather run a script in it.

bats_require_minimum_version 1.5.0
load helpers/project
load helpers/listener

setup() {
  if ! type -P chromium >/dev/null && ! type -P chromium-browser >/dev/null && ! type -P google-chrome >/dev/null; then
    [ "${CI:-}" != true ] || { echo "there is no Chromium: scripts/setup installs it" && return 1; }
    skip "there is no Chromium"
  fi
  project_start
  listener_start
}

teardown() {
  [ -n "${PROJECT_FOLDER:-}" ] || return 0
  listener_stop
  project_stop
}

# page [OPTION…] STEP…: opens the page as somebody who has the link, and does these steps; see helpers/browser.py.
page() { browser "$LISTENER_URL/#token=$LISTENER_TOKEN" "$@"; }

# browser URL [OPTION…] STEP…: the same at any address. What Chromium leaves lying about goes with the story's folder.
browser() { TMPDIR=$PROJECT_FOLDER python3 "$BATS_TEST_DIRNAME/helpers/browser.py" "$@" 3>&-; }

# sees TEXT: a step that waits for it.
sees() { printf 'until:document.body.innerText.includes(%s)' "$(jq -cn --arg text "$1" '$text')"; }

# presses NAME: a step that presses the button that is read out so.
presses() {
  local named='(button.getAttribute("aria-label") ?? button.textContent) === name'
  printf 'do:(() => { const name = %s; [...document.querySelectorAll("button")].find((button) => %s).click() })()' \
    "$(jq -cn --arg name "$1" '$name')" "$named"
}

stream_says() { "$ORCH" task stream i1 --no-follow --from-start 2>/dev/null | grep -F "$1"; }

start_long_run() {
  export ORCH_DEMO_SECONDS=600
  "$ORCH" task add "Take your time" --agent demo
  "$ORCH" tick
}

@test "a person adds a task, watches it, talks to it and ends it" {
  start_long_run
  page "$(sees 'Take your time')" "$(sees 'Reading the task')" \
    'do:document.querySelector(".say input").focus()' 'type:Use postgres, not mysql' key:Enter \
    "$(sees 'You said: Use postgres, not mysql')" 'until:document.querySelector(".say input").value === ""' \
    "$(presses 'Kill: Take your time')" "$(sees 'End this run?')" "$(presses Kill)" \
    "$(sees '— stopped')" "$(presses 'New task')" 'until:document.activeElement.name === "title"' \
    'type:Write a haiku' "$(presses Add)" "$(sees 'Write a haiku')" "$(sees 'no agent is installed and enabled')" || {
    "$ORCH" task list --all
    return 1
  }
  [ "$("$ORCH" task list --json | jq -r '[.[].title] | sort | join(", ")')" = "Take your time, Write a haiku" ]
  # Whoever only looked on with another page sees the same.
  run page "$(sees 'Write a haiku')" 'print:document.querySelector("#summary").textContent'
  [[ $output == *running*waiting* ]]
}

@test "the page follows what happens without being asked" {
  # Each next thing happens once the page has shown the last one.
  cat >"$PROJECT_FOLDER/patient" <<AGENT
#!/usr/bin/env bash
until [ -e "$PROJECT_FOLDER/go" ]; do read -r -t 0.1 <> <(:) || true; done
echo line >>NOTES.md
echo '{"status":"done","summary":"Add a line"}'
AGENT
  chmod +x "$PROJECT_FOLDER/patient"
  printf 'agents:\n  patient:\n    command: ["%s"]\n' "$PROJECT_FOLDER/patient" >.orchestrator.yml
  page "$(sees 'Nothing. Go for a walk.')" 'print:"open"' 'until:document.querySelector("#waiting .card")' \
    "$(sees 'Out of the blue')" 'print:"waits"' 'until:document.querySelector("#running .card")' 'print:"runs"' \
    "$(sees '— done')" >"$PROJECT_FOLDER/page" 2>&1 &
  local browser=$!
  eventually grep -q open "$PROJECT_FOLDER/page"
  "$ORCH" task add "Out of the blue" --agent patient
  eventually grep -q waits "$PROJECT_FOLDER/page"
  "$ORCH" tick
  eventually grep -q runs "$PROJECT_FOLDER/page"
  touch "$PROJECT_FOLDER/go"
  ended "$browser" || { cat "$PROJECT_FOLDER/page" && return 1; }
}

@test "what agents and strangers write is text, whatever it looks like" {
  # A hook for what would run, which the page then complains about: it opens a dialog, or breaks the policy.
  local evil='<img src=x onerror=alert(1)><script>alert(2)</script>"onclick="alert(3)'
  "$ORCH" task add "$evil" "$evil" --agent demo
  ORCH_DEMO_SECONDS=600 "$ORCH" tick
  eventually stream_says "Reading the task"
  "$ORCH" task say i1 "$evil"
  store "UPDATE tasks SET url = 'javascript:alert(4)', pull_request = 'javascript:alert(5)'"
  "$ORCH" task add $'<svg onload=alert(6)> `<b>code</b>`' --agent demo
  page "$(sees "$evil")" "$(sees "You said: $evil")" "$(sees '<svg onload=alert(6)>')" \
    'print:[...document.querySelectorAll("a[href]")].map((link) => link.protocol).filter((one) => one === "javascript:").length' \
    'print:document.querySelectorAll("main img, main script, main svg, main b").length' >"$PROJECT_FOLDER/counts"
  [ "$(cat "$PROJECT_FOLDER/counts")" = $'0\n0' ]
  # And if one got in, it would be stopped: the policy refuses a script that is no file of the page's.
  run page "$(sees "$evil")" 'do:(() => { const script = document.createElement("script"); script.textContent = "window.won = 1"; document.body.append(script) })()' \
    'print:String(window.won)'
  [[ $output == *undefined*"Content Security Policy"* ]]
}

@test "the token is asked for where it is missing, and a wrong one opens nothing" {
  browser "$LISTENER_URL/" "$(sees 'Who is there?')" \
    'until:document.activeElement.id === "token"' type:wrong key:Enter "$(sees 'This token is not the one.')" \
    "type:$LISTENER_TOKEN" key:Enter "$(sees 'Nothing. Go for a walk.')" \
    'print:document.querySelector("#sign-in").hidden && location.href' >"$PROJECT_FOLDER/said" 2>&1 || true
  grep -qx "$LISTENER_URL/" "$PROJECT_FOLDER/said" || { cat "$PROJECT_FOLDER/said" && return 1; }
  # What brought the token is not left in the address.
  [ "$(page "$(sees 'Nothing. Go for a walk.')" 'print:location.href')" = "$LISTENER_URL/" ]
}

@test "everything can be reached by the keyboard, and has a name for those who hear it" {
  start_long_run
  "$ORCH" task add "Wait for me" --agent demo
  page "$(sees 'Take your time')" "$(sees 'Wait for me')" "$(sees 'Reading the task')" tree >"$PROJECT_FOLDER/tree"
  local line
  while IFS= read -r line; do
    grep -qxF -- "$line" "$PROJECT_FOLDER/tree" || { cat "$PROJECT_FOLDER/tree" && echo "no: $line" && return 1; }
  done <<'TREE'
RootWebArea: orch
heading: orch
status:
heading: Running 1
heading: Waiting 1
log: Output of run 1
textbox: Say something to the agent on: Take your time
button: Hide output: Take your time
button: Kill: Take your time
button: Assign…: Wait for me
button: Pause all
button: New task
link: Skip to the tasks
TREE
  # No button, field or link without a name.
  run grep -E '^(button|textbox|link|combobox|log):$' "$PROJECT_FOLDER/tree"
  [ "$status" -eq 1 ]
  # The first stop leads past the bar; a dialog takes the focus and gives it back.
  page "$(sees 'Wait for me')" key:Tab 'until:document.activeElement.className === "skip"' key:Tab \
    'until:document.activeElement.id === "pause"' key:Enter "$(sees 'Pause everything?')" key:Escape \
    'until:document.activeElement.id === "pause"'
  [ "$(answer GET /api/status | jq .paused)" = false ]
}

# summary_is TEXT: a step that waits until the bar says so.
summary_is() { printf 'until:document.querySelector("#summary").textContent === %s' "$(jq -cn --arg text "$1" '$text')"; }

@test "what went wrong is in view, and who works by keyboard stays with the task" {
  local number
  for number in 1 2 3 4 5 6 7 8; do "$ORCH" task add "Filler $number" --agent demo; done
  "$ORCH" task add "Look at me" --agent demo
  store "UPDATE tasks SET status = 'in_review',
    pull_request = 'https://github.com/octo/demo/pull/7' WHERE title = 'Look at me'"
  # Far down: there is no GitHub, so it cannot be approved.
  page --height 500 "$(sees 'Look at me')" \
    'do:document.querySelector("[aria-label=\"Approve: Look at me\"]").focus()' key:Enter \
    'until:document.querySelector("#sure-dialog").open' "$(presses Approve)" 'until:document.querySelector(".alert")' \
    'until:document.activeElement.ariaLabel === "Approve: Look at me"' \
    'print:scrollY > 0 && document.querySelector(".alert").getBoundingClientRect().top' >"$PROJECT_FOLDER/top"
  [ "$(cut -d. -f1 "$PROJECT_FOLDER/top")" -ge 0 ] || { cat "$PROJECT_FOLDER/top" && return 1; }
  store "UPDATE tasks SET status = 'needs_review' WHERE title = 'Look at me'"
  # Its card moves from one list to another.
  page "$(sees 'Look at me')" 'do:document.querySelector("#needs [aria-label=\"Retry: Look at me\"]").focus()' key:Enter \
    'until:[...document.querySelectorAll("#waiting h3")].some((title) => title.textContent === "Look at me")' \
    'until:document.activeElement.querySelector("h3")?.textContent === "Look at me"'
}

@test "who has to judge a task sees what its agent has said" {
  start_long_run
  eventually stream_says "Reading the task"
  "$ORCH" task kill i1 --wait
  eventually ticked_to i1 needs_review
  page "$(sees 'Take your time')" "$(presses 'Show output: Take your time')" "$(sees 'Reading the task')" "$(sees '— stopped')" \
    'until:document.querySelector("[aria-label=\"Hide output: Take your time\"]").ariaExpanded === "true"' \
    "$(presses 'Hide output: Take your time')" 'until:!document.querySelector(".output")'
}

@test "what is typed outlives a listener that is away, and is done once" {
  page "$(sees 'Nothing. Go for a walk.')" 'print:"open"' "$(summary_is 'Connecting …')" "$(presses 'New task')" \
    'until:document.activeElement.name === "title"' 'type:Write a haiku' "$(presses Add)" \
    'until:document.querySelector("#new-problem").textContent.includes("cannot be reached")' 'print:"away"' \
    'until:document.querySelector("#summary").textContent !== "Connecting …"' \
    'until:document.querySelector("#new-name").value === "Write a haiku"' "$(presses Add)" "$(sees 'Write a haiku')" \
    'until:!document.querySelector(".alert")' >"$PROJECT_FOLDER/page" 2>&1 &
  local browser=$!
  eventually grep -q open "$PROJECT_FOLDER/page"
  listener_stop
  eventually grep -q away "$PROJECT_FOLDER/page"
  listener_run
  ended "$browser" || { cat "$PROJECT_FOLDER/page" && return 1; }
  [ "$("$ORCH" task list --json | jq length)" = 1 ]
}

@test "a line that is dead without a word is noticed" {
  # The page waits for three words of the listener's that do not come; here a second stands for that.
  local hurry='do:(() => { const wait = setTimeout; window.setTimeout = (act, time) => wait(act, time === 45_000 ? 1000 : time) })()'
  page "$(sees 'Nothing. Go for a walk.')" "$hurry" 'print:"open"' "$(sees 'Say a word')" 'print:"said"' \
    "$(summary_is 'Connecting …')" 'print:"noticed"' 'until:document.querySelector("#summary").textContent !== "Connecting …"' \
    >"$PROJECT_FOLDER/page" 2>&1 &
  local browser=$!
  eventually grep -q open "$PROJECT_FOLDER/page"
  "$ORCH" task add "Say a word" --agent demo
  eventually grep -q said "$PROJECT_FOLDER/page"
  kill -STOP "$LISTENER_PID"
  eventually grep -q noticed "$PROJECT_FOLDER/page" || { kill -CONT "$LISTENER_PID" && return 1; }
  kill -CONT "$LISTENER_PID"
  ended "$browser" || { cat "$PROJECT_FOLDER/page" && return 1; }
}

@test "a long list shows its beginning, and no project what makes one" {
  local number
  for number in $(seq 1 25); do "$ORCH" task add "Filler $number" --agent demo >/dev/null; done
  page "$(sees 'Show 15 more')" 'print:document.querySelectorAll("#waiting .card").length' "$(presses 'Show 15 more')" \
    "$(sees 'Filler 25')" 'until:document.activeElement.textContent.includes("Filler 11")' >"$PROJECT_FOLDER/count"
  [ "$(cat "$PROJECT_FOLDER/count")" = 10 ]
  listener_stop
  : >"$ORCH_HOME/projects.yml"
  listener_run
  page "$(sees 'There is no project yet.')" 'until:document.querySelector("#new").hidden'
}

@test "it fits a phone, and fingers" {
  start_long_run
  run page --width 360 --height 740 "$(sees 'Take your time')" "$(sees 'Reading the task')" \
    'print:document.documentElement.scrollWidth <= 360'
  [ "$output" = true ]
}
