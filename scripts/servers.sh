#!/bin/sh
# Install the servers for the tests if this machine can install them: PostgreSQL, Caddy,
# Prometheus and Java from Debian, Elasticsearch from Maven Central (once, 90 MB).
# Never fails: without a server, its tests are skipped and listed by name.
set -u
cd "$(dirname "$0")/.."

is_debian_root() {
    command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]
}

# With RUNLEVEL=1 Debian installs a service without starting it.
install() {
    DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -qq "$@" >/dev/null 2>&1
}

has_postgresql() {
    command -v postgres >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1
}

server() {
    .venv/bin/python -m tests.servers.elasticsearch "$1"
}

if ! has_postgresql && is_debian_root; then
    echo "Installing PostgreSQL for the tests"
    apt-get update -qq >/dev/null 2>&1
    install postgresql
fi
has_postgresql ||
    echo "No PostgreSQL: its tests will be skipped. On Debian: apt-get install postgresql"

if ! command -v caddy >/dev/null 2>&1 && is_debian_root; then
    echo "Installing Caddy for the tests"
    apt-get update -qq >/dev/null 2>&1
    install caddy
fi
command -v caddy >/dev/null 2>&1 ||
    echo "No Caddy: the test of the production server will be skipped. On Debian: apt-get install caddy"

if ! command -v promtool >/dev/null 2>&1 && is_debian_root; then
    echo "Installing Prometheus, whose promtool checks the alert rules"
    apt-get update -qq >/dev/null 2>&1
    install --no-install-recommends prometheus
fi

if ! server java >/dev/null 2>&1 && is_debian_root; then
    echo "Installing Java for Elasticsearch"
    apt-get update -qq >/dev/null 2>&1
    for package in openjdk-21-jre-headless openjdk-25-jre-headless; do
        install "$package" && break
    done
fi
server fetch || echo "No Elasticsearch: its tests will be skipped."
exit 0
