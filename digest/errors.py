"""What can go wrong with a whole run; one item's fault is a value (`Drop`, `Finding`), never one of these."""


class DigestError(Exception):
    """The run cannot go on.

    The message names the subject, the cause and the remedy, in that order, in words a person who
    never read the code understands. `exit_code` is what the command line leaves with.
    """

    exit_code = 1


class ConfigError(DigestError):
    """digest.toml, or the command line, asks for something that is not possible."""

    exit_code = 2


class PluginError(ConfigError):
    """A plug-in that was asked for by name is not there, or does not load."""


class SourceError(DigestError):
    """A source could not be read at all; the pipeline reports it and goes on with the others."""


class FormatError(DigestError):
    """A document is not what its format reads; the pipeline turns it into a `Drop`."""


class RenderError(DigestError):
    """A template or a rendering step failed; the message names the file and the line."""


class ArchiveError(DigestError):
    """The store cannot be opened, migrated or written."""


class DeliveryError(DigestError):
    """A deliverer cannot do what was asked of it."""


class TooLateError(DigestError):
    """A run would publish an issue long after its time."""


class NothingToPublishError(DigestError):
    """There is no story to make an issue of."""

    exit_code = 3
