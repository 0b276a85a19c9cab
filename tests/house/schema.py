"""What every model promises: foreign keys downwards, personal data declared, pairs constrained."""

import re
from collections.abc import Iterable, Mapping, Sequence

from django.db import models

from bekal.foundation.personal import PersonalData

ROOMS_WITH_PERSONS = {"accounts", "people", "sales", "shop", "payments", "carts"}
"""Staff, makers and trainees, buyers (two rooms), payers named by a bank, recipients of carts."""
PERSONAL = re.compile(
    r"email|phone|hp|whatsapp|nip|nik|npwp|birth\w*|address|alamat|gender|religion"
    r"|(full|first|last|maker|buyer|officer|person|recipient|contact|inmate|warga_binaan)_name"
)
PAIRED_WITH = {"sent_by": "received_at"}
"""A `_by` whose instant has another name: a message is sent by one and received by another."""

Model = type[models.Model]


def upward_keys(all_models: Iterable[Model], rooms: Sequence[str]) -> list[str]:
    """Foreign keys from a lower room to a higher one; `rooms` from top to bottom."""
    place = {room: number for number, room in enumerate(rooms)}
    found = []
    for model in all_models:
        own = model._meta.app_label
        for field in model._meta.get_fields():
            if not field.concrete or not isinstance(field.related_model, type):
                continue
            other = field.related_model._meta.app_label
            if other in place and place[other] < place[own]:
                found.append(
                    f"{model._meta.label}.{field.name} points up to {other}: "
                    f"let the higher room hold the key, or keep a text key"
                )
    return found


def undeclared_personal_data(all_models: Iterable[Model]) -> list[str]:
    """Models that do not say which persons' data they hold, why and how long."""
    return [
        f"{model._meta.label}: {sentence}"
        for model in all_models
        for sentence in _personal_faults(model)
    ]


def _personal_faults(model: Model) -> Iterable[str]:
    declared = getattr(model, "personal_data", None)
    if not isinstance(declared, Mapping):
        yield "declare personal_data (NONE when it holds none)"
        return
    fields = {field.name: field for field in model._meta.local_fields}
    for name, what in declared.items():
        if name not in fields:
            yield f"personal_data names {name}, which is no field"
        if not isinstance(what, PersonalData) or not (what.purpose and what.retention):
            yield f"say why {name} is kept and until when"
    personal = {
        name
        for name, field in fields.items()
        if PERSONAL.fullmatch(name) or isinstance(field, models.EmailField)
    }
    for name in sorted(personal - set(declared)):
        yield f"{name} is about a person: declare it in personal_data"
    if (personal or declared) and model._meta.app_label not in ROOMS_WITH_PERSONS:
        yield f"persons' data live in {', '.join(sorted(ROOMS_WITH_PERSONS))} alone"


def loose_pairs(all_models: Iterable[Model]) -> list[str]:
    """`_by` without `_at`, and pairs that may be empty without a constraint that ties them."""
    return [
        f"{model._meta.label}: {sentence}"
        for model in all_models
        for sentence in _pair_faults(model)
    ]


def _pair_faults(model: Model) -> Iterable[str]:
    fields = {field.name: field for field in model._meta.local_fields}
    for by in (name for name in fields if name.endswith("_by")):
        at = PAIRED_WITH.get(by, f"{by.removesuffix('_by')}_at")
        if at not in fields:
            yield f"{by} says who and not when: add {at}"
        elif fields[at].null != (fields[by].null or fields[by].blank):
            yield f"{at} may be empty and {by} not, or the other way round"
        elif fields[at].null and not any({at, by} <= names for names in _constrained(model)):
            yield f"{at} and {by} come together: add a CheckConstraint that names both"


def _constrained(model: Model) -> list[set[str]]:
    """The fields that each check constraint speaks of."""
    checks = [c for c in model._meta.constraints if isinstance(c, models.CheckConstraint)]
    return [set(_fields_in(check.condition)) for check in checks]


def _fields_in(condition: object) -> Iterable[str]:
    if isinstance(condition, models.Q):
        for child in condition.children:
            yield from _fields_in(child)
    elif isinstance(condition, tuple):
        yield condition[0].split("__")[0]
    elif isinstance(condition, models.F):
        yield condition.name
    elif hasattr(condition, "get_source_expressions"):
        for part in condition.get_source_expressions():
            yield from _fields_in(part)


def nameless_constraints(all_models: Iterable[Model]) -> list[str]:
    """Constraints whose name does not say where they belong."""
    return [
        f"{model._meta.label}: name {constraint.name} {prefix}<what it promises>"
        for model in all_models
        for constraint in model._meta.constraints
        if not constraint.name.startswith(
            prefix := f"{model._meta.app_label}_{model._meta.model_name}_"
        )
    ]


def hidden_orders(all_models: Iterable[Model]) -> list[str]:
    """Models with a default order or a default manager that hides rows."""
    return [
        f"{model._meta.label}: no default order; each query says its own"
        for model in all_models
        if model._meta.ordering
    ]


def forked_migrations(names: Mapping[str, Sequence[str]], tips: Mapping[str, str]) -> list[str]:
    """Rooms whose migrations are no single line ending in what max_migration.txt says.

    `names` maps a room to the names of its migrations, `tips` to what the file says.
    """
    found = []
    for room, migrations in names.items():
        numbers = sorted(name[:4] for name in migrations)
        if numbers != [f"{number:04d}" for number in range(1, len(numbers) + 1)]:
            found.append(f"{room}: number the migrations in one line, not {numbers}")
        if migrations and tips.get(room, "").strip() != max(migrations):
            found.append(f"{room}: max_migration.txt does not say {max(migrations)}")
        found += [
            f"{room}: say in its name what {name} does"
            for name in migrations
            if re.search(r"^\d{4}_auto_|_and_more$|^\d{4}$", name)
        ]
    return found
