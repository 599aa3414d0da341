from datetime import timedelta

from django.db import migrations, models
from django.utils import timezone


def in_ninety_days():
    """Tokens made before they had an end: no program stops with the update, and none goes on for ever."""
    return timezone.now() + timedelta(days=90)


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0015_texts_compared"),
    ]

    operations = [
        migrations.AddField(
            model_name="token",
            name="ends_at",
            field=models.DateTimeField(default=in_ninety_days),
            preserve_default=False,
        ),
    ]
