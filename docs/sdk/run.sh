#!/bin/sh
# Runs the programs of this folder, the official SDKs' twins of docs/src/migrating.md, against the sandbox.
#
# Installs the pinned SDKs from PyPI and npm into target/sdk; needs python3 with venv, node, npm and the command:
#
#   cargo build -p dingtalk-receipts-cli && docs/sdk/run.sh target/debug/dingtalk-receipts
set -eu

command=$(realpath "${1:?the path of dingtalk-receipts is missing}")
here=$(realpath "$(dirname "$0")")
work="$here/../../target/sdk"
mkdir -p "$work"
cd "$work"

[ -x venv/bin/python ] || python3 -m venv venv
venv/bin/pip install --quiet --requirement "$here/requirements.txt"
cp "$here/package.json" "$here/query.mjs" .
npm install --silent --no-audit --no-fund

"$command" sandbox --format json >sandbox.json &
trap 'kill $!' EXIT
until [ -s sandbox.json ]; do kill -0 $! && sleep 0.1; done
field() {
    python3 -c 'import json, sys; print(json.load(open("sandbox.json"))[sys.argv[1]])' "$1"
}
ENDPOINT=$(field url)
export ENDPOINT="${ENDPOINT#http://}" PROTOCOL=http
export TOKEN="$(field accessToken)" KEY="$(field processQueryKey)"
export CONVERSATION="$(field openConversationId)" ROBOT="$(field robotCode)"

failed=0
check() {
    name=$1
    shift
    readers=$("$@" | grep -c '^user') || true
    refusal=$(KEY=unknown "$@") && refusal="no error: $refusal"
    case "$readers $refusal" in
        "1000 invalid.processQueryKey "*) echo "$name: 1000 readers, and the error's code" ;;
        *) echo "$name: $readers readers of 1000; for an unknown message: $refusal" && failed=1 ;;
    esac
}
check "Python" venv/bin/python "$here/query.py"
check "Python, async" venv/bin/python "$here/query.py" --async
check "Node" node query.mjs
exit "$failed"
