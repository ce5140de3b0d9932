"""Reserved."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("newsroom_translation", "0007_exchange")]

    operations = []
