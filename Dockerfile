# The site in a small image: no compiler, no installer of packages, no root.
#
#   docker build --tag newsroom-archive .
#
# compose.yaml runs it. Only the package index is needed during the build; every package
# is checked against the hashes in requirements-postgresql.txt.
FROM python:3.11.14-slim-bookworm AS build

WORKDIR /srv/newsroom
RUN python -m venv --without-pip /opt/venv
COPY requirements-postgresql.txt ./
RUN python -m pip --python /opt/venv/bin/python install --no-compile \
        --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-postgresql.txt

COPY manage.py pyproject.toml LICENSE LICENSES.md ./
COPY deploy deploy
COPY home home
COPY newsroom newsroom
COPY search search
COPY templates templates
COPY static static
COPY locale locale

# The values are needed to read the settings; none of them gets into the image.
RUN export DJANGO_SETTINGS_MODULE=newsroom.settings.production \
        ALLOWED_HOSTS=build.invalid EMAIL_URL=smtp://build.invalid \
        DEFAULT_FROM_EMAIL=build@build.invalid VAR_DIR=/tmp \
        STATIC_ROOT=/srv/newsroom/collected \
        SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(50))')" && \
    /opt/venv/bin/python manage.py compile_catalogues && \
    /opt/venv/bin/python manage.py collectstatic --no-input --verbosity 0
# The running site cannot write them itself.
RUN /opt/venv/bin/python -m compileall -q -j 0 /opt/venv/lib home newsroom search

FROM python:3.11.14-slim-bookworm

RUN useradd --system --uid 10001 --user-group --no-create-home \
        --home-dir /var/lib/newsroom --shell /usr/sbin/nologin newsroom && \
    install --directory --owner newsroom --group newsroom /var/lib/newsroom
COPY --from=build /opt/venv /opt/venv
COPY --from=build /srv/newsroom /srv/newsroom
ENV PATH=/opt/venv/bin:/usr/local/bin:/usr/bin:/bin \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=newsroom.settings.production \
    VAR_DIR=/var/lib/newsroom \
    STATIC_ROOT=/srv/newsroom/collected
WORKDIR /srv/newsroom
USER newsroom
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/live', timeout=4)"]
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "4", "--workers-kill-timeout", "10", "--log-config", "deploy/granian-logging.json", "newsroom.wsgi:application"]
