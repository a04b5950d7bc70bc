"""Signed rosters, role keys and the ways in of colleagues."""

from django.db import migrations, models

from leeside.vault.rowless import CreateRowlessModel


class Migration(migrations.Migration):
    """Signed rosters, role keys and the ways in of colleagues."""

    dependencies = [("vault", "0001_lines_cases_and_keys")]
    operations = [
        CreateRowlessModel(
            name='RosterVersion',
            fields=[
                ('pk', models.CompositePrimaryKey('line_id', 'number', blank=True, editable=False, primary_key=True, serialize=False)),
                ('line_id', models.BinaryField(max_length=16)),
                ('number', models.IntegerField()),
                ('signed', models.BinaryField()),
            ],
            options={
                'db_table': 'leeside_roster_version',
            },
        ),
        CreateRowlessModel(
            name='RoleEnvelope',
            fields=[
                ('pk', models.CompositePrimaryKey('line_id', 'reader_id', 'circle', 'epoch', blank=True, editable=False, primary_key=True, serialize=False)),
                ('line_id', models.BinaryField(max_length=16)),
                ('reader_id', models.BinaryField(max_length=16)),
                ('circle', models.TextField()),
                ('epoch', models.IntegerField()),
                ('sealed', models.BinaryField()),
            ],
            options={
                'db_table': 'leeside_role_envelope',
            },
        ),
        CreateRowlessModel(
            name='Account',
            fields=[
                ('reader_id', models.BinaryField(max_length=16, primary_key=True, serialize=False)),
                ('line_id', models.BinaryField(max_length=16)),
                ('name_hash', models.BinaryField(max_length=32)),
                ('salt', models.BinaryField()),
                ('proof_hash', models.BinaryField()),
                ('sealed_ring', models.BinaryField()),
                ('ring_version', models.IntegerField()),
                ('state', models.SmallIntegerField()),
            ],
            options={
                'db_table': 'leeside_account',
                'constraints': [models.UniqueConstraint(fields=('line_id', 'name_hash'), name='account_name'), models.CheckConstraint(condition=models.Q(('state__in', [1, 2, 3])), name='account_state_known')],
            },
        ),
    ]
