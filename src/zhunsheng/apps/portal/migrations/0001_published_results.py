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
                ("agency", models.TextField()),
                ("number", models.TextField()),
                ("kind", models.TextField()),
                ("title", models.TextField()),
                ("party", models.TextField()),
                ("cause", models.TextField()),
                ("result", models.TextField()),
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
