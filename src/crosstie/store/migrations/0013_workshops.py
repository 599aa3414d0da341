from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0012_meeting"),
    ]

    operations = [
        migrations.RenameField(model_name="participant", old_name="joined_at", new_name="invited_at"),
        migrations.AddField(
            model_name="participant",
            name="joined_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="workshop",
            name="change",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="question",
            name="accepted_at",
            field=models.DateTimeField(null=True),
        ),
    ]
