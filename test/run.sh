#!/usr/bin/env bash
# Runs the tests, and checks all types beside them: `npm test`
set -uo pipefail
cd "$(dirname "$0")/.."
ts-node -T scripts/check-types.ts &
jest --ci "$@" --reporters="$PWD/test/support/jest/short-reporter.js"
tests=$?
wait $! && exit $tests
