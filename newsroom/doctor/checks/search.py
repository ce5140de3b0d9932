"""The search engine, and how far it lags behind the articles."""

from collections.abc import Iterator

from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.utils.translation import gettext as _
from elasticsearch import ApiError, TransportError

from newsroom.doctor.registry import Finding, Options, failure, ok, warning
from search.engines.choice import MAX_LAG
from search.models import ReplicaState
from search.replica.cluster import Cluster, configured, writing_client
from search.replica.sync import lag


def check_search(options: Options) -> Iterator[Finding]:
    try:
        cluster = configured()
    except ImproperlyConfigured as error:
        remedy = _("Correct the variables that begin with ELASTICSEARCH_.")
        yield failure(str(error), remedy)
        return
    if cluster is None:
        name = {"name": connection.display_name}
        yield ok(_("The database, %(name)s, answers searches.") % name)
        return
    yield from _about_cluster(cluster)


def _about_cluster(cluster: Cluster) -> Iterator[Finding]:
    try:
        found = writing_client(cluster).info()
    except (TransportError, ApiError) as error:
        yield warning(
            _("Elasticsearch is unavailable, the database answers searches: %(error)s")
            % {"error": error},
            _("Start Elasticsearch, and check ELASTICSEARCH_URL and its password."),
        )
        return
    params = {"version": found["version"]["number"]}
    state = ReplicaState.objects.filter(index=cluster.index).first()
    behind = lag(cluster.index)
    if state is not None and state.error:
        yield warning(
            _("The index is not up to date: %(error)s") % {"error": state.error},
            _("Start manage.py worker, or run manage.py rebuild_search."),
        )
    elif behind > MAX_LAG:
        yield warning(
            _("Elasticsearch lags %(seconds)d seconds behind, the database answers.")
            % {"seconds": behind},
            _("Start manage.py worker, and see its log."),
        )
    else:
        yield ok(_("Elasticsearch %(version)s is up to date.") % params)
