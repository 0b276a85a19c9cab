"""The pages of a unit's couriers and rates. Each address names its permission."""
