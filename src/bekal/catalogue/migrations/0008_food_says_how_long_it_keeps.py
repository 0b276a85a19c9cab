"""Food says how long it keeps before it is shown; what does not say it waits for its unit.

Its officers read what is missing on the product's page and among the tasks of the catalogue.
"""

from django.db import migrations, models

UNSHOWN = """
update catalogue_listing set is_published = false
 where is_published and is_food and shelf_life_days is null;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0007_what_can_be_bought_comes_first'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='listing',
            name='catalogue_listing_published_food_is_labelled',
        ),
        migrations.RunSQL(UNSHOWN, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='listing',
            constraint=models.CheckConstraint(condition=models.Q(('is_published', False), ('is_food', False), models.Q(('composition__regex', '\\S'), ('net_content__regex', '\\S'), ('storage__regex', '\\S'), ('shelf_life_days__isnull', False), models.Q(('halal', ''), _negated=True)), _connector='OR'), name='catalogue_listing_published_food_is_labelled'),
        ),
    ]
