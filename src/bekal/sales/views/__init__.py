"""The pages of sales, by subject. Each address names its permission."""
