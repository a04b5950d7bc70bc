"""Signed readings of the guide's rules."""

from django.db import migrations, models

from leeside.vault.rowless import CreateRowlessModel


class Migration(migrations.Migration):
    """One table more."""

    dependencies = [("vault", "0007_kept_rules")]
    operations = [
        CreateRowlessModel(
            name='Review',
            fields=[
                ('review_id', models.BinaryField(max_length=16, primary_key=True, serialize=False)),
                ('line_id', models.BinaryField(max_length=16)),
                ('rule', models.TextField()),
                ('day', models.IntegerField()),
                ('signed', models.BinaryField()),
                ('sealed', models.BinaryField()),
            ],
            options={
                'db_table': 'leeside_review',
                'indexes': [models.Index(fields=['line_id', 'rule'], name='review_rule')],
            },
        ),
    ]
