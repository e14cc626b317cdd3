#!/usr/bin/env bash
# Gets the authorization server of the tests into a scratch folder below target/. Needs node and npm.
set -euo pipefail
cd "$(dirname "$0")"
folder=../../../../target/authorization-server
mkdir -p "$folder"
cp package.json server.mjs "$folder"
[ -d "$folder/node_modules/oidc-provider" ] || npm install --prefix "$folder" --no-audit --no-fund --silent
