from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="KnownTie",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("learner", models.CharField(max_length=16)),
                ("teacher", models.CharField(db_index=True, max_length=16)),
                ("relation", models.CharField(max_length=10)),
                ("known_how", models.CharField(max_length=10)),
                ("first_at", models.BigIntegerField()),
                ("last_at", models.BigIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("learner", "teacher", "relation"), name="one_known_tie_a_relation"
                    )
                ],
            },
        ),
    ]
