"""Rules of a line's guide as they were, so that what was told is still seen after a pack was replaced."""

from django.db import migrations, models

from leeside.vault.rowless import CreateRowlessModel


class Migration(migrations.Migration):
    """Rules as they were."""

    dependencies = [("vault", "0006_drafts_hand_overs_and_files")]
    operations = [
        CreateRowlessModel(
            name='KeptRule',
            fields=[
                ('pk', models.CompositePrimaryKey('line_id', 'rule', 'digest', blank=True, editable=False, primary_key=True, serialize=False)),
                ('line_id', models.BinaryField(max_length=16)),
                ('rule', models.TextField()),
                ('digest', models.TextField()),
                ('day', models.IntegerField()),
                ('law', models.TextField()),
            ],
            options={
                'db_table': 'leeside_kept_rule',
            },
        ),
    ]
