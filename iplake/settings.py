"""One frozen settings object, read once from `IPLAKE_*` variables and `iplake.toml`."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from iplake.errors import ConfigError

Profile = Literal["sample", "real", "live"]


class SourceSettings(BaseSettings):
    """What a deployer may override for one source."""

    model_config = SettingsConfigDict(frozen=True, extra="forbid")

    base_url: str | None = None
    api_key: SecretStr | None = None
    client_id: SecretStr | None = None
    client_secret: SecretStr | None = None
    username: SecretStr | None = None
    password: SecretStr | None = None


class Settings(BaseSettings):
    """Where the lake lies, where sources are fetched from, and how a run behaves.

    `home` is the lake's folder. `mirror` (folder or URL) replaces every source's host;
    `profile` chooses which row floors of the declarations hold: `sample` for the bundled
    mirror, `real` for a partial mirror, `live` for the offices themselves. `spark_remote` is a
    Spark Connect server, as in sc://host:15002, which then compares the names of parties.
    """

    model_config = SettingsConfigDict(
        env_prefix="IPLAKE_",
        env_nested_delimiter="__",
        toml_file="iplake.toml",
        frozen=True,
        extra="forbid",
    )

    home: Path = Path("lake")
    mirror: str | None = None
    mirror_keys: bool = False
    profile: Profile = "live"
    jobs: int = Field(default=2, ge=1)
    keep_releases: int = Field(default=5, ge=1)
    timeout_seconds: float = Field(default=60, gt=0)
    tries: int = Field(default=4, ge=1)
    backoff_seconds: float = Field(default=1, gt=0)
    retry_after_max_seconds: int = Field(default=300, ge=0)
    least_bytes_per_second: int = Field(default=1024, ge=0)
    user_agent: str = "iplake (open data lake for intellectual property)"
    spark_remote: str | None = None
    log_format: Literal["text", "json"] = "text"
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    sources: dict[str, dict[str, SourceSettings]] = Field(default_factory=dict)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Return the places settings come from, strongest first."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    def for_source(self, domain: str, name: str) -> SourceSettings:
        """Return the overrides of one source, empty if there are none."""
        # Environment variables arrive in lower case: IPLAKE_SOURCES__PATENTS__X__BASE_URL.
        return self.sources.get(domain, {}).get(name, SourceSettings())


@cache
def settings() -> Settings:
    """Return the settings of this process; raise ConfigError on a variable of no setting.

    A misspelt IPLAKE_MIRROR must not send a run to the offices themselves.
    """
    names = {f"IPLAKE_{name.upper()}" for name in Settings.model_fields}
    given = (name for name in os.environ if name.upper().startswith("IPLAKE_"))
    unknown = sorted(name for name in given if name.upper().partition("__")[0] not in names)
    if unknown:
        raise ConfigError(
            "no such setting", variables=", ".join(unknown), known=", ".join(sorted(names))
        )
    return Settings()
