"""Keep the pictures that messages show in each language; those of before are drawn again."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0005_what_is_food_is_told'),
    ]

    operations = [
        migrations.DeleteModel(name='SharePicture'),
        migrations.CreateModel(
            name='SharePicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=2)),
                ('digest', models.CharField(max_length=32)),
                ('content', models.BinaryField()),
                ('product', models.ForeignKey(db_index=False, on_delete=models.PROTECT, related_name='+', to='catalogue.product')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('product', 'language'), name='catalogue_sharepicture_one_in_a_language')],
            },
        ),
    ]
