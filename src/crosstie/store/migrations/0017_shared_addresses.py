from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0016_tokens_end"),
    ]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="shared_address",
            field=models.CharField(default="", max_length=400),
        ),
    ]
