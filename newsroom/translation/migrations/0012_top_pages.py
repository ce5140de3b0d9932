"""Indexes of the few pages at the top of the tree: its root, and the home pages.

For every admin page, Wagtail looks up the top page of a superuser's tree by depth
alone, which reads all pages. With an index of all depths, SQLite might use it where the
index of paths is better; these partial indexes have no other rows. A later migration of
Wagtail in which Django recreates the table on SQLite drops the indexes. Only speed is
lost then.
"""

from django.db import migrations


def _index(depth):
    name = f"newsroom_pages_of_depth_{depth}"
    return migrations.RunSQL(
        f"CREATE INDEX {name} ON wagtailcore_page (depth, path) WHERE depth = {depth}",
        f"DROP INDEX {name}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom_translation", "0011_desk_filter_indexes"),
        ("wagtailcore", "0098_apitoken"),
    ]
    operations = [_index(1), _index(2)]
