"""Log lines: for people on a terminal, as JSON with the request's id in production."""

import logging.config
from typing import Any

import structlog

_STAMPS: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
_AS_JSON: list[structlog.typing.Processor] = [
    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
    structlog.processors.dict_tracebacks,
    structlog.processors.JSONRenderer(ensure_ascii=False),
]
_AS_TEXT: list[structlog.typing.Processor] = [
    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
    structlog.dev.ConsoleRenderer(colors=False),
]


def log_settings(*, as_json: bool) -> dict[str, Any]:
    """Django's LOGGING: everything to standard error, one line (or one object) for each event."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "bekal": {
                "()": "structlog.stdlib.ProcessorFormatter",
                "processors": _AS_JSON if as_json else _AS_TEXT,
                "foreign_pre_chain": _STAMPS,
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "bekal"}},
        "root": {"handlers": ["stderr"], "level": "INFO" if as_json else "WARNING"},
        "loggers": {
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "procrastinate.blueprints": {"level": "WARNING"},
        },
    }


def configure(settings: dict[str, Any]) -> None:
    """Set up both the standard library's logging and structlog; Django calls it."""
    logging.config.dictConfig(settings)
    structlog.configure(
        # First: a line that nobody will read is not made.
        processors=[
            structlog.stdlib.filter_by_level,
            *_STAMPS,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
