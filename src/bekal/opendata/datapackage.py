"""The descriptor of all files for machines, after the Frictionless Data Package.

Source: https://specs.frictionlessdata.io/tabular-data-package/ (profile, resources, dialect) and
https://specs.frictionlessdata.io/table-schema/ (fields). Paths are relative to the descriptor.
"""

from typing import Any

from bekal.foundation.datasets import Column, Dataset, Kind
from bekal.opendata.datasets import DATASETS, LICENCE

_LICENCES = [{"name": LICENCE.code, "title": LICENCE.name, "path": LICENCE.path}]
_FORMATS = {Kind.DAY: "%Y-%m-%d"}


def descriptor(*, title: str, description: str, homepage: str) -> dict[str, Any]:
    """The whole descriptor, as JSON can hold it; texts are in the language of the request."""
    return {
        "profile": "tabular-data-package",
        "name": "bekal",
        "title": title,
        "description": description,
        "homepage": homepage,
        "licenses": _LICENCES,
        "resources": [_resource(dataset) for dataset in DATASETS],
    }


def _resource(dataset: Dataset) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in dataset.columns],
        "missingValues": [""],
    }
    if dataset.key:
        schema["primaryKey"] = list(dataset.key)
    return {
        "profile": "tabular-data-resource",
        "name": dataset.name,
        "title": str(dataset.title),
        "description": str(dataset.about),
        "path": f"{dataset.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ";", "lineTerminator": "\r\n", "header": True},
        "licenses": _LICENCES,
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": column.kind.value,
        "description": str(column.meaning),
    }
    if column.kind in _FORMATS:
        field["format"] = _FORMATS[column.kind]
    if column.unit:
        field["bekal:unit"] = str(column.unit)
    return field
