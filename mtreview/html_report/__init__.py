"""A review as one HTML file that needs nothing else: to read, to print, to send.

What: the figures of the document, then a row for each segment, worst first: the Arabic beside its
back-translation, the flags marked in the text and listed in words below it, the scores with what
they were computed against, the correction when there is one. The interface is English or Arabic.

Why one file: a desk mails it, keeps it, and opens it years later. It holds no link, font or image
from elsewhere, and a content security policy forbids the browser to load any. The one script sorts
and filters the rows; without it the page reads the same. Text of a document never becomes markup.

Leaves alone: at most ``ROW_LIMIT`` segments are listed, because a browser gets slow beyond that;
the page says so, and its figures count all. The exporters of ``mtreview.formats`` give every one.
"""

from mtreview.html_report.page import ROW_LIMIT, render

__all__ = ["ROW_LIMIT", "render"]
