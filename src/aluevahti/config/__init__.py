"""The configuration: `sources.yaml` and the environment, read into one frozen value.

`load` gives a `Config` in which every default is filled in, or raises one `ConfigError` that carries
every complaint with file, line and key. Nothing here opens a connection or a database.
"""

from aluevahti.config.load import load, standard
from aluevahti.config.options import PLATFORM_NAMES, PLATFORM_OPTIONS
from aluevahti.config.settings import (
    Config,
    DigestConfig,
    FetchDefaults,
    MailConfig,
    ReviewMode,
    Security,
    ServiceConfig,
    WebConfig,
)
from aluevahti.config.values import database_path, database_url, email_address, moment

__all__ = [
    "PLATFORM_NAMES",
    "PLATFORM_OPTIONS",
    "Config",
    "DigestConfig",
    "FetchDefaults",
    "MailConfig",
    "ReviewMode",
    "Security",
    "ServiceConfig",
    "WebConfig",
    "database_path",
    "database_url",
    "email_address",
    "load",
    "moment",
    "standard",
]
