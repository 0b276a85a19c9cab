from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('foundation', '0002_conflict_check'),
    ]

    operations = [
        migrations.RunSQL(
            'alter table foundation_attempts set unlogged',
            'alter table foundation_attempts set logged',
        ),
    ]
