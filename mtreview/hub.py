"""Fetch files of a model from the Hugging Face hub, with errors that say what to try.

Leaves alone: where they go (the hub library's own cache), and what is made of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mtreview.errors import ModelError


def fetch(model: str, patterns: Sequence[str]) -> Path:
    """Return the folder with those files of a model whose names match a pattern.

    Args:
        model: ``owner/name``.
        patterns: Of shell, such as ``*.json``.

    Raises:
        ModelError: The hub cannot be reached, has no such model, or wants a licence accepted.
    """
    import huggingface_hub
    from huggingface_hub import errors

    try:
        return Path(huggingface_hub.snapshot_download(model, allow_patterns=list(patterns)))
    except errors.GatedRepoError:
        raise ModelError(
            "the model is only given to those who accept its licence",
            where=model,
            hint=f"Accept it at https://huggingface.co/{model} and log in: hf auth login",
        ) from None
    except (errors.RepositoryNotFoundError, errors.HFValidationError):
        raise ModelError(
            "the hub has no such model", where=model, hint="Write owner/name, as on the hub."
        ) from None
    except Exception as error:  # OSError, and whatever the HTTP client of the day raises
        raise ModelError(
            f"the hub cannot be reached ({_root(error)})",
            where=model,
            hint="Go online once, or copy the model from another machine and name its folder.",
        ) from error


def _root(error: BaseException) -> BaseException:
    """Return the first cause of an error, which says in few words what others wrap in many."""
    while error.__cause__ is not None:
        error = error.__cause__
    return error
