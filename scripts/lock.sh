#!/bin/sh
# Resolve pyproject.toml into requirements.txt (to run), requirements-postgresql.txt (to
# run on PostgreSQL), requirements-exchange.txt (to exchange files with translators) and
# requirements-dev.txt (to develop and test): every package pinned, every file by its
# hash, for every platform, from whichever index this machine is set up with.
# UPGRADE=1 takes newer versions.
set -eu
cd "$(dirname "$0")/.."
uv=$(command -v uv || echo .venv/bin/uv)
options="--universal --generate-hashes --no-annotate --no-header --quiet ${UPGRADE:+--upgrade}"
# shellcheck disable=SC2086
"$uv" pip compile pyproject.toml $options -o requirements.txt
for extra in postgresql exchange; do
	# shellcheck disable=SC2086
	"$uv" pip compile pyproject.toml --extra $extra $options -c requirements.txt -o requirements-$extra.txt
done
# shellcheck disable=SC2086
"$uv" pip compile pyproject.toml --group dev $options -c requirements.txt -o requirements-dev.txt
