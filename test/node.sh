#!/usr/bin/env bash
# Runs the tests on another major version of Node.js: `npm run test:node -- 24`
set -euo pipefail
cd "$(dirname "$0")/.."
major=${1:?which major version of Node.js?}
folder=$PWD/dist/node-$major

[[ -x $folder/node_modules/node/bin/node ]] || npm install --no-save --no-audit --no-fund --silent --prefix "$folder" "node@$major"
export PATH=$folder/node_modules/node/bin:$PATH
echo "Node.js $(node --version)"
jest --ci --coverage=false --reporters=default
