#!/bin/sh
# Create .venv-next: the packages locked in requirements-dev.txt, but with the next
# Wagtail, a pre-release until the final version is published. Does nothing if it is up
# to date. Needs .venv (scripts/setup.sh). Every failure is one line on stderr.
set -eu
cd "$(dirname "$0")/.."
next="wagtail>=8.1rc1,<8.2"
environment=.venv-next
python=$environment/bin/python
lock=requirements-dev.txt

fail() {
    echo "$*" >&2
    exit 1
}

# Print the lock without Wagtail and its hashes, then the version wanted.
wanted() {
    awk '/^[^ ]/ { is_wagtail = /^wagtail==/ } !is_wagtail' "$lock"
    echo "$next"
}

if wanted | cmp -s - "$environment/installed"; then
    exit 0
fi
uv=$(command -v uv || echo .venv/bin/uv)
rm -rf "$environment"
"$uv" venv --quiet --python .venv/bin/python "$environment" ||
    fail "$environment could not be made: see the message above."
# uv checks the hash of each package that has one in the list.
wanted >"$environment/wanted"
"$uv" pip install --quiet --python "$python" -r "$environment/wanted" ||
    fail "$next could not be installed beside the packages in $lock: see above."
mv "$environment/wanted" "$environment/installed"
