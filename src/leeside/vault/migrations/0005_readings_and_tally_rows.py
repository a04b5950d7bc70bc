"""The chain of readings, and what figures are counted from."""

from django.db import migrations, models

from leeside.vault.rowless import CreateRowlessModel


class Migration(migrations.Migration):
    """The chain of readings, and what figures are counted from."""

    dependencies = [("vault", "0004_sessions_and_holds")]
    operations = [
        CreateRowlessModel(
            name='AuditEntry',
            fields=[
                ('id', models.BinaryField(max_length=16, primary_key=True, serialize=False)),
                ('line_id', models.BinaryField(max_length=16)),
                ('batch', models.IntegerField()),
                ('sealed', models.BinaryField()),
            ],
            options={
                'db_table': 'leeside_audit_entry',
                'indexes': [models.Index(fields=['line_id', 'batch', 'id'], name='audit_batch')],
            },
        ),
        CreateRowlessModel(
            name='AuditHead',
            fields=[
                ('pk', models.CompositePrimaryKey('line_id', 'number', blank=True, editable=False, primary_key=True, serialize=False)),
                ('line_id', models.BinaryField(max_length=16)),
                ('number', models.IntegerField()),
                ('entries', models.IntegerField()),
                ('day', models.IntegerField()),
                ('head', models.BinaryField(max_length=32)),
            ],
            options={
                'db_table': 'leeside_audit_head',
            },
        ),
        CreateRowlessModel(
            name='TallyRow',
            fields=[
                ('key', models.BinaryField(max_length=16, primary_key=True, serialize=False)),
                ('line_id', models.BinaryField(max_length=16)),
                ('month', models.TextField()),
                ('kind', models.TextField()),
                ('dims', models.TextField()),
            ],
            options={
                'db_table': 'leeside_tally_row',
                'indexes': [models.Index(fields=['line_id', 'month'], name='tally_month')],
            },
        ),
    ]
