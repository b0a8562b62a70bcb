"""Find checks, metrics, engines and formats: the modules of a package and installed entry points.

A plug-in package declares an entry point in the group named like the package, for example
``[project.entry-points."mtreview.checks"]  my_check = "my_package.my_check:CHECK"``.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from importlib.metadata import entry_points
from typing import Any

from mtreview.errors import PluginError


@cache
def discover(package: str, attribute: str) -> dict[str, Any]:
    """Return the extension objects of a package and of the entry points named like it, by id.

    Args:
        package: Dotted name of the package, which is also the entry-point group.
        attribute: The module attribute that holds the object, or a tuple of them; each has an
            ``id``.

    Modules whose name begins with an underscore are shared parts, not extensions.

    Raises:
        PluginError: An entry point cannot be loaded, has no id, or uses an id that is taken.
    """
    found: dict[str, Any] = {}
    path = importlib.import_module(package).__path__
    for module in sorted(pkgutil.iter_modules(path), key=lambda module: module.name):
        if not module.name.startswith("_"):
            imported = importlib.import_module(f"{package}.{module.name}")
            declared = getattr(imported, attribute, ())
            for extension in declared if isinstance(declared, tuple) else (declared,):
                found[extension.id] = extension
    for entry in sorted(entry_points(group=package), key=lambda entry: entry.name):
        try:
            extension = entry.load()
            identifier = str(extension.id)
        except Exception as error:
            raise PluginError(
                f"the plug-in cannot be loaded ({error})",
                where=f"entry point {package}:{entry.name}",
                hint="Update or uninstall the package that declares it.",
            ) from error
        if identifier in found:
            raise PluginError(
                f"the id {identifier!r} is already taken",
                where=f"entry point {package}:{entry.name}",
                hint="Give the plug-in another id.",
            )
        found[identifier] = extension
    return found
