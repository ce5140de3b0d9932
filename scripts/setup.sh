#!/bin/sh
# Create .venv from a locked requirements file: scripts/setup.sh requirements.txt
# Does nothing if .venv is up to date. Every failure is one line on stderr.
set -eu
cd "$(dirname "$0")/.."
lock=${1:?which requirements file?}

fail() {
    echo "$*" >&2
    exit 1
}

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    if [ -n "${PYTHON:-}" ]; then
        is_new_enough "$PYTHON" && echo "$PYTHON"
        return
    fi
    for candidate in python3 python3.13 python3.12 python3.11; do
        if is_new_enough "$candidate"; then
            echo "$candidate"
            return
        fi
    done
}

# A development environment contains everything that a running site needs.
for done_lock in "$lock" requirements-dev.txt; do
    if cmp -s "$done_lock" ".venv/installed-$done_lock"; then
        exit 0
    fi
done

[ -w . ] || fail "Cannot write to $(pwd): the environment is made in .venv there."
python=$(find_python || true)
if [ -z "$python" ]; then
    found=$("${PYTHON:-python3}" --version 2>/dev/null || echo none)
    fail "Python 3.11 or newer is needed (found: $found). Install it, or name it with PYTHON=."
fi

# Debian packages venv separately: uv does not need it, and root can install it.
make_environment() {
    rm -rf .venv
    if [ -n "$uv" ]; then
        "$uv" venv --quiet --python "$python" .venv && return
    fi
    "$python" -m venv .venv >/dev/null 2>&1 && return
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || return 1
    rm -rf .venv
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv; } >/dev/null 2>&1
    "$python" -m venv .venv >/dev/null 2>&1
}

uv=$(command -v uv || true)
if ! [ -x .venv/bin/python ] || ! is_new_enough .venv/bin/python; then
    echo "Making .venv with $("$python" --version)"
    if ! make_environment; then
        rm -rf .venv
        fail "$python cannot make an environment. On Debian: apt-get install python3-venv"
    fi
fi

if [ -z "$uv" ]; then
    uv=.venv/bin/uv
    [ -x "$uv" ] || .venv/bin/python -m pip install --quiet --disable-pip-version-check uv ||
        fail "uv could not be installed: see pip's message above."
fi

"$uv" pip install --quiet --python .venv/bin/python --require-hashes -r "$lock" ||
    fail "The packages in $lock could not be installed: see the message above."
cp "$lock" ".venv/installed-$lock"
