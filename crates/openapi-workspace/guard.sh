#!/usr/bin/env bash
# What the GitHub Action runs: lints a document, and compares it with the one that clients know. Runs anywhere else too.
#
# DOCUMENT           the document, from the root of the repository
# BASE               the git revision whose document clients know; HEAD^ if it is not set
# FAIL_ON            the mildest change that fails; unknown if it is not set
# LINT_PROFILE       the lint rules; those of lint.toml beside the document if it is not set
# OPENAPI_WORKSPACE  the command; openapi-workspace if it is not set
set -euo pipefail

: "${DOCUMENT:?name the document to guard in DOCUMENT}"
base=${BASE:-HEAD^}
command=${OPENAPI_WORKSPACE:-openapi-workspace}
status=0

lint=("$command" --spec "$DOCUMENT" lint --format github)
if [ -n "${LINT_PROFILE:-}" ]; then
    lint+=(--profile "$LINT_PROFILE")
fi
"${lint[@]}" || status=$?

# A checkout of one commit does not have the base.
if ! git rev-parse --quiet --verify "$base^{commit}" >/dev/null; then
    git fetch --quiet --depth 1 origin "$base" || {
        echo "::error title=diff::there is no revision $base to compare with; check out with fetch-depth: 0, or set base"
        exit 2
    }
fi
if git cat-file -e "$base:$DOCUMENT" 2>/dev/null; then
    diff=("$command" diff "git:$base:$DOCUMENT" "$DOCUMENT" --fail-on "${FAIL_ON:-unknown}")
    "${diff[@]}" --format github || status=$?
    if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
        "${diff[@]}" --format markdown >>"$GITHUB_STEP_SUMMARY" || true
    fi
else
    echo "::notice file=$DOCUMENT::$DOCUMENT is new since $base; there is nothing to compare it with"
fi
exit "$status"
