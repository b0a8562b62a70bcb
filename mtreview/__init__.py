"""mtreview: review machine-translated Arabic.

Arabic text that a machine translated from English goes in; every segment is translated back to
English, scored, and flagged with reasons; a person corrects the worst first; the corrected
translation comes out. The layers are described in ``docs/architecture.md``.

Importing this package loads none of the heavy libraries: engines, formats and the browser page
import what they need when they are used.
"""

__version__ = "0.1.0"
