from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0005_alphabetical_order")]

    operations = [
        migrations.AlterField(
            model_name="articlepage",
            name="published_at",
            field=models.DateTimeField(
                blank=True,
                db_index=True,
                help_text="When the article first appeared, here or elsewhere. If left"
                " empty, it is the moment of the first publication here.",
                null=True,
                verbose_name="publication date",
            ),
        ),
    ]
