"""The look: tokens, components, base templates, template tags."""
