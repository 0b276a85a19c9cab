"""The one way a sale becomes a fact, and how it is taken back."""
