import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("verb", models.CharField(max_length=10)),
                ("account", models.CharField(max_length=16)),
                ("other", models.CharField(max_length=16)),
                ("name", models.CharField(max_length=400)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="Domain",
            fields=[
                ("domain", models.CharField(max_length=255, primary_key=True, serialize=False)),
                ("relation", models.CharField(max_length=20)),
            ],
        ),
        migrations.CreateModel(
            name="Fact",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("value", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Forgotten",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name="Journal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("done_at", models.DateTimeField(auto_now_add=True)),
                ("who", models.CharField(max_length=16)),
                ("verb", models.CharField(max_length=40)),
                ("reason", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=64, unique=True)),
                ("source", models.CharField(max_length=200)),
                ("name", models.CharField(max_length=400)),
                ("openness", models.CharField(max_length=10)),
                ("link", models.CharField(max_length=1000)),
            ],
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("label", models.CharField(max_length=100)),
                ("path", models.TextField()),
                ("unit", models.CharField(max_length=100)),
                ("used", models.IntegerField()),
                ("left_out", models.JSONField(default=dict)),
                ("notes", models.JSONField(default=dict)),
                ("places", models.JSONField(default=dict)),
                ("interactions", models.JSONField(default=dict)),
                ("changes", models.JSONField(default=dict)),
                ("read_at", models.DateTimeField()),
                ("finished", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=16, unique=True)),
                ("source", models.CharField(max_length=200)),
                ("outside_id", models.CharField(max_length=400)),
                ("name", models.CharField(max_length=400)),
                ("address", models.CharField(max_length=400)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("source", "outside_id"), name="one_account_an_id")
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("groups", models.JSONField(default=dict)),
                ("manager", models.CharField(max_length=400)),
                ("relation", models.CharField(max_length=20)),
                ("joined_on", models.CharField(max_length=10)),
                ("left_on", models.CharField(max_length=10)),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="entry", to="store.account"
                    ),
                ),
            ],
        ),
    ]
