"""Who sells, what they make, what it costs."""
