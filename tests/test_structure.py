"""The structure that keeps mtreview readable: layers, sizes, docstrings, documented commands."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "mtreview"
MODULES = sorted(
    path for path in PACKAGE.rglob("*.py") if "versions" not in path.parts and path.stat().st_size
)

LAYERS: dict[str, int] = {
    "model": 0,
    "errors": 1,
    "mqm": 2,
    "config": 2,
    "hub": 2,
    "plugins": 2,
    "serialize": 2,
    "text": 2,
    "checks": 3,
    "engines": 3,
    "metrics": 3,
    "formats": 3,
    "store": 3,
    "packs": 3,
    "pipeline": 4,
    "report": 4,
    "batch": 5,
    "corpus": 5,
    "html_report": 5,
    "cli": 6,
    "ui": 6,
}
"""Room -> layer. A module imports from lower layers, and from its own room."""

HEAVY: dict[str, set[str]] = {
    "huggingface_hub": {"hub", "metrics"},
    "streamlit": {"ui"},
    "torch": {"engines", "metrics"},
    "transformers": {"engines", "metrics"},
    "ctranslate2": {"engines"},
    "lxml": {"formats"},
    "trafilatura": {"formats"},
    "docx": {"formats"},
    "sqlalchemy": {"store"},
    "alembic": {"store"},
}
"""Library -> the rooms that may import it."""

AT_TOP = {"streamlit": {"ui"}, "sqlalchemy": {"store"}, "alembic": {"store"}}
"""Library -> the rooms that may import it at the top of a module."""


def room(path: Path) -> str:
    """Return the room a module belongs to; "" for the package itself."""
    name = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return "" if name in {"__init__", "__main__"} else name


def imports(path: Path) -> list[tuple[str, bool]]:
    """Return (dotted name, whether it stands at the top of the module) of all imports."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    deferred = {
        id(child)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        or (isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test))
        for child in ast.walk(node)
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, id(node) not in deferred) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.append((node.module or "", id(node) not in deferred))
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
class TestModule:
    """What every module keeps to."""

    def test_imports_only_from_lower_layers(self, path: Path):
        here = room(path)
        for name, _ in imports(path):
            parts = name.split(".")
            if parts[0] != "mtreview" or len(parts) == 1 or not here:
                continue
            assert parts[1] == here or LAYERS[parts[1]] < LAYERS[here], f"{here} imports {name}"

    def test_heavy_libraries_stay_in_their_rooms(self, path: Path):
        for name, at_top in imports(path):
            library = name.split(".")[0]
            if library in HEAVY:
                assert room(path) in HEAVY[library], f"{library} in {room(path)}"
                if at_top:
                    assert room(path) in AT_TOP.get(library, set()), f"{library} at the top"

    def test_is_at_most_300_lines(self, path: Path):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 300

    def test_says_what_it_is(self, path: Path):
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def test_every_room_has_a_layer():
    rooms = {room(path) for path in MODULES} - {""}
    assert rooms <= set(LAYERS)


def test_there_is_no_junk_drawer():
    assert not [path for path in MODULES if path.stem in {"utils", "helpers", "common", "misc"}]


def test_importing_mtreview_stays_light():
    heavy = sorted({*HEAVY, "numpy", "rich", "typer", "sacrebleu"})
    code = f"import sys, mtreview, mtreview.model; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_command_is_documented():
    from typer.main import get_command

    from mtreview.cli.app import app

    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    missing = [name for name in get_command(app).commands if f"`mtreview {name}" not in text]
    assert not missing


def test_every_exit_code_is_documented():
    from mtreview.cli.exit_codes import ExitCode

    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert not [code.name for code in ExitCode if f"| {code.value} |" not in text]


def test_the_manual_of_the_checks_is_up_to_date():
    from mtreview.cli.checks import markdown

    text = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    assert text == markdown(), "run: mtreview checks manual > docs/checks.md"
