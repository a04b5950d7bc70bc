"""Lines, cases, sealed keys and entries."""

from django.db import migrations, models

from leeside.vault.rowless import CopyingIndex, CreateRowlessModel, RowNumberField


class Migration(migrations.Migration):
    """Lines, cases, sealed keys and entries."""

    initial = True
    dependencies = []
    operations = [
        CreateRowlessModel(
            name='Line',
            fields=[
                ('id', models.BinaryField(max_length=16, primary_key=True, serialize=False)),
                ('slug', models.TextField(unique=True)),
                ('pack', models.TextField()),
                ('state', models.SmallIntegerField()),
                ('roster_number', models.IntegerField()),
                ('code_first', models.IntegerField()),
                ('code_second', models.IntegerField()),
            ],
            options={
                'db_table': 'leeside_line',
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', [1, 2])), name='line_state_known')],
            },
        ),
        CreateRowlessModel(
            name='Case',
            fields=[
                ('id', models.BinaryField(max_length=16, primary_key=True, serialize=False)),
                ('line_id', models.BinaryField(max_length=16)),
                ('lookup_hash', models.BinaryField(max_length=32, unique=True)),
                ('state', models.SmallIntegerField()),
                ('urgency', models.SmallIntegerField()),
                ('look_by', models.SmallIntegerField()),
                ('look_by_day', models.IntegerField()),
                ('due_from', models.IntegerField()),
                ('answer_by', models.BigIntegerField(null=True)),
                ('rank', models.BigIntegerField()),
                ('circle', models.TextField()),
                ('owner', models.BinaryField(max_length=16, null=True)),
                ('code', models.BigIntegerField()),
                ('opened', models.IntegerField()),
                ('language', models.TextField()),
                ('channel', models.TextField()),
                ('version', models.IntegerField()),
                ('confirmed', models.BooleanField()),
                ('maker', models.SmallIntegerField()),
                ('epoch', models.IntegerField()),
                ('pack', models.TextField()),
                ('pack_version', models.IntegerField()),
                ('case_number', models.BinaryField(max_length=16)),
                ('posting_hash', models.BinaryField(max_length=32)),
                ('erasing_hash', models.BinaryField(max_length=32)),
                ('repeat_tag', models.BinaryField(max_length=32)),
                ('commitments', models.BinaryField()),
                ('card_id', models.BinaryField(max_length=16)),
                ('card_compartment', models.SmallIntegerField()),
                ('card_generation', models.IntegerField()),
                ('sealed_card', models.BinaryField()),
                ('writer_public', models.BinaryField()),
                ('arrived', models.BinaryField()),
            ],
            options={
                'db_table': 'leeside_case',
                'indexes': [models.Index(condition=models.Q(('state__lt', 4)), fields=['line_id', 'rank', 'state'], name='case_line_rank'), models.Index(condition=models.Q(('state__lt', 4), ('owner__isnull', True)), fields=['line_id', 'circle', 'rank', 'state', 'owner'], name='case_circle_rank'), models.Index(condition=models.Q(('state__lt', 4), ('owner__isnull', False)), fields=['line_id', 'owner', 'rank', 'state'], name='case_owner_rank'), models.Index(condition=models.Q(('confirmed', False)), fields=['line_id', 'opened', 'confirmed'], name='case_unconfirmed')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__lt', 4)), fields=('line_id', 'code'), name='case_code'), models.CheckConstraint(condition=models.Q(('state__in', [1, 2, 3, 4])), name='case_state_known'), models.CheckConstraint(condition=models.Q(('urgency__in', [1, 2, 3, 4])), name='case_urgency_known'), models.CheckConstraint(condition=models.Q(('look_by__in', [1, 2, 3, 4])), name='case_look_by_known'), models.CheckConstraint(condition=models.Q(('answer_by', None), ('state__lt', 3), _connector='OR'), name='case_promise_runs')],
            },
        ),
        CreateRowlessModel(
            name='Wrap',
            fields=[
                ('pk', models.CompositePrimaryKey('case_id', 'recipient', 'own_copy', 'generation', 'mask', blank=True, editable=False, primary_key=True, serialize=False)),
                ('case_id', models.BinaryField(max_length=16)),
                ('recipient', models.TextField()),
                ('own_copy', models.BooleanField()),
                ('generation', models.IntegerField()),
                ('mask', models.SmallIntegerField()),
                ('sealed', models.BinaryField()),
            ],
            options={
                'db_table': 'leeside_wrap',
                'indexes': [models.Index(fields=['recipient', 'case_id', 'own_copy', 'generation', 'mask'], name='wrap_recipient'), CopyingIndex(condition=models.Q(('own_copy', True)), copied='sealed', fields=['recipient', 'case_id', 'generation', 'mask'], name='wrap_own_copies')],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('row_number', RowNumberField(primary_key=True, serialize=False)),
                ('case_id', models.BinaryField(max_length=16)),
                ('entry_id', models.BinaryField(max_length=16)),
                ('compartment', models.SmallIntegerField()),
                ('generation', models.IntegerField()),
                ('direction', models.SmallIntegerField()),
                ('not_before', models.IntegerField(null=True)),
                ('shown_until', models.IntegerField(null=True)),
                ('sealed', models.BinaryField()),
            ],
            options={
                'db_table': 'leeside_entry',
                'indexes': [models.Index(condition=models.Q(('not_before__isnull', False)), fields=['not_before'], name='entry_waits')],
                'constraints': [models.UniqueConstraint(fields=('case_id', 'entry_id'), name='entry_once'), models.CheckConstraint(condition=models.Q(('direction__range', (1, 3))), name='entry_direction_known')],
            },
        ),
        CreateRowlessModel(
            name='CaseReader',
            fields=[
                ('pk', models.CompositePrimaryKey('case_id', 'reader_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('case_id', models.BinaryField(max_length=16)),
                ('reader_id', models.BinaryField(max_length=16)),
                ('line_id', models.BinaryField(max_length=16)),
                ('rank', models.BigIntegerField()),
                ('is_open', models.BooleanField()),
                ('granted_by', models.BinaryField(max_length=16, null=True)),
                ('until', models.IntegerField(null=True)),
            ],
            options={
                'db_table': 'leeside_case_reader',
                'indexes': [models.Index(condition=models.Q(('is_open', True)), fields=['reader_id', 'line_id', 'rank', 'is_open'], name='reader_rank')],
            },
        ),
    ]
