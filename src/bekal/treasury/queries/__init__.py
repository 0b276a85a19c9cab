"""What is known of a unit's money, by part."""
