"""The store whose deletions erase cases."""

from django.db import migrations, models

from leeside.vault.rowless import CreateRowlessModel


class Migration(migrations.Migration):
    """The store whose deletions erase cases."""

    dependencies = [("vault", "0002_rosters_and_accounts")]
    operations = [
        CreateRowlessModel(
            name='ShredKey',
            fields=[
                ('case_id', models.BinaryField(max_length=16, primary_key=True, serialize=False)),
                ('key', models.BinaryField(max_length=32)),
                ('orphan_since', models.IntegerField(null=True)),
            ],
            options={
                'db_table': 'leeside_shred_key',
            },
        ),
        CreateRowlessModel(
            name='ErasedLookup',
            fields=[
                ('lookup_hash', models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ('day', models.IntegerField()),
            ],
            options={
                'db_table': 'leeside_erased_lookup',
            },
        ),
    ]
