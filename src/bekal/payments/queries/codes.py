"""Names of orders in what people and banks write. Pure."""

import re

# Looked for from every letter on: a bank may write a name on to the word before it.
_CODE = re.compile(r"(?=([A-Z0-9]{2}-?[A-Z0-9]{4}-?[A-Z0-9]{4}))", re.IGNORECASE)


def labels_in(text: str) -> set[str]:
    """Names of orders in what a bank wrote, with their hyphens put back."""
    found = {match.upper().replace("-", "") for match in _CODE.findall(text)}
    return {f"{code[:2]}-{code[2:6]}-{code[6:]}" for code in found}
