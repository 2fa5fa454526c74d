#!/bin/sh
# Exports who has read the messages of a list, once a day, for cron:
#
#   10 6 * * *  MESSAGES=/srv/receipts/messages.csv OUTPUT_FOLDER=/srv/receipts/out /srv/receipts/export.sh
#
# Not at the full hour: many apps call DingTalk then, and calls are throttled.
#
# MESSAGES       a CSV file with the columns processQueryKey, openConversationId and robotCode
# OUTPUT_FOLDER  where readers-DATE.ndjson is written
#
# Credentials come from DINGTALK_APP_KEY and DINGTALK_APP_SECRET; arguments are passed to the command, such as
# `--region china`. A run that was interrupted or failed goes on where it stopped when the script is started again on
# the same day, because the command keeps a journal beside its output.
#
# Exit codes: those of `dingtalk-receipts export`, and 75 if another run is under way.
set -eu

: "${MESSAGES:?is not set: the file with the messages}"
: "${OUTPUT_FOLDER:?is not set: the folder to write to}"

# A folder is made by one process only, on every file system; a lock that a killed run left has to be removed by hand.
lock="$OUTPUT_FOLDER/.export.lock"
if ! mkdir "$lock" 2>/dev/null; then
    echo "export.sh: another run is under way; if there is none, remove $lock" >&2
    exit 75
fi
trap 'rmdir "$lock"' EXIT
trap 'exit 130' INT TERM

dingtalk-receipts export "$MESSAGES" \
    --output "$OUTPUT_FOLDER/readers-$(date +%Y-%m-%d).ndjson" \
    --wait-until-ready 30s --error-format json "$@"
