"""Making the tables of a room at once; migrations refer to it."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import CreateModel
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState


class CreateModels(Operation):
    """Create several models as one step, each whole: fields, constraints, indexes, triggers.

    Django makes all classes of a state anew, and every class that touches them, at each operation
    on a model. Over the tables of all rooms this is most of the time that `migrate` takes, and no
    operation here looks at a class in between. References may go to and fro among the models:
    the database gets them when all its tables are there.
    """

    category = OperationCategory.ADDITION
    serialization_expand_args: ClassVar[list[str]] = ["models"]

    def __init__(self, models: Sequence[CreateModel]) -> None:
        self.models = models

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """How a migration writes it."""
        return type(self).__name__, [], {"models": list(self.models)}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Add the models to the state; its classes are made when somebody asks for them."""
        # With classes in the state, each model would make all that touch it anew.
        vars(state).pop("apps", None)
        for model in self.models:
            model.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, *states: ProjectState
    ) -> None:
        """Make the tables."""
        for model in self.models:
            model.database_forwards(app_label, schema_editor, *states)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, *states: ProjectState
    ) -> None:
        """Drop the tables, the last first."""
        for model in reversed(self.models):
            model.database_backwards(app_label, schema_editor, *states)

    def references_model(self, name: str, app_label: str) -> bool:
        """Whether any of the models has to do with this one."""
        return any(model.references_model(name, app_label) for model in self.models)

    def describe(self) -> str:
        """What `migrate --plan` says."""
        return f"Create {len(self.models)} models"
