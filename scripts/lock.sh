#!/bin/sh
# Resolve pyproject.toml into requirements.txt (to run), requirements-postgresql.txt (to
# run on PostgreSQL) and requirements-dev.txt (to develop and test). Every package is
# pinned, every file by its hash, for every platform, from the package index that this
# machine is configured for. UPGRADE=1 selects newer versions.
set -eu
cd "$(dirname "$0")/.."
uv=$(command -v uv || echo .venv/bin/uv)
options="--universal --generate-hashes --no-annotate --no-header --quiet ${UPGRADE:+--upgrade}"
# shellcheck disable=SC2086
"$uv" pip compile pyproject.toml $options -o requirements.txt
# shellcheck disable=SC2086
"$uv" pip compile pyproject.toml --extra postgresql $options -c requirements.txt -o requirements-postgresql.txt
# shellcheck disable=SC2086
"$uv" pip compile pyproject.toml --group dev $options -c requirements.txt -o requirements-dev.txt
