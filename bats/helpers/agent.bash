# An agent for conversations that says what a story wants; after helpers/project.

# agent_says <ANSWERS: a `claude` that answers with these lines, one a start, then with the last one. What it was asked is in
# $PROJECT_FOLDER/prompt-N, where it was started in directory-N.
agent_says() {
  cat >"$PROJECT_FOLDER/answers"
  cat >"$PROJECT_FOLDER/bin/claude" <<'SH'
#!/usr/bin/env bash
folder=$(cd "$(dirname "$0")/.." && pwd)
count=$(($(cat "$folder/asked" 2>/dev/null || echo 0) + 1))
echo "$count" >"$folder/asked"
cat >"$folder/prompt-$count"
printf '%s\n' "$@" >"$folder/arguments-$count"
pwd >"$folder/directory-$count"
env >"$folder/environment-$count"
line=$(sed -n "${count}p" "$folder/answers")
[ -n "$line" ] || line=$(tail -n 1 "$folder/answers")
printf '%b\n' "$line"
SH
  chmod +x "$PROJECT_FOLDER/bin/claude"
  export PATH="$PROJECT_FOLDER/bin:$PATH" CHAT_AGENT=claude
  unset CHAT_MODEL
}

# said LINE…: what a person types.
said() { printf '%s\n' "$@"; }
