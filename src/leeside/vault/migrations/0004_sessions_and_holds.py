"""What may be lost: sessions, holds, releases, one-time addresses."""

from django.db import migrations, models

from leeside.vault.rowless import CreateRowlessModel


class Migration(migrations.Migration):
    """What may be lost: sessions, holds, releases, one-time addresses."""

    dependencies = [("vault", "0003_shred_keys")]
    operations = [
        CreateRowlessModel(
            name='Session',
            fields=[
                ('pk', models.CompositePrimaryKey('kind', 'id_hash', blank=True, editable=False, primary_key=True, serialize=False)),
                ('kind', models.TextField()),
                ('id_hash', models.BinaryField(max_length=32)),
                ('line_id', models.BinaryField(max_length=16)),
                ('reader_id', models.BinaryField(max_length=16, null=True)),
                ('opened', models.BigIntegerField()),
                ('seen', models.BigIntegerField()),
                ('sealed', models.BinaryField()),
            ],
            options={
                'db_table': 'leeside_session',
                'indexes': [models.Index(condition=models.Q(('reader_id__isnull', False)), fields=['reader_id'], name='session_reader'), models.Index(fields=['kind', 'seen'], name='session_seen')],
            },
        ),
        CreateRowlessModel(
            name='Hold',
            fields=[
                ('case_id', models.BinaryField(max_length=16, primary_key=True, serialize=False)),
                ('reader_id', models.BinaryField(max_length=16)),
                ('until', models.BigIntegerField()),
            ],
            options={
                'db_table': 'leeside_hold',
            },
        ),
        CreateRowlessModel(
            name='Release',
            fields=[
                ('entry_id', models.BinaryField(max_length=16, primary_key=True, serialize=False)),
                ('case_id', models.BinaryField(max_length=16)),
                ('at', models.BigIntegerField()),
            ],
            options={
                'db_table': 'leeside_release',
                'indexes': [models.Index(fields=['case_id'], name='release_case')],
            },
        ),
        CreateRowlessModel(
            name='OneTime',
            fields=[
                ('pk', models.CompositePrimaryKey('kind', 'token_hash', blank=True, editable=False, primary_key=True, serialize=False)),
                ('kind', models.TextField()),
                ('token_hash', models.BinaryField(max_length=32)),
                ('payload', models.BinaryField()),
                ('until', models.BigIntegerField()),
            ],
            options={
                'db_table': 'leeside_one_time',
            },
        ),
    ]
