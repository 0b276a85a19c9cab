"""Ask again of what lies under food and was said to be none: the form had said so by itself."""

from django.db import migrations, models

# What is asked again is not shown meanwhile: without an answer nothing is (the constraint below).
ASK_AGAIN = """
update catalogue_listing l set is_food = null, is_published = false
  from catalogue_product p
 where p.id = l.product_id and not l.is_food
   and p.category_id in ('makanan', 'minuman', 'minuman-herbal', 'herbal');
"""
AS_BEFORE = "update catalogue_listing set is_food = false where is_food is null;"


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0004_english_names_are_found'),
    ]

    operations = [
        migrations.AlterField(
            model_name='listing',
            name='is_food',
            field=models.BooleanField(null=True),
        ),
        migrations.RunSQL(ASK_AGAIN, AS_BEFORE),
        migrations.AddConstraint(
            model_name='listing',
            constraint=models.CheckConstraint(condition=models.Q(('is_published', False), ('is_food__isnull', False), _connector='OR'), name='catalogue_listing_published_says_whether_food'),
        ),
    ]
