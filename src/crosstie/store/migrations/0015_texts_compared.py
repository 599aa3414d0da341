from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0014_mapped"),
    ]

    operations = [
        migrations.AddField(
            model_name="member",
            name="texts_compared",
            field=models.BooleanField(default=False),
        ),
    ]
