#!/bin/sh
# Loads what is new, for cron, which mails what is printed: what somebody has to do, or nothing.
# Ends with the exit code of the command that failed. WAREHOUSE=development is the local Redshift.
set -u
documents=$(mktemp -d) || exit 1
trap 'rm -rf "$documents"' EXIT

code=0
for command in run plan freshness; do
  npx sparkify "$command" --env "${WAREHOUSE:-production}" --json \
    > "$documents/$command.json" 2> "$documents/messages" || { code=$?; break; }
done

node docs/workflows/alert.js "$documents"/*.json
[ "$code" = 0 ] || cat "$documents/messages"
exit "$code"
