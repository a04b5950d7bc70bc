"""What casework needs: stand-ins, days to ask again, drafts, hand-overs, files, briefs, shifts and pings.

Columns are added empty, so that SQLite adds them in place and the tables keep their shape without row numbers.
"""

from django.db import migrations, models

from leeside.vault.rowless import CreateRowlessModel


class Migration(migrations.Migration):
    """What casework needs."""

    dependencies = [("vault", "0005_readings_and_tally_rows")]
    operations = [
        migrations.AddField(model_name='account', name='conduct', field=models.IntegerField(null=True)),
        migrations.AddField(model_name='account', name='trained', field=models.IntegerField(null=True)),
        migrations.AddField(model_name='case', name='stand_in', field=models.BinaryField(max_length=16, null=True)),
        migrations.AddField(model_name='case', name='follow_from', field=models.IntegerField(null=True)),
        migrations.AddField(model_name='case', name='shown_state', field=models.SmallIntegerField(null=True)),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(
                condition=models.Q(('state__lt', 4), ('stand_in__isnull', False)),
                fields=['line_id', 'stand_in', 'rank', 'state'],
                name='case_stand_in_rank',
            ),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(
                condition=models.Q(('state', 3)), fields=['line_id', 'rank', 'owner', 'state'], name='case_waiting_rank'
            ),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(
                condition=models.Q(('answer_by__isnull', False)),
                fields=['line_id', 'circle', 'answer_by', 'owner', 'rank'],
                name='case_promise',
            ),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(
                condition=models.Q(('follow_from__isnull', False)),
                fields=['line_id', 'owner', 'follow_from'],
                name='case_follow',
            ),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(
                condition=models.Q(('state', 4)), fields=['line_id', 'rank', 'state'], name='case_closed_rank'
            ),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(
                condition=models.Q(('owner__isnull', True), ('state', 4)),
                fields=['line_id', 'circle', 'rank', 'state', 'owner'],
                name='case_closed_circle',
            ),
        ),
        migrations.AddIndex(
            model_name='casereader',
            index=models.Index(
                condition=models.Q(('is_open', False)),
                fields=['reader_id', 'line_id', 'rank', 'is_open'],
                name='reader_closed_rank',
            ),
        ),
        CreateRowlessModel(
            name='Draft',
            fields=[
                ('draft_id', models.BinaryField(max_length=16, primary_key=True, serialize=False)),
                ('case_id', models.BinaryField(max_length=16)),
                ('line_id', models.BinaryField(max_length=16)),
                ('author', models.BinaryField(max_length=16)),
                ('kind', models.SmallIntegerField()),
                ('asked', models.SmallIntegerField()),
                ('generation', models.IntegerField()),
                ('version', models.IntegerField()),
                ('sealed', models.BinaryField()),
            ],
            options={
                'db_table': 'leeside_draft',
                'indexes': [models.Index(condition=models.Q(('asked', 1)), fields=['line_id', 'asked', 'case_id'], name='draft_asked')],
                'constraints': [models.UniqueConstraint(fields=('case_id', 'author', 'kind'), name='draft_one_each')],
            },
        ),
        CreateRowlessModel(
            name='HandOver',
            fields=[
                ('case_id', models.BinaryField(max_length=16, primary_key=True, serialize=False)),
                ('line_id', models.BinaryField(max_length=16)),
                ('giver', models.BinaryField(max_length=16)),
                ('taker', models.BinaryField(max_length=16)),
                ('day', models.IntegerField()),
            ],
            options={
                'db_table': 'leeside_handover',
                'indexes': [
                    models.Index(fields=['line_id', 'taker'], name='handover_taker'),
                    models.Index(fields=['line_id', 'giver'], name='handover_giver'),
                ],
            },
        ),
        CreateRowlessModel(
            name='File',
            fields=[
                ('file_id', models.BinaryField(max_length=16, primary_key=True, serialize=False)),
                ('case_id', models.BinaryField(max_length=16)),
                ('state', models.SmallIntegerField()),
                ('chunks', models.IntegerField()),
                ('day', models.IntegerField()),
            ],
            options={
                'db_table': 'leeside_file',
                'indexes': [models.Index(fields=['case_id'], name='file_case')],
            },
        ),
        CreateRowlessModel(
            name='FileChunk',
            fields=[
                ('pk', models.CompositePrimaryKey('file_id', 'position', blank=True, editable=False, primary_key=True, serialize=False)),
                ('file_id', models.BinaryField(max_length=16)),
                ('position', models.IntegerField()),
                ('sealed', models.BinaryField()),
            ],
            options={
                'db_table': 'leeside_file_chunk',
            },
        ),
        CreateRowlessModel(
            name='Brief',
            fields=[
                ('brief_id', models.BinaryField(max_length=16, primary_key=True, serialize=False)),
                ('line_id', models.BinaryField(max_length=16)),
                ('circle', models.TextField()),
                ('epoch', models.IntegerField()),
                ('day', models.IntegerField()),
                ('sealed', models.BinaryField()),
            ],
            options={
                'db_table': 'leeside_brief',
                'indexes': [models.Index(fields=['line_id', 'circle'], name='brief_circle')],
            },
        ),
        CreateRowlessModel(
            name='Shift',
            fields=[
                ('reader_id', models.BinaryField(max_length=16, primary_key=True, serialize=False)),
                ('line_id', models.BinaryField(max_length=16)),
                ('until', models.BigIntegerField()),
                ('places', models.IntegerField()),
            ],
            options={
                'db_table': 'leeside_shift',
                'indexes': [models.Index(fields=['line_id', 'until'], name='shift_line')],
            },
        ),
        CreateRowlessModel(
            name='Ping',
            fields=[
                ('token_hash', models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ('line_id', models.BinaryField(max_length=16)),
                ('reader_id', models.BinaryField(max_length=16)),
                ('number', models.IntegerField()),
                ('day', models.IntegerField()),
                ('known', models.BinaryField()),
            ],
            options={
                'db_table': 'leeside_ping',
                'indexes': [models.Index(fields=['reader_id'], name='ping_reader')],
            },
        ),
    ]
