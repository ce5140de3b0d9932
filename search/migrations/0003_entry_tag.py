from django.db import migrations, models

from search.index.triggers import ENTRY_TRIGGERS
from search.triggers import around_triggers


class Migration(migrations.Migration):
    dependencies = [("search", "0002_engine_tables")]
    operations = around_triggers(
        ENTRY_TRIGGERS,
        migrations.AddField(
            model_name="entry",
            name="tag",
            field=models.CharField(blank=True, default="", max_length=35),
        ),
    )
