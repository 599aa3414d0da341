"""Everything crosstie can refuse, as one family.

CrosstieError
├── UsageRefused            the call cannot be carried out as it was written
│   ├── PathUnreadable      a path is missing, empty, or not readable
│   ├── SourceUnclear       no source, or more than one, recognises a path
│   ├── PersonUnclear       no person, or more than one, answers to a name
│   └── KeyReused           a request's own key came before with another request
├── SourceRefused           an export is not what its source can read
│   └── ExportUnsafe        an archive tries to leave its folder, or is absurdly large
├── RecordRefused           an interaction breaks a rule of the record
├── WorkspaceRefused        a workspace is missing, of another version, or someone else's
│   └── WorkspaceBusy       another process is writing to it
├── NotShown                the gate says that this viewer may not see this
└── NotAllowed              the gate says that this viewer may not do this
"""

from __future__ import annotations


class CrosstieError(Exception):
    """Expected trouble: what happened, to what, and a hint what to do next."""

    code = "crosstie"

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\nHint: {self.hint}" if self.hint else self.message


class UsageRefused(CrosstieError):
    """The call cannot be carried out as it was written."""

    code = "usage-refused"


class PathUnreadable(UsageRefused):
    """A path is missing, empty, or not readable."""

    code = "path-unreadable"


class SourceUnclear(UsageRefused):
    """No source, or more than one, recognises a path."""

    code = "source-unclear"


class PersonUnclear(UsageRefused):
    """No person, or more than one, answers to a key, a name or an address."""

    code = "person-unclear"

    def __init__(self, message: str, *, hint: str = "", near: tuple[str, ...] = ()) -> None:
        super().__init__(message, hint=hint)
        self.near = near


class KeyReused(UsageRefused):
    """A key that tells a request from others came before with another request."""

    code = "key-reused"


class SourceRefused(CrosstieError):
    """An export is not what its source can read."""

    code = "source-refused"


class ExportUnsafe(SourceRefused):
    """An archive tries to leave its folder, follows a link, or is absurdly large."""

    code = "export-unsafe"


class RecordRefused(CrosstieError):
    """An interaction breaks a rule of the record."""

    code = "record-refused"


class WorkspaceRefused(CrosstieError):
    """A workspace is missing, of another version, or was read for someone else."""

    code = "workspace-refused"


class WorkspaceBusy(WorkspaceRefused):
    """Another process is writing to the workspace."""

    code = "workspace-busy"


class NotAllowed(CrosstieError):
    """The gate says that this viewer may not do this, or not any more."""

    code = "not-allowed"


class NotShown(CrosstieError):
    """The gate says that this viewer may not see this."""

    code = "not-shown"
