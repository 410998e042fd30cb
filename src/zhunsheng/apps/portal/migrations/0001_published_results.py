"""The table of published results, its change counter and its search index."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("id", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("change", models.BigIntegerField(unique=True)),
                ("agency", models.CharField(max_length=120)),
                ("number", models.CharField(max_length=80)),
                ("kind", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=240)),
                ("party", models.CharField(max_length=240)),
                ("cause", models.CharField(max_length=240)),
                ("result", models.CharField(max_length=240)),
                ("decided_on", models.DateField()),
                ("published_at", models.DateTimeField()),
                ("content", models.TextField()),
                ("bundle", models.TextField()),
                ("proof", models.CharField(max_length=16)),
                ("pdf", models.BinaryField()),
                ("words", models.TextField()),
                ("search", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "db_table": "portal_publication",
                "indexes": [
                    models.Index(fields=["-decided_on", "-id"], name="portal_newest"),
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="portal_search", fastupdate=False),
                ],
            },
        ),
        # 10,000 lexemes in the statistics: the search chooses its plan by how frequent a term is.
        migrations.RunSQL(
            "ALTER TABLE portal_publication ALTER COLUMN search SET STATISTICS 1000",
            migrations.RunSQL.noop,
        ),
    ]
