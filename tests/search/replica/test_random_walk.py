"""Random changes, with a node that is killed, hung, wiped and brought back."""

from collections import Counter
from random import Random

import pytest

from search.models import Change
from tests.search.replica.archive import (
    KINDS,
    answers,
    assert_answers_agree,
    change,
    forget_failures,
)
from tests.search.replica.running import (
    assert_same,
    seconds_until_in_step,
)

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]

# What is done to the node before each phase of changes. After "kill" and "wipe" it
# must start again, which takes its time; "lose" takes its indices while it runs.
FAULTS = "none pause lose kill pause none lose pause wipe pause".split()
FAULTS += "none pause lose pause lose none pause lose pause none".split()
SHORT_FAULTS = "none pause lose wipe".split()
CHANGES_A_PHASE = 50
SHORT_CHANGES_A_PHASE = 30
SEED = 20260


def harm(node, fault: str) -> None:
    if fault == "pause":
        node.pause()
    elif fault == "kill":
        node.kill()
    elif fault == "lose":
        node.clear()
    elif fault == "wipe":
        node.kill()


def heal(node, fault: str) -> None:
    if fault == "pause":
        node.resume()
    elif fault == "kill":
        node.start()
    elif fault == "wipe":
        node.wipe()


@pytest.mark.long(faults=([SHORT_FAULTS], [FAULTS]))
@pytest.mark.long(changes=([SHORT_CHANGES_A_PHASE], [CHANGES_A_PHASE]))
def test_after_every_fault_the_index_is_what_the_database_holds(
    elasticsearch, cluster, worker, settings, record_property, faults, changes
):
    random = Random(SEED)
    seconds_until_in_step(cluster)
    done: Counter = Counter()
    for phase, fault in enumerate(faults):
        harm(elasticsearch, fault)
        for step in range(changes):
            done[change(random)] += 1
            if step % 10 == 0 and fault in ("pause", "kill", "wipe"):
                (answer,) = answers(queries=["форум"])
                assert answer[0] != "elasticsearch"
                assert answer[1]
        heal(elasticsearch, fault)
        record_property(f"{phase} {fault}", seconds_until_in_step(cluster))
        done[fault] += 1
        assert_same(cluster)
        forget_failures()
        assert_answers_agree(cluster, settings)
    steps = changes * len(faults)
    assert steps == sum(done[kind] for kind in done if kind not in faults)
    # The rarest kind is one change in twenty.
    assert min(done[kind] for kind in KINDS) > steps / 50
    assert Change.objects.count() > steps / 2
